"""New findings counted: points of a later round on what neither changed nor had stayed open."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, Q
from django.db.models.functions import TruncMonth

from accounts import postings
from accounts.models import Posting
from applications.models import Application, Point
from imbportal.daerah import registry
from imbportal.indonesia import MONTHS

NEW = Q(new_finding=True)
COUNTS = {
    "sent": Count("pk"),
    "new": Count("pk", filter=NEW),
    "cases": Count("application", distinct=True),
    "touched": Count("application", distinct=True, filter=NEW),
}
LATEST = 30
"""New findings that are named one by one."""


@dataclass
class Month:
    """The letters of one month: all of them, and by who wrote their points."""

    name: str
    total: dict[str, int]
    people: list[dict[str, Any]] = field(default_factory=list)


def may_see(held: list[Posting], daerah: str) -> bool:
    """Return whether one of the postings answers for the daerah's letters, or audits them."""
    return postings.oversees(held, daerah)


def sent(held: list[Posting], daerah: str, year: int) -> Any:
    """Return the points that went out in a year, of the cases that the postings cover."""
    zone = ZoneInfo(registry.current(daerah).timezone)
    since, until = (datetime.datetime(y, 1, 1, tzinfo=zone) for y in (year, year + 1))
    cases = Application.objects.in_daerah(held, daerah).values("pk")
    return Point.objects.filter(application__in=cases, sent_at__gte=since, sent_at__lt=until)


def by_month(points: Any, daerah: str) -> list[Month]:
    """Return the months with letters, the newest first; three queries, however many there are."""
    zone = ZoneInfo(registry.current(daerah).timezone)
    dated = points.order_by().annotate(month=TruncMonth("sent_at", tzinfo=zone))
    months = {
        row["month"]: Month(f"{MONTHS[row['month'].month - 1]} {row['month'].year}", row)
        for row in dated.values("month").annotate(**COUNTS).order_by("-month")
    }
    people = dated.values("month", "raised_by", "raised_by__name").annotate(**COUNTS)
    rows = list(people.order_by("-new", "-sent", "raised_by__name"))
    titles = _titles({row["raised_by"] for row in rows}, daerah)
    for row in rows:
        row |= {"name": row["raised_by__name"], "title": titles.get(row["raised_by"], "")}
        months[row["month"]].people.append(row)
    return list(months.values())


def _titles(people: set[Any], daerah: str) -> dict[Any, str]:
    """Return which seats of the daerah these people hold now."""
    rules, found = registry.current(daerah), {}
    for posting in Posting.objects.in_force().filter(user__in=people, daerah=daerah):
        known = posting.role in rules.role
        built_in = postings.role_title(posting.role, rules)
        title = rules.post(posting.role, posting.unit) if known else built_in
        found.setdefault(posting.user_id, []).append(title)
    return {user: ", ".join(sorted(titles)) for user, titles in found.items()}


def latest(points: Any) -> list[Point]:
    """Return the newest new findings with their cases."""
    found = points.filter(NEW).select_related("application", "raised_by")
    return list(found.order_by("-sent_at", "-pk")[:LATEST])
