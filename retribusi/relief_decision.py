"""What the office does with a request for relief: it forwards, grants or refuses it.

Every function locks the case, refuses as ``services.perform`` does, writes an event into the
case's chain, and raises ``version``.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from applications.refusals import Conflict, Unmet
from applications.sealing import Sealing
from applications.services import check_version
from applications.workflow import FINAL
from documents import services as documents
from retribusi import acts, assessment, relief_news, reliefs
from retribusi.models import Relief
from retribusi.relief_steps import ASKABLE, paid, void_bill, write_event

MORE_THAN_WORDS = "Tulis alasannya; pemohon membacanya dalam surat keputusan."


@transaction.atomic
def forward(relief: Relief, *, by: Any, version: int | None = None) -> Relief:
    """Send a request on to who decides."""
    case, relief = acts.held(relief, by)
    rule = reliefs.rule_of(relief)
    capacity = acts.in_office(case, by, [rule.forwarded_by])
    check_version(case, version, by, "forward_relief")
    acts.must_wait(relief, reliefs.NAME)
    if relief.state != Relief.State.ASKED:
        raise Conflict(f"Sekarang di tangan {reliefs.holder_title(relief)}.")
    now = timezone.now()
    relief.forward()
    relief.holder, relief.since = rule.decided_by or "", now
    relief.save()
    sent = {}
    if rule.cover is not None:
        letter = acts.decision(case, rule.cover, rule.forwarded_by, now, by=by, capacity=capacity)
        sent = {"papers": [acts.named(letter)]}
    event = write_event(relief, "forward_relief", by, capacity, "", now, **sent)
    relief_news.forwarded(relief, event)
    return relief


def grant(
    relief: Relief, reason: str = "", *, by: Any, version: int | None = None,
    sealing: Sealing | None = None,
) -> Relief:  # fmt: skip
    """Grant a request: the fee is calculated anew, the letter goes out, the applicant is told.

    A letter that its signatory seals comes with him through ``signing.sign_beside`` (``sealing``).
    """
    return _decide("grant", relief, reason.strip(), by, version, sealing)


def refuse(
    relief: Relief, reason: str, *, by: Any, version: int | None = None,
    sealing: Sealing | None = None,
) -> Relief:  # fmt: skip
    """Refuse a request with a reason; the letter and the applicant are told the whole fee."""
    return _decide("refuse", relief, reason.strip(), by, version, sealing)


@transaction.atomic
def _decide(
    act: str, relief: Relief, reason: str, by: Any, version: int | None, sealing: Sealing | None
) -> Relief:
    """Decide, or decide otherwise while nothing is paid; a bill that waits is voided."""
    case, relief = acts.held(relief, by)
    rule, move = reliefs.rule_of(relief), f"{act}_relief"
    capacity = acts.in_office(case, by, [rule.decided_by])
    check_version(case, version, by, move)
    if text := undecidable(relief, act):
        raise Conflict(text)
    again = relief.state in Relief.DECIDED
    if not reason and (again or act == "refuse"):
        raise Unmet([MORE_THAN_WORDS])
    now = acts.moment(sealing)
    getattr(relief, act)()
    acts.decided(relief, reason, by=by, capacity=capacity, at=now)
    if case.state == "AWAITING_PAYMENT":
        void_bill(case, f"Keputusan {rule.kind} retribusi berubah; SKRD baru segera terbit.")
    relief.outcome = assessment.assess(case, by=by)
    relief.save()
    if relief.paper is not None:
        documents.void(relief.paper, reason="Keputusan ditinjau kembali.", at=now)
    relief.paper = acts.decision(
        case, rule.paper or "", rule.decided_by, now, by=by, capacity=capacity, seals=sealing
    )
    relief.save()
    printed = [acts.named(relief.paper)]
    event = write_event(relief, move, by, capacity, reason, now, papers=printed)
    relief_news.decided(relief, event)
    return relief


def undecidable(relief: Relief, act: str) -> str:
    """Return why a request cannot be decided so now, and what to do; "" where it can."""
    case, target = relief.application, getattr(Relief.State, DONE[act])
    if relief.state == target:
        return f"Permohonan ini sudah {relief.get_state_display().lower()}."
    if relief.state not in (*Relief.OPEN, *Relief.DECIDED):
        return f"Permohonan ini sudah {relief.get_state_display().lower()}."
    if case.reliefs.order_by("-pk").first() != relief:
        return "Ada permohonan keringanan yang lebih baru dalam perkara ini; putuskan yang itu."
    if relief.state in Relief.OPEN and relief.holder != reliefs.rule_of(relief).decided_by:
        return f"Permohonan ini masih di tangan {reliefs.holder_title(relief)}."
    if case.state in FINAL:
        return f"Permohonan {case.rules.service.permit} ini sudah {case.stage_label.lower()}."
    if text := paid(case):
        return text
    if act == "grant" and reliefs.rule_of(relief) not in reliefs.fitting(case):
        return (
            "Jawaban pemohon berubah sejak keringanan ini diajukan, dan syaratnya tidak terpenuhi "
            "lagi. Tolak dengan alasan itu; pemohon dapat mengajukan yang sesuai."
        )
    if case.state not in ASKABLE:
        return (
            f"Permohonan ini pada tahap {case.stage_label}. Keputusan dicatat begitu kembali ke "
            "penetapan retribusi, atau sesudah SKRD terbit."
        )
    return ""


DONE = {"grant": "GRANTED", "refuse": "REFUSED"}
