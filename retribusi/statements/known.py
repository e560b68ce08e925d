"""What matching knows: lines of the bank, bills, bills of interest, and the verdict on a line."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any, NamedTuple

from retribusi.statements.kinds import Kind

STRD = "strd-"
"""Begins the key of a bill of interest among proposals."""


class Entry(NamedTuple):
    """A line of the bank."""

    key: Any
    day: datetime.date
    sen: int
    text: str = ""
    reference: str = ""
    bill: Any = None
    """Key of the bill that somebody chose."""
    strd: Any = None
    """Key of the bill of interest that somebody chose."""

    @property
    def said(self) -> str:
        return f"{self.text} {self.reference}"


class Bill(NamedTuple):
    """A bill with what became of it."""

    pk: Any
    code: str
    number: str
    amount: int
    """Whole rupiah."""
    issued: datetime.date
    holder: str = ""
    void: bool = False
    filed: bool = False
    """Whether a proof waits for the cashier."""
    payment: Any = None
    paid_on: datetime.date | None = None
    reference: str = ""
    """Of the confirmed proof."""
    had: int = 0
    """Sen that earlier lines brought for it."""
    counter: str = ""
    """The counter that took its money, where one did and no line of the bank was offered it."""

    @property
    def due(self) -> int:
        return self.amount * 100


class Interest(NamedTuple):
    """A bill of interest (STRD)."""

    pk: Any
    code: str
    number: str
    amount: int
    """Whole rupiah."""
    paid: bool = False
    void: bool = False
    had: bool = False
    """Whether an earlier line brought its money."""
    came: int = 0
    """Rupiah that were accepted for it, with what was too much."""
    holder: str = ""
    issued: datetime.date | None = None
    paid_on: datetime.date | None = None
    counter: str = ""
    """The counter that took its money, as of a bill."""

    @property
    def due(self) -> int:
        return self.amount * 100

    @property
    def key(self) -> str:
        """Return how proposals name it beside the keys of bills."""
        return f"{STRD}{self.pk}"


class Terms(NamedTuple):
    """What the format of a bank says about matching."""

    out: Sequence[str] = ()
    into: Sequence[str] = ()
    tolerance: int = 3


class Verdict(NamedTuple):
    kind: Kind
    why: str
    bill: Any = None
    """Key of the bill."""
    proposals: tuple[Any, ...] = ()
    """Keys of bills, and of bills of interest (``Interest.key``)."""
    strd: Any = None
    """Key of the bill of interest."""
