"""Relief in a case: which may be asked for, which counts, and what it comes to.

What is done with a request stands in ``relief``.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from applications import clock, facts, requirements
from applications.models import Application, Document, DocumentVersion
from imbportal.daerah import calendar, conditions, reliefs
from imbportal.daerah.reliefs import Relief as Rule
from imbportal.daerah.reliefs import ReliefDocument
from imbportal.daerah.schema import Daerah
from imbportal.daerah.tariffs import Tariff
from imbportal.indonesia import persen, rupiah, tanggal
from retribusi import engine, fee_day, inputs, rates, sheets
from retribusi.inputs import Refused
from retribusi.models import RECORD, Assessment, Relief

NAME = "Permohonan"


class Attached(NamedTuple):
    """One document of a request: what is asked, and the file that lies there."""

    document: ReliefDocument
    slot: str
    version: DocumentVersion | None
    own: bool
    """Whether the file was uploaded for the request, and not with the application."""

    @property
    def missing(self) -> bool:
        return self.version is None and not self.document.calculation


# -- What the file says ---------------------------------------------------------------------
def fitting(application: Application, day: datetime.date | None = None) -> list[Rule]:
    """Return the reliefs whose condition the case meets, in the file's order.

    ``day`` is the one whose tariff counts, where the caller knows it.
    """
    if not charges(application):
        return []
    values = _facts(application)
    found = [rule for rule in application.rules.relief if conditions.holds(rule.when, values)]
    if any(rule.berlaku or rule.sampai for rule in found):
        day = day or fee_day.of(application)
        found = [rule for rule in found if reliefs.counts_on(rule, day)]
    return found


def charges(application: Application) -> bool:
    """Return whether the track of a case charges its building, so that there is what to lower."""
    track = application.rules.track.get(application.track)
    return track is not None and track.fee and track.retribution


def _facts(application: Application) -> dict[str, Any]:
    """Return the applicant's answers; of the floor area what the office recorded goes first."""
    values = facts.of(application)
    record = application.records.filter(kind=RECORD).first() if application.rules.relief else None
    parts = record.data.get("bangunan", []) if record else []
    if parts:
        values = {**values, "floor_area": sum(Decimal(part["luas"]) for part in parts)}
    return values


def rule_of(relief: Relief) -> Rule:
    """Return what the daerah's file says of a request."""
    found = relief.application.rules.relief_by_code(relief.code)
    if found is None:
        raise LookupError(f"{relief.code} is no relief of the case's rules")
    return found


def holder_title(relief: Relief) -> str:
    """Return in whose hands a request lies, "" once it is over."""
    role = relief.application.rules.role.get(relief.holder)
    return role.title if role else ""


def decider(rule: Rule, application: Application) -> str:
    """Return the title of who decides a relief."""
    return application.rules.role[rule.decided_by or ""].title


# -- What counts ----------------------------------------------------------------------------
def open_of(application: Application) -> Relief | None:
    """Return the request that waits for its decision, or None."""
    return application.reliefs.filter(state__in=Relief.OPEN).first()


def pending(application: Application) -> list[str]:
    """Return why no bill may be proposed yet: somebody waits for an answer."""
    waiting = open_of(application)
    if waiting is None:
        return []
    rule, day = rule_of(waiting), clock.local_date(application, waiting.since)
    return [
        f"Permohonan {rule.kind} retribusi belum diputus: di tangan {holder_title(waiting)} "
        f"sejak {tanggal(day)}. SKRD diajukan sesudah keputusannya."
    ]


def granted(application: Application) -> Relief | None:
    """Return the granted request that counts: the newest one, where its condition still holds."""
    found = application.reliefs.filter(state=Relief.State.GRANTED).order_by("-decided_at").first()
    fits = found is not None and found.code in {rule.code for rule in fitting(application)}
    return found if fits else None


def applied(application: Application, tariff: Tariff, day: datetime.date) -> str:
    """Return the code of the relief by which the fee is calculated, "" where none is.

    What was granted comes before what is given without being asked.
    """
    found = granted(application)
    if found is not None:
        return found.code
    given = (rule.code for rule in fitting(application, day) if rule.automatic)
    return next((code for code in given if code in tariff.keringanan), "")


# -- What it comes to -----------------------------------------------------------------------
def offered(application: Application) -> list[Rule]:
    """Return the reliefs that the applicant may ask for, as far as the file alone decides."""
    return [rule for rule in fitting(application) if not rule.automatic]


def trial(application: Application, assessment: Assessment, code: str) -> sheets.Lowered | None:
    """Return what a relief would make of a calculation; None where no tariff in force has it."""
    given = {**assessment.input, "keringanan": code}
    try:
        return sheets.lowered(engine.calculate(fee_day.tariffs(application), given).as_json())
    except Refused:
        return None


def share(application: Application, code: str) -> str:
    """Return the percentage of a relief as printed, by the tariff that counts for the case."""
    return _share(fee_day.tariffs(application), code, fee_day.of(application))


def _share(tariffs: Sequence[Tariff], code: str, day: datetime.date) -> str:
    try:
        tariff = rates.in_force(tariffs, day)
    except Refused:
        tariff = tariffs[-1]
    figure = tariff.keringanan.get(code)
    return persen(figure.value) if figure else ""


# -- What the public reads ------------------------------------------------------------------
def who_decides(rule: Rule, rules: Daerah) -> str:
    """Return whose decision a relief is, and who sends the request on first, in a sentence."""
    if rule.automatic:
        return "Dihitung tanpa permohonan."
    first = rules.role.get(rule.forwarded_by or "")
    way = f"Diteruskan oleh {first.title}, diputus" if first else "Diputus"
    return f"{way} oleh {rules.role[rule.decided_by or ''].title}."


def published(rules: Daerah) -> dict[str, Any]:
    """Return the reliefs of a daerah for its service standard: rule, percentage, who decides."""
    day = calendar.today(rules.slug)
    told = [(r, _share(rules.tariff, r.code, day), _on_application(r, rules)) for r in rules.relief]
    return {"reliefs": told}


def _on_application(rule: Rule, rules: Daerah) -> str:
    asked = "" if rule.automatic else "Diajukan sesudah retribusi dihitung. "
    return " ".join(filter(None, (asked + who_decides(rule, rules), _period(rule))))


def _period(rule: Rule) -> str:
    """Return from when, and until when, a relief counts, in a sentence."""
    words = [f"sejak {tanggal(rule.berlaku)}"] if rule.berlaku else []
    words += [f"sampai {tanggal(rule.sampai)}"] if rule.sampai else []
    return f"Berlaku {' '.join(words)}." if words else ""


def as_billed(application: Application, assessment: Assessment) -> tuple[tuple[str, str], ...]:
    """Return what a bill says of the relief that lowers it: before it, how much, by what."""
    code, found = assessment.input.get("keringanan"), sheets.lowered(assessment.result)
    rule = application.rules.relief_by_code(code) if code else None
    if rule is None or found is None:
        return ()
    relief = granted(application)
    share = _share(fee_day.tariffs(application), rule.code, inputs.day(assessment.input))
    basis = rule.name
    if relief is not None and relief.paper is not None and relief.paper.issued_at is not None:
        day = tanggal(clock.local_date(application, relief.paper.issued_at))
        basis = f"{relief.paper.title} nomor {relief.paper.number} tanggal {day}"
    return (
        ("Sebelum keringanan", rupiah(found.before)),
        (rule.kind.capitalize(), f"{share}, {basis}"),
    )


# -- Documents ------------------------------------------------------------------------------
def attached(application: Application, rule: Rule) -> list[Attached]:
    """Return the documents of a request with what lies in the case for each."""
    own = _current(application, (reliefs.slot(rule, d) for d in rule.document))
    shared = {d.requirement for d in rule.document if d.requirement}
    there = {
        slot.code: slot.version
        for slot in (requirements.due(application) if shared else ())
        if slot.code in shared
    }
    found = []
    for document in rule.document:
        name = reliefs.slot(rule, document)
        version = own.get(name) or there.get(document.requirement or "")
        found.append(Attached(document, name, version, name in own))
    return found


def _current(application: Application, slots: Iterable[str]) -> dict[str, Any]:
    mine = Document.objects.filter(application=application, requirement__in=list(slots))
    found = {document.requirement: document.current for document in
             mine.prefetch_related("versions")}  # fmt: skip
    return {slot: version for slot, version in found.items() if version is not None}


def gaps(documents: list[Attached]) -> list[str]:
    """Return what a request still lacks, in words for the applicant."""
    told = []
    for item in documents:
        label = item.document.label
        if item.missing:
            told.append(f"Unggah: {label}.")
        elif item.version is not None and item.version.scan == DocumentVersion.Scan.WAITING:
            told.append(f"{label} masih dipindai; coba beberapa menit lagi.")
        elif item.version is not None and item.version.scan == DocumentVersion.Scan.INFECTED:
            told.append(f"{label} mengandung virus. Unggah berkas lain.")
    return told


def files(relief: Relief) -> list[tuple[str, DocumentVersion | None]]:
    """Return what went with a request: label and file, no file of the calculation."""
    pks = [item["version"] for item in relief.documents if item["version"]]
    known = {str(v.pk): v for v in DocumentVersion.objects.filter(pk__in=pks)}
    return [(item["label"], known.get(item["version"] or "")) for item in relief.documents]
