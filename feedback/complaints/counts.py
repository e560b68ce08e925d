"""How complaints were kept to, quarter by quarter, for the public: numbers alone, no words."""

from __future__ import annotations

import datetime
from typing import NamedTuple

from django.db.models import Count, F, Q, QuerySet

from feedback.models import Complaint
from feedback.models.complaint_flow import OPEN
from feedback.quarters import Quarter, running
from imbportal.daerah import calendar
from imbportal.daerah.schema import Daerah

QUARTERS = 4
"""Quarters that the page shows, the present one first."""


class Figures(NamedTuple):
    label: str
    received: int
    in_time: int
    late: int
    open: int


def part(rules: Daerah) -> dict[str, object]:
    """Return what the service standard shows of the complaints of a daerah."""
    return {"quarters": quarters(rules.slug), "slug": rules.slug}


def quarters(slug: str) -> list[Figures]:
    """Return the last four quarters, counted by the day of receipt in one query."""
    today = calendar.today(slug)
    last = [running(slug)]
    while len(last) < QUARTERS:
        last.append(last[-1].previous)
    found = Complaint.objects.filter(daerah=slug, received_on__gte=last[-1].first)
    counted = _counted(found, last, today)
    names = ("all", "in_time", "late", "open")
    return [
        Figures(quarter.short, *(counted[f"{name}_{n}"] for name in names))
        for n, quarter in enumerate(last)
    ]


def _counted(
    found: QuerySet[Complaint], last: list[Quarter], today: datetime.date
) -> dict[str, int]:
    answered = Q(answered_on__isnull=False)
    owed = Q(state__in=OPEN, due_at__lt=today)
    """Also of one that was answered in time and opened again since."""
    kept = answered & (Q(promised_on=None) | Q(answered_on__lte=F("promised_on"))) & ~owed
    broken = Q(answered_on__gt=F("promised_on")) | (~answered & Q(promised_on__lt=today)) | owed
    what = {"all": Q(), "in_time": kept, "late": broken, "open": Q(state__in=OPEN)}
    asked = {
        f"{name}_{n}": Count("pk", filter=condition & Q(received_on__range=(one.first, one.last)))
        for n, one in enumerate(last)
        for name, condition in what.items()
    }
    return found.aggregate(**asked)
