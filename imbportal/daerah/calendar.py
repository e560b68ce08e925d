"""Days and working days of a daerah, from the table of holidays that officers may correct.

The table is asked each time: a correction counts at once, in every process. Day 1 is the day
after the start.
"""

import datetime
import zoneinfo
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import transaction
from django.utils import timezone

from imbportal.daerah import registry
from imbportal.daerah.models import CalendarYear, Holiday
from imbportal.daerah.ways import Deadline

CATEGORIES = {"public": Holiday.Kind.NATIONAL, "government": Holiday.Kind.CUTI_BERSAMA}
"""Of the holidays package, whose government category is cuti bersama."""
ESTIMATED = " (perkiraan)"
DAY = datetime.timedelta(days=1)
WEEKEND = (5, 6)
_memory: ContextVar[dict[tuple[str, int], list[Holiday]] | None] = ContextVar(
    "memory", default=None
)


def today(slug: str) -> datetime.date:
    """Return the present day in the daerah's time zone."""
    return timezone.now().astimezone(zoneinfo.ZoneInfo(registry.current(slug).timezone)).date()


def is_working(slug: str, day: datetime.date, *, cuti_bersama: bool | None = None) -> bool:
    """Return whether the daerah's office works on that day."""
    return day in _working(slug, day, day, cuti_bersama)


def working_between(slug: str, first: datetime.date, last: datetime.date) -> list[datetime.date]:
    """Return the days from first to last, both inclusive, on which the daerah's office works."""
    return _working(slug, first, last, None)


def add_working_days(
    slug: str,
    start: datetime.date,
    n: int,
    *,
    cuti_bersama: bool | None = None,
    published: bool = False,
) -> datetime.date:
    """Return the day on which ``n`` working days have passed; ``start`` itself for 0.

    ``cuti_bersama`` says whether that is not working; None takes the daerah's own rule.
    ``published`` counts on the national calendar as published and asks no table.
    Raises ValueError on a negative number, OverflowError past the calendar's end.
    """
    if n < 0:
        raise ValueError(f"not a number of days: {n}")
    day, left = start, n
    while left:
        span = datetime.timedelta(days=2 * left + 14)
        days = _working(slug, day + DAY, day + span, cuti_bersama, published)[:left]
        left -= len(days)
        day = days[-1] if not left else day + span
    return day


def deadline_end(slug: str, start: datetime.date, deadline: Deadline) -> datetime.date:
    """Return the last day of a deadline that began on ``start``."""
    if deadline.unit == "hari":
        return start + datetime.timedelta(days=deadline.amount)
    return add_working_days(slug, start, deadline.amount)


def days_between(slug: str, start: datetime.date, end: datetime.date, unit: str) -> int:
    """Return how many days of ``unit`` lie after ``start`` up to ``end``; 0 where none do."""
    if end <= start:
        return 0
    if unit == "hari":
        return (end - start).days
    return len(_working(slug, start + DAY, end, None))


def holidays_between(
    slug: str, start: datetime.date, end: datetime.date
) -> list[tuple[datetime.date, str]]:
    """Return the weekdays after ``start`` up to ``end`` on which the office is shut, with names."""
    first = start + DAY
    working = set(_working(slug, first, end, None)) if end > start else set()
    names = {row.date: row.name for row in Holiday.objects.filter(date__range=(first, end))}
    span = (first + datetime.timedelta(days=i) for i in range((end - start).days))
    shut = (day for day in span if day.weekday() not in WEEKEND and day not in working)
    return [(day, names.get(day, "libur")) for day in shut]


@transaction.atomic
def seed(year: int) -> int:
    """Put a year's national holidays and cuti bersama into the table, once; return how many."""
    if not CalendarYear.objects.get_or_create(year=year)[1]:
        return 0
    rows = [row for category in CATEGORIES for row in _published(year, category)]
    Holiday.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def _published(year: int, category: str) -> Iterator[Holiday]:
    import holidays

    days = holidays.country_holidays("ID", years=year, categories=(category,), language="id")
    for date, name in days.items():
        yield Holiday(
            date=date,
            kind=CATEGORIES[category],
            name=name.replace(ESTIMATED, "")[:120],
            estimated=ESTIMATED in name,
        )


def _working(
    slug: str,
    first: datetime.date,
    last: datetime.date,
    cuti_bersama: bool | None,
    published: bool = False,
) -> list[datetime.date]:
    """Return the working days from first to last, both inclusive."""
    if cuti_bersama is None:
        cuti_bersama = registry.current(slug).counts_cuti_bersama
    years = range(first.year, last.year + 1)
    rows = _as_published(years) if published else _of_table(slug, first, last, years)
    if not cuti_bersama:
        rows = [row for row in rows if row.kind != Holiday.Kind.CUTI_BERSAMA]
    opened = _opened(rows)
    span = (first + datetime.timedelta(days=i) for i in range((last - first).days + 1))
    return [day for day in span if opened.get(day, day.weekday() not in WEEKEND)]


def _as_published(years: range) -> list[Holiday]:
    return [row for year in years for kind in CATEGORIES for row in _published(year, kind)]


def _of_table(slug: str, first: datetime.date, last: datetime.date, years: range) -> list[Holiday]:
    memory = _memory.get()
    if memory is None:
        return _rows(slug, years, first, last)
    for year in years:
        if (slug, year) not in memory:
            whole = datetime.date(year, 1, 1), datetime.date(year, 12, 31)
            memory[slug, year] = _rows(slug, range(year, year + 1), *whole)
    return [row for year in years for row in memory[slug, year] if first <= row.date <= last]


def _rows(slug: str, years: range, first: datetime.date, last: datetime.date) -> list[Holiday]:
    _fill(years)
    return list(Holiday.objects.filter(date__range=(first, last), slug__in=("", slug)))


@contextmanager
def read_once() -> Iterator[None]:
    """Ask the table once for each year within this block: one page counts many spans of days."""
    token = _memory.set({})
    try:
        yield
    finally:
        _memory.reset(token)


def _opened(rows: Iterable[Holiday]) -> dict[datetime.date, bool]:
    """Return for each day of the table whether the office works.

    The daerah's own rows come before those for all; among equals "masuk" decides.
    """
    ranked = sorted(rows, key=lambda row: (row.slug != "", row.kind == Holiday.Kind.WORKING))
    return {row.date: row.kind == Holiday.Kind.WORKING for row in ranked}


def _fill(years: range) -> None:
    known = set(CalendarYear.objects.filter(year__in=years).values_list("year", flat=True))
    for year in sorted(set(years) - known):
        seed(year)
