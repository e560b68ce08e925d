"""The time whose cases a draft is tried on: a calendar year, or the last twelve months."""

import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.db.models import Min

from imbportal.daerah import calendar, registry
from retribusi.models import Assessment

MONTHS = "12bulan"


class Period(NamedTuple):
    code: str
    label: str
    first: datetime.date
    last: datetime.date

    def moments(self, daerah: str) -> tuple[datetime.datetime, datetime.datetime]:
        """Return when it begins and when it is over, by the daerah's clock."""
        zone = ZoneInfo(registry.current(daerah).timezone)
        day = datetime.timedelta(days=1)
        return _midnight(self.first, zone), _midnight(self.last + day, zone)


def _midnight(day: datetime.date, zone: ZoneInfo) -> datetime.datetime:
    return datetime.datetime(day.year, day.month, day.day, tzinfo=zone)


def offered(daerah: str) -> list[Period]:
    """Return the periods of a daerah: last year first, then twelve months, then what there is."""
    today = calendar.today(daerah)
    since = _first_year(daerah) or today.year
    years = [today.year - 1, *(year for year in range(today.year, since - 1, -1))]
    last, *others = dict.fromkeys(years)
    twelve = Period(MONTHS, "12 bulan terakhir", _year_before(today), today)
    return [_year(last), twelve, *map(_year, others)]


def _year_before(today: datetime.date) -> datetime.date:
    """Return the first day of the twelve months that end today."""
    leap = (today.month, today.day) == (2, 29)
    same = today.replace(year=today.year - 1, day=28 if leap else today.day)
    return same + datetime.timedelta(days=1)


def _year(year: int) -> Period:
    return Period(
        str(year), f"Tahun {year}", datetime.date(year, 1, 1), datetime.date(year, 12, 31)
    )


def _first_year(daerah: str) -> int | None:
    found = Assessment.objects.filter(application__daerah=daerah).aggregate(at=Min("at"))["at"]
    zone = ZoneInfo(registry.current(daerah).timezone)
    return found.astimezone(zone).year if found else None
