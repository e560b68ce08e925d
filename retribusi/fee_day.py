"""Which day decides by which tariff a case pays: ``[fee_day]`` of its daerah's file."""

from __future__ import annotations

import datetime

from applications import clock
from applications.models import Application
from imbportal.daerah import registry
from imbportal.daerah.loader import DaerahError
from imbportal.daerah.tariffs import Tariff
from imbportal.indonesia import tanggal
from retribusi import rates
from retribusi.inputs import Refused
from retribusi.models import Assessment

ONE_DAY = datetime.timedelta(days=1)
SENDS = ("submit", "resubmit")
"""Moves that hand in an application; the last one handed in what was then found complete."""


def of(application: Application) -> datetime.date:
    """Return the day whose tariff counts; the present day while it is still to come."""
    by = application.rules.fee_day.by
    found = _sent(application) if by == "permohonan" else _set(application)
    return found or clock.today(application)


def tariff(application: Application) -> Tariff:
    """Return the tariff by which a case pays. Raises Refused where none was in force."""
    return rates.in_force(tariffs(application), of(application))


def nearest(application: Application) -> Tariff:
    """Return the tariff by which a case pays, the last one known where none is in force."""
    try:
        return tariff(application)
    except Refused:
        return tariffs(application)[-1]


def tariffs(application: Application) -> tuple[Tariff, ...]:
    """Return the tariffs of a case's rules, with those that followed them in the file since.

    What a case knew stays as it knew it; but a law that ended is not charged any more because
    the case is older than the file that says so.
    """
    return followed(application.rules.tariff, _present(application))


def followed(known: tuple[Tariff, ...], present: tuple[Tariff, ...]) -> tuple[Tariff, ...]:
    """Return the tariffs that a case knew with those of a newer file that came after them."""
    if not known:
        return ()
    *earlier, last = known
    later = [item for item in present if item.berlaku > last.berlaku]
    if later:
        ends = min(item.berlaku for item in later) - ONE_DAY
        last = last.model_copy(update={"sampai": ends})
    return (*earlier, last, *later)


def version(application: Application, assessment: Assessment) -> str:
    """Return the version of the file in which a calculation's tariff stands, "" where it is that
    of the case itself."""
    if any(item.id == assessment.tariff for item in application.rules.tariff):
        return ""
    return str(registry.current_version(application.daerah).pk)


def _present(application: Application) -> tuple[Tariff, ...]:
    try:
        return registry.current(application.daerah).tariff
    except (KeyError, DaerahError):  # a file that is closed, or cannot be read any more
        return ()


def outdated(application: Application, assessment: Assessment) -> list[str]:
    """Return that another tariff counts than the one calculated by; nothing where it is the same.

    Between the calculation and the bill a tariff may end, or a draft be sent back and handed in
    anew.
    """
    try:
        now = tariff(application)
    except Refused as refusal:
        return [str(refusal)]
    if now.id == assessment.tariff:
        return []
    return [
        "Tarif berganti sejak retribusi dihitung: sekarang dipakai tarif yang berlaku sejak "
        f"{tanggal(now.berlaku)}. Kembalikan konsep SKRD bila sudah diajukan, lalu hitung ulang."
    ]


def _sent(application: Application) -> datetime.date | None:
    """Return the day on which a case was last handed in; on paper, that of the receipt."""
    events = list(application.events.order_by("seq"))
    sent = [event for event in events if event.move in SENDS]
    return clock.began(application, sent[-1], events) if sent else None


def _set(application: Application) -> datetime.date | None:
    """Return the day of the first bill that stands: one that was voided sets nothing any more."""
    bill = application.bills.filter(voided_at=None).order_by("pk").first()
    return clock.local_date(application, bill.issued_at) if bill else None
