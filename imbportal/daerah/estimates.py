"""Days of the calendar that are only estimated, and settling them for one daerah or for all.

A day of all daerah is settled for one of them by rows of its own, which go before the general one.
"""

import datetime

from django.db import transaction
from django.db.models import QuerySet

from imbportal.daerah.calendar import WEEKEND
from imbportal.daerah.models import Holiday


def ahead(slug: str, day: datetime.date) -> QuerySet[Holiday]:
    """Return the estimated days from ``day`` on that nobody settled for the daerah; by date.

    An empty slug stands for the days of all.
    """
    rows = Holiday.objects.filter(estimated=True, date__gte=day, slug__in=("", slug))
    if slug:
        own = Holiday.objects.filter(slug=slug, estimated=False)
        rows = rows.exclude(date__in=own.values("date"))
    return rows.order_by("date", "pk")


@transaction.atomic
def settle(holiday: Holiday, slug: str, to: datetime.date | None = None) -> None:
    """Settle a day for a daerah (for all with an empty slug), on its date or on another one.

    Raises ValueError, in words for whoever moves it, where that day stands there already.
    """
    if to is not None and _stands(holiday.kind, slug, to):
        raise ValueError("Pada tanggal itu sudah ada hari libur yang sama.")
    if holiday.slug == slug:
        holiday.date, holiday.estimated = to or holiday.date, False
        holiday.save()
        return
    if to is not None:
        _add(slug, holiday.date, _left(holiday, slug), f"Bukan lagi {holiday.name}")
    _add(slug, to or holiday.date, holiday.kind, holiday.name)


def _stands(kind: str, slug: str, day: datetime.date) -> bool:
    return Holiday.objects.filter(date=day, slug=slug, kind=kind).exists()


def _left(holiday: Holiday, slug: str) -> str:
    """Return what the old day becomes: worked, where nothing else shuts the office on it."""
    rest = Holiday.objects.filter(date=holiday.date, slug__in=("", slug)).exclude(pk=holiday.pk)
    shut = holiday.date.weekday() in WEEKEND or rest.exists()
    return holiday.kind if shut else Holiday.Kind.WORKING


def _add(slug: str, day: datetime.date, kind: str, name: str) -> None:
    Holiday.objects.get_or_create(slug=slug, date=day, kind=kind, defaults={"name": name[:120]})
