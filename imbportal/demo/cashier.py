"""The treasurer of the demo: closes each day in its evening, and leaves the last ones open."""

from __future__ import annotations

import datetime
from typing import Any
from zoneinfo import ZoneInfo

from imbportal.daerah import registry
from imbportal.demo import people
from imbportal.demo.past import past
from retribusi import treasurers
from retribusi.cash import closing
from retribusi.models import CashClosing, LedgerEntry

EVENING = datetime.time(17)
LEFT = datetime.timedelta(days=2)
"""Days before today that are not closed yet."""


def close(slug: str, now: datetime.datetime) -> None:
    """Close the days of a daerah up to some days ago; the head has seen all but the last two."""
    rules = registry.current(slug)
    zone, officers = ZoneInfo(rules.timezone), people.officers(slug)
    until = now.astimezone(zone).date() - LEFT
    booked = LedgerEntry.objects.filter(daerah=slug, day__lte=until).order_by("day")
    days = list(booked.values_list("day", flat=True).distinct())
    keeper = officers[min(treasurers.roles(rules))]
    if not days:
        return
    with past(datetime.datetime.combine(days[0], EVENING, zone)) as clock:
        for day in days:
            clock.set(datetime.datetime.combine(day, EVENING, zone))
            _close_until(slug, day, keeper)
        for one in CashClosing.objects.filter(daerah=slug).order_by("-number")[2:]:
            closing.know(one.pk, by=officers[rules.head], capacity=rules.signed(rules.head))


def _close_until(slug: str, day: datetime.date, keeper: Any) -> None:
    while (span := closing.due(slug)) and span.last <= day:
        seal = closing.trial(slug, span, closing.newest(slug)).seal
        closing.close(slug, seal, by=keeper, capacity="Bendahara Penerimaan")
