"""How complaints were kept to, quarter by quarter, for the public: numbers alone, no words."""

from __future__ import annotations

import datetime
from typing import NamedTuple

from django.db.models import Count, F, Q, QuerySet

from feedback.models import Complaint
from feedback.models.complaint_flow import OPEN
from imbportal.daerah import calendar
from imbportal.daerah.schema import Daerah

QUARTERS = 4
"""Quarters that the page shows, the present one first."""


class Quarter(NamedTuple):
    label: str
    received: int
    in_time: int
    late: int
    open: int


def part(rules: Daerah) -> dict[str, object]:
    """Return what the service standard shows of the complaints of a daerah."""
    return {"quarters": quarters(rules.slug), "slug": rules.slug}


def quarters(slug: str) -> list[Quarter]:
    """Return the last four quarters, counted by the day of receipt in one query."""
    today = calendar.today(slug)
    starts = [_start(today, back) for back in range(QUARTERS)]
    found = Complaint.objects.filter(daerah=slug, received_on__gte=starts[-1])
    counted = _counted(found, starts, today)
    names = ("all", "in_time", "late", "open")
    return [
        Quarter(_label(day), *(counted[f"{name}_{n}"] for name in names))
        for n, day in enumerate(starts)
    ]


def _counted(
    found: QuerySet[Complaint], starts: list[datetime.date], today: datetime.date
) -> dict[str, int]:
    answered = Q(answered_on__isnull=False)
    kept = answered & (Q(promised_on=None) | Q(answered_on__lte=F("promised_on")))
    broken = Q(answered_on__gt=F("promised_on")) | (~answered & Q(promised_on__lt=today))
    what = {"all": Q(), "in_time": kept, "late": broken, "open": Q(state__in=OPEN)}
    ends = [_start(today, -1), *starts]
    asked = {
        f"{name}_{n}": Count("pk", filter=condition & Q(received_on__gte=day, received_on__lt=end))
        for n, (day, end) in enumerate(zip(starts, ends, strict=False))
        for name, condition in what.items()
    }
    return found.aggregate(**asked)


def _start(day: datetime.date, back: int) -> datetime.date:
    """Return the first day of the quarter so many quarters before that of ``day``."""
    number = day.year * 4 + (day.month - 1) // 3 - back
    return datetime.date(number // 4, number % 4 * 3 + 1, 1)


def _label(start: datetime.date) -> str:
    return f"{('I', 'II', 'III', 'IV')[start.month // 3]} {start.year}"
