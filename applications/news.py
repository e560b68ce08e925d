"""What changed in the daerah's file since the applicant of a draft last looked at it.

A draft follows the newest file; what that changes for this applicant, by his answers so far, is
told until he says that he has understood. A case that was sent keeps its rules: nothing changes.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction

from applications import clock, facts, rules
from applications.models import Application
from applications.paper_parts import label_of
from applications.refusals import Barred, Conflict
from applications.services import locked
from applications.workflow import State
from imbportal.daerah import changes, conditions, registry, tracks
from imbportal.daerah.changes import Change, Scope
from imbportal.daerah.loader import DaerahError
from imbportal.daerah.schema import Daerah
from imbportal.daerah.standard import UNITS, components
from imbportal.daerah.ways import Deadline

PROMISES = ("waktu", "biaya")
"""Components of the standard that are compared as they are published."""
UNREADABLE = "Aturan daerah ini berubah. Periksa lagi isian dan dokumen Anda sebelum mengirim."
FORMS = ("krk", "izin")


def mark(application: Application) -> str:
    """Return the name of the rules that a page of this case shows."""
    return application.version_used_id or registry.current_sha256(application.daerah)


def pending(application: Application) -> bool:
    """Return whether the file of a draft is newer than what its applicant last saw."""
    seen = application.version_seen_id
    fixed = application.version_used_id is not None or application.state != State.DRAFT
    return not fixed and seen is not None and seen != mark(application)


def of(application: Application) -> list[tuple[str, list[str]]]:
    """Return what changed for this applicant, under headings; empty where nothing did."""
    if not pending(application):
        return []
    try:
        before = registry.version(application.version_seen_id)
    except DaerahError:  # a content that the present schema does not read any more
        return [(changes.TERMS, [UNREADABLE])]
    now = application.rules
    found = changes.between(_scope(application, before), _scope(application, now),
                            clock.today(application))  # fmt: skip
    found += _asked_again(application, before, now) + _other_track(application, before, now)
    order = changes.GROUPS.index
    return changes.grouped(sorted(found, key=lambda change: order(change.group)))


@transaction.atomic
def understood(application: Application, version: str, *, by: Any) -> None:
    """Keep that the applicant knows these rules; other ones than the present are told first.

    The case itself does not change: pages that are open elsewhere stay as good as they were.
    """
    application = locked(application.pk, by)
    if not rules.acts_for_applicant(application, by):
        raise Barred("Hanya pemohon yang dapat mengubah isian ini.")
    if application.state != State.DRAFT or version != mark(application):
        raise Conflict("Aturannya sudah berubah lagi. Muat ulang halaman permohonan ini.")
    application.version_seen = registry.current_version(application.daerah)
    application.save(update_fields=["version_seen"])


# -- What concerns the applicant -------------------------------------------------------------
def _scope(application: Application, daerah: Daerah) -> Scope:
    """Return what of a version concerns this applicant, by his answers as it reads them."""
    values = facts.of(application, daerah)
    known = {item.code: conditions.holds(item.when or {}, values) for item in daerah.requirement}
    track, _ = tracks.choose(daerah, values)
    return Scope(
        requirements=tuple(r for r in daerah.requirement if known[r.code] is not False),
        facts=tuple(fact for form in FORMS for fact in facts.asked(daerah, form, values)),
        statements=tuple(s for s in daerah.statement if s.move in _sendings(daerah, track)),
        tariffs=daerah.tariff,
        reliefs=tuple(
            r for r in daerah.relief if conditions.holds(r.when or {}, values) is not False
        ),
        terms=terms(daerah, [track] if track else []),
        unsure=frozenset(code for code, holds in known.items() if holds is None),
    )


def _sendings(daerah: Daerah, track: str | None) -> set[str]:
    """Return the moves by which a draft of this track goes out, both while it is not known."""
    no_krk = track is not None and "KRK_REQUESTED" not in daerah.chains(track)
    return {"submit"} if no_krk else {"request_krk", "submit"}


def _asked_again(application: Application, before: Daerah, now: Daerah) -> list[Change]:
    """Return the answers that were good and are not any more."""
    old, new = facts.of(application, before), facts.of(application, now)
    asked = [fact for form in FORMS for fact in facts.asked(now, form, new)]
    gone = [
        (changes.name(fact), label_of(before, fact.code, old[fact.code]))
        for fact in asked
        if fact.code in old and fact.code not in new
    ]
    return [
        Change(changes.QUESTIONS, f"Jawab lagi {name}: jawaban “{said}” tidak berlaku lagi.")
        for name, said in gone
    ]


def _other_track(application: Application, before: Daerah, now: Daerah) -> list[Change]:
    """Return what a building's new way through the office is, where it has another one."""
    old, _ = tracks.choose(before, facts.of(application, before))
    new, _ = tracks.choose(now, facts.of(application, now))
    if not (old and new):
        return []
    found = []
    if before.track[old].title != now.track[new].title:
        found.append(f"Jalur permohonan Anda sekarang: {now.track[new].title} "
                     f"(semula {before.track[old].title}).")  # fmt: skip
    krk = ["KRK_REQUESTED" in daerah.chains(code) for daerah, code in ((before, old), (now, new))]
    if krk[0] != krk[1]:
        found.append(f"KRK sekarang {'diperlukan lebih dulu' if krk[1] else 'tidak diperlukan'}.")
    return [Change(changes.TERMS, text) for text in found]


# -- Promises --------------------------------------------------------------------------------
def terms(daerah: Daerah, codes: list[str]) -> dict[str, str]:
    """Return what a daerah promises of time and cost, in the tracks of these codes."""
    published = [item for item in components(daerah) if item.code in PROMISES]
    found = {item.title: " ".join(filter(None, (item.text, *item.items))) for item in published}
    found["Janji waktu"] = ", ".join(_time(total) for total in daerah.total)
    for code in codes:
        own = f" ({daerah.track[code].title})" if len(codes) > 1 else ""
        for gate, chain in daerah.chains(code).items():
            limits = [link.deadline for link in chain if link.deadline]
            found[f"Waktu tahap {State(gate).label}{own}"] = " + ".join(map(_time, limits))
    for rule in daerah.lapse:
        label = f"Batas menunggu Anda, {State(rule.state).label}"
        found[label] = f"{rule.amount} {UNITS[rule.unit]}"
    return {label: text for label, text in found.items() if text}


def _time(deadline: Deadline) -> str:
    return f"{deadline.amount} {UNITS[deadline.unit]}"
