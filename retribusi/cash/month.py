"""What a month came to by kode rekening: before it in its year, in it, and up to its end."""

from __future__ import annotations

import datetime
from typing import NamedTuple

from imbportal.daerah import calendar
from imbportal.indonesia import MONTHS
from retribusi.cash import days, totals
from retribusi.models import CashClosing, LedgerEntry


class Row(NamedTuple):
    code: str
    words: str
    before: int
    during: int

    @property
    def after(self) -> int:
        return self.before + self.during


class Month(NamedTuple):
    daerah: str
    first: datetime.date

    @property
    def last(self) -> datetime.date:
        return following(self.first) - days.DAY

    @property
    def code(self) -> str:
        return f"{self.first:%Y-%m}"

    @property
    def label(self) -> str:
        return f"{MONTHS[self.first.month - 1]} {self.first.year}"


def following(first: datetime.date) -> datetime.date:
    """Return the first day of the month after."""
    return (first + datetime.timedelta(days=31)).replace(day=1)


def every(daerah: str) -> list[Month]:
    """Return the months since the first line of the ledger, the present one first."""
    booked = LedgerEntry.objects.filter(daerah=daerah).order_by("day")
    now = calendar.today(daerah).replace(day=1)
    first = booked.values_list("day", flat=True).first() or now
    found, month = [], min(first.replace(day=1), now)
    while month <= now:
        found.append(Month(daerah, month))
        month = following(month)
    return found[::-1]


def rows(month: Month) -> list[Row]:
    """Return the sums of a month by kode rekening; the year begins on its first of January."""
    year = LedgerEntry.objects.filter(daerah=month.daerah, day__gte=month.first.replace(month=1))
    before = {row["kode"]: row for row in totals.of(year.filter(day__lt=month.first))}
    during = {
        row["kode"]: row
        for row in totals.of(year.filter(day__gte=month.first, day__lte=month.last))
    }
    return [_row(code, before.get(code), during.get(code)) for code in sorted({*before, *during})]


def _row(code: str, before: totals.Row | None, during: totals.Row | None) -> Row:
    told = [*(during or {}).get("uraian", []), *(before or {}).get("uraian", [])]
    words = "; ".join(sorted(set(told)))
    sums = [row["jumlah"] if row else 0 for row in (before, during)]
    return Row(code or totals.NO_CODE, words, *sums)


def closings(month: Month) -> list[CashClosing]:
    """Return the closings that touch a month, in their order."""
    found = CashClosing.objects.filter(daerah=month.daerah)
    return list(found.filter(last__gte=month.first, first__lte=month.last).order_by("number"))


def open_since(month: Month) -> datetime.date | None:
    """Return the first day of a month that no treasurer has closed; None where all are."""
    closed = days.closed_until(month.daerah)
    first = max(month.first, closed + days.DAY) if closed else month.first
    return first if first <= month.last else None
