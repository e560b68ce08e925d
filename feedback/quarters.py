"""Quarters of a year, by the day of a daerah."""

from __future__ import annotations

import datetime
import re
from typing import NamedTuple

from imbportal.daerah import calendar
from imbportal.indonesia import MONTHS

ROMAN = ("I", "II", "III", "IV")
GRACE = datetime.timedelta(days=1)
"""A quarter is closed no sooner than this after its last day: an answer that was sent before
midnight is written by then."""


class Quarter(NamedTuple):
    year: int
    number: int

    @property
    def code(self) -> str:
        """Return it as an address and a command name it: ``2026-3``."""
        return f"{self.year}-{self.number}"

    @property
    def label(self) -> str:
        return f"Triwulan {self.short}"

    @property
    def short(self) -> str:
        return f"{ROMAN[self.number - 1]} {self.year}"

    @property
    def months(self) -> str:
        """Return "Juli sampai September 2026"."""
        return f"{MONTHS[self.first.month - 1]} sampai {MONTHS[self.last.month - 1]} {self.year}"

    @property
    def first(self) -> datetime.date:
        return datetime.date(self.year, 3 * self.number - 2, 1)

    @property
    def last(self) -> datetime.date:
        return self.next.first - datetime.timedelta(days=1)

    @property
    def next(self) -> Quarter:
        return (
            Quarter(self.year + 1, 1) if self.number == 4 else Quarter(self.year, self.number + 1)
        )

    @property
    def previous(self) -> Quarter:
        return of(self.first - datetime.timedelta(days=1))


def of(day: datetime.date) -> Quarter:
    return Quarter(day.year, (day.month + 2) // 3)


def running(slug: str) -> Quarter:
    """Return the quarter of the present day in the daerah."""
    return of(calendar.today(slug))


def over(quarter: Quarter, slug: str) -> bool:
    """Return whether a quarter may be closed."""
    return calendar.today(slug) > quarter.last + GRACE


def read(code: str) -> Quarter | None:
    """Return the quarter of ``2026-3``, None where the text names none."""
    found = re.fullmatch(r"([12]\d{3})-([1-4])", code, re.ASCII)
    return Quarter(int(found[1]), int(found[2])) if found else None
