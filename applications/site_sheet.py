"""What was found on the site of a case, and what of it does not meet the rules of its daerah."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from applications import evidence, facts
from imbportal.daerah import checks

if TYPE_CHECKING:
    from applications.models import Application, Event

SHEET = evidence.SITE
GOOD, BAD = "sesuai", "tidak"
SAID = {GOOD: "Sesuai", BAD: "Tidak sesuai"}
JUDGED = {
    "drawings": "Gambar dibanding keadaan di lokasi",
    "road": "Jarak bangunan ke jalan (sempadan jalan)",
}
"""What the sheet asks the officer to judge, by its fields."""
CHANGES = ("resubmit", "revise")
"""Moves with which the applicant sends other answers."""


def standing(application: Application) -> dict[str, Any]:
    """Return the sheet of the visit; empty where there is none, or the plan changed after it."""
    record = application.records.filter(kind=SHEET).first()
    if record is None:
        return {}
    changed = application.events.filter(move__in=CHANGES, at__gt=record.at).exists()
    return {} if changed else dict(record.data)


def found(application: Application) -> dict[str, Any]:
    """Return the case's facts with what was measured on the site in place of what was stated."""
    measured: dict[str, Any] = standing(application).get("measured", {})
    return facts.with_krk(application) | measured


def results(application: Application) -> list[checks.CheckResult]:
    """Return the numeric checks, on what was found where somebody has been there."""
    return checks.run(application.rules, found(application))


def shortcomings(application: Application) -> list[str]:
    """Return what does not meet the rules, each in a line: a check, or what an officer judged."""
    said = standing(application)
    return [
        *(f"{one.label}: {one.text}" for one in results(application) if one.ok is False),
        *(f"{label}: tidak sesuai" for key, label in JUDGED.items() if said.get(key) == BAD),
    ]


def approved(application: Application) -> Event | None:
    """Return the event of the approval that stands; None where there is none, or none any more."""
    last: Event | None = (
        application.events.filter(move="approve_technical").order_by("-seq").first()
    )
    if last is None:
        return None
    again = application.events.filter(target__in=("ASSESSMENT", "SUBMITTED"), seq__gt=last.seq)
    return None if again.exists() else last


def reason(application: Application) -> str:
    """Return why a case was approved in spite of its shortcomings; "" where it has none."""
    event = approved(application)
    if event is None or not event.data.get("despite"):
        return ""
    return str(event.note.text) if hasattr(event, "note") else ""
