"""The due date of a bill as the tariff sets it, in the form in which the bill's paper keeps it."""

from __future__ import annotations

import datetime
from typing import Any

from applications import clock
from applications.models import Application
from documents import due
from documents.due import Due
from imbportal.daerah import calendar
from imbportal.daerah.tariffs import Tariff
from retribusi import fee_day
from retribusi.models import Assessment, Skrd

REACH = 150
"""Days after drafting plus term for which the calendar is frozen: the issue may come later."""
STALE = "Konsep SKRD sudah terlalu lama. Kembalikan, supaya dibuat dengan kalender yang sekarang."


def tariff_of(application: Application, assessment: Assessment) -> Tariff:
    """Return the tariff by which a case was assessed."""
    return next(item for item in fee_day.tariffs(application) if item.id == assessment.tariff)


def rule(application: Application, tariff: Tariff, day: datetime.date) -> dict[str, Any]:
    """Return the rule of a bill drafted on a day: calendar days, and where it rolls to the next
    working day, every day within reach on which the daerah's office is shut."""
    if not tariff.due_roll:
        return {"days": tariff.due_days}
    first = day + datetime.timedelta(days=tariff.due_days)
    last = first + datetime.timedelta(days=REACH)
    open_days = set(calendar.working_between(application.daerah, first, last))
    span = (first + datetime.timedelta(days=n) for n in range(REACH + 1))
    shut = [d.isoformat() for d in span if d not in open_days]
    return {"days": tariff.due_days, "shut": shut, "until": last.isoformat()}


def of(bill: Skrd) -> Due | None:
    """Return how a bill's due date was found; None where nothing is asked, or of an older bill."""
    issued = clock.local_date(bill.application, bill.issued_at)
    return due.of(bill.paper.content["extra"].get("due"), issued)
