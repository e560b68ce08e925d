"""What a late payment costs: by the national law, and by a daerah's own rows over it.

The day on which a bill fell due decides which row counts. Where a daerah gives rows of its own
(``[[interest]]``), they count for their period, and the national ones before and after it.
"""

from __future__ import annotations

import datetime
import itertools
import tomllib
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from pydantic import field_validator

from imbportal.daerah import tables
from imbportal.daerah.rule import Cited, Code, Rule, Text

if TYPE_CHECKING:
    from imbportal.daerah.schema import Daerah

NAME = tables.INTEREST
PAPER = "strd"
"""The paper with which interest is billed."""
MOST_MONTHS, MOST_PERCENT, MOST_DAYS = 120, 10, 3650


class Interest(Cited):
    """What a late payment costs where the bill fell due from ``berlaku`` (to ``sampai``)."""

    berlaku: datetime.date
    sampai: datetime.date | None = None
    percent: Decimal
    """Of the principal, for each month that has begun."""
    max_months: int
    warn: bool = False
    """Whether a warning (surat teguran) must stand on the record before an STRD."""
    due_days: int = 30
    """Calendar days from the STRD to its own due date."""


class National(Rule):
    name: Code
    title: Text
    cite: Text
    interest: tuple[Interest, ...]

    @field_validator("interest")
    @classmethod
    def whole(cls, rows: tuple[Interest, ...]) -> tuple[Interest, ...]:
        """Refuse periods that overlap or leave a gap, and a table that ends."""
        if found := [*faults(rows, "interest")]:
            raise ValueError("; ".join(f"{path}: {text}" for path, text in found))
        if not rows or rows[-1].sampai is not None:
            raise ValueError("the last row has no end: no bill may fall due outside of the table")
        return rows


@cache
def national() -> tuple[Interest, ...]:
    """Return the rows of the national table, the earliest first."""
    return parse((tables.FOLDER / f"{NAME}.toml").read_text(encoding="utf-8"))


def parse(text: str) -> tuple[Interest, ...]:
    """Return the rows that a national table states. Raises pydantic's ValidationError."""
    return National.model_validate(tomllib.loads(text, parse_float=Decimal)).interest


def on(daerah: Daerah, due: datetime.date) -> Interest | None:
    """Return the row for a bill that fell due on a day; None before the first one."""
    return _covering(daerah.interest, due) or _covering(national(), due)


def _covering(rows: Iterable[Interest], day: datetime.date) -> Interest | None:
    ending = datetime.date.max
    return next((row for row in rows if row.berlaku <= day <= (row.sampai or ending)), None)


# -- What a file may say --------------------------------------------------------------------
def problems(daerah: Daerah) -> Iterator[tuple[str, str]]:
    """Yield (key, problem) of a daerah's own rows, and of the paper that bills interest."""
    yield from faults(daerah.interest, "interest")
    paper = daerah.paper.get(PAPER)
    if paper is not None and paper.signed_by is None:
        yield f"paper.{PAPER}.signed_by", "missing: somebody signs what bills interest"


def faults(rows: tuple[Interest, ...], path: str) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with rows that follow each other."""
    for number, row in enumerate(rows):
        yield from _row(row, f"{path}[{number}]")
    for number, (before, after) in enumerate(itertools.pairwise(rows), start=1):
        follows = before.sampai and before.sampai + datetime.timedelta(days=1)
        if follows is None or follows > after.berlaku:
            yield f"{path}[{number}].berlaku", "overlaps the row before: give that its sampai"
        elif follows < after.berlaku:
            yield f"{path}[{number}].berlaku", f"leaves a gap after {before.sampai}"


def _row(row: Interest, path: str) -> Iterator[tuple[str, str]]:
    if row.sampai and row.sampai < row.berlaku:
        yield f"{path}.sampai", "lies before berlaku"
    if not 0 < row.percent <= MOST_PERCENT:
        yield f"{path}.percent", f"{row.percent} is not between 0 and {MOST_PERCENT}"
    if row.percent.as_tuple().exponent < -3:  # type: ignore[operator]
        yield f"{path}.percent", "at most three decimals"
    if not 0 < row.max_months <= MOST_MONTHS:
        yield f"{path}.max_months", f"{row.max_months} is not between 1 and {MOST_MONTHS}"
    if not 0 < row.due_days <= MOST_DAYS:
        yield f"{path}.due_days", f"{row.due_days} is not between 1 and {MOST_DAYS}"
    if row.contoh and "contoh" not in f"{row.cite} {row.note}".lower():
        yield f"{path}.note", "a sample says so: put the word contoh here"
