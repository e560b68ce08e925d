"""Pages of a long list by the key of their rows: page 200 costs what page 1 costs.

The condition stands as ``a >= x AND (a > x OR id > y)``: both databases then begin in the index at
x, which they do not where it is written as one OR.
"""

import datetime
import uuid
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.db.models import DateTimeField, Q, UUIDField
from django.utils.dateparse import parse_date, parse_datetime

AFTER, BEFORE = "sesudah", "sebelum"
"""Names in the address of the row behind which, or before which, a page begins."""
LONGEST_KEY = 19
"""Digits with which a number still fits into a column of 64 bits."""


class Page(NamedTuple):
    """The rows of one page, and the addresses of its neighbours ("" where there is none)."""

    rows: list[Any]
    before: str
    after: str


class Keyset:
    """A list ordered by ``field`` and id, both up or both down."""

    def __init__(self, field: str, *, down: bool = False, size: int = 50):
        self.field, self.down, self.size = field, down, size

    def page(self, cases, given, kept: dict[str, str]) -> Page:
        """Return the page that an address asks for; ``kept`` stays in its neighbours' addresses."""
        if place := self._place(cases, given.get(BEFORE, "")):
            rows = self._beyond(cases, place, back=True)
            if len(rows) > self.size:
                return self._page(rows[-self.size :], kept, before=True, after=True)
        place = self._place(cases, given.get(AFTER, ""))
        rows = self._beyond(cases, place) if place else self._first(cases)
        return self._page(rows[: self.size], kept, before=bool(place), after=len(rows) > self.size)

    def chunks(self, cases):
        """Yield the whole list in pieces of a page, each read when it is wanted."""
        rows = self._first(cases)[: self.size]
        while rows:
            yield rows
            rows = self._beyond(cases, (getattr(rows[-1], self.field), rows[-1].pk))[: self.size]

    def _page(self, rows, kept, *, before, after):
        return Page(
            rows,
            self._address(kept, BEFORE, rows[0]) if before and rows else "",
            self._address(kept, AFTER, rows[-1]) if after and rows else "",
        )

    def _first(self, cases):
        return list(self._ordered(cases, self.down)[: self.size + 1])

    def _beyond(self, cases, place, back=False):
        """Return the rows behind a place, one more than a page; those before it with ``back``."""
        key, pk = place
        down = self.down != back
        side = "lt" if down else "gt"
        found = cases.filter(**{f"{self.field}__{side}e": key}).filter(
            Q(**{f"{self.field}__{side}": key}) | Q(**{f"id__{side}": pk})
        )
        rows = list(self._ordered(found, down)[: self.size + 1])
        return rows[::-1] if back else rows

    def _ordered(self, cases, down):
        sign = "-" if down else ""
        return cases.order_by(f"{sign}{self.field}", f"{sign}id")

    def _address(self, kept, name, row):
        key = getattr(row, self.field)
        return "?" + urlencode(kept | {name: f"{key.isoformat()}_{row.pk}"})

    def _place(self, cases, text) -> tuple[Any, Any] | None:
        """Return the key and id of an address; None where it says none or nonsense."""
        key, _, pk = text.partition("_")
        column = cases.model._meta.get_field(self.field)
        try:
            when = _moment(key) if isinstance(column, DateTimeField) else parse_date(key)
            return (when, _key(cases.model, pk)) if when else None
        except (ValueError, OverflowError):
            return None


def _key(model: Any, text: str) -> uuid.UUID | int:
    """Return the id of a row of this model, as an address writes it. ValueError on nonsense."""
    if isinstance(model._meta.pk, UUIDField):
        return uuid.UUID(text)
    if not (text.isascii() and text.isdecimal() and len(text) < LONGEST_KEY):
        raise ValueError(f"not a row's number: {text}")
    return int(text)


def _moment(text: str) -> datetime.datetime | None:
    """Return a moment with its zone; one without would mean another in each daerah."""
    moment = parse_datetime(text)
    return moment if moment and moment.tzinfo else None
