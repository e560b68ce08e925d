"""Cash of a counter that came to the bank as one sum: which receipts a line brings; pure.

Who pays at a counter is no payer of the bank's line: an officer brings the cash of a day there, or
of some days at once, as after a weekend.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from typing import Any

from imbportal.indonesia import tanggal
from retribusi.statements.kinds import Kind
from retribusi.statements.known import Bill, Entry, Interest, Verdict

EVERY = ""
"""Stands for all counters of a day together."""
DAY = datetime.timedelta(days=1)
Receipt = Bill | Interest
Days = tuple[datetime.date, datetime.date]
"""First and last, both counted."""


class Counters:
    """What the counters of a daerah took, by day."""

    def __init__(self, receipts: Iterable[Receipt], tolerance: int):
        self.tolerance = tolerance
        self.days: dict[tuple[datetime.date, str], list[Receipt]] = {}
        self.offered: set[Any] = set()
        for receipt in receipts:
            if receipt.counter and receipt.paid_on is not None and not receipt.void:
                for counter in (receipt.counter, EVERY):
                    self.days.setdefault((receipt.paid_on, counter), []).append(receipt)

    def deposit(self, entry: Entry, covered: set[Any], came: set[Any]) -> Verdict | None:
        """Return the verdict on a line that is the cash of a day, or of days in a row, else None.

        ``covered`` bills and interest that ``came`` have a line of their own; what was offered to
        one line is not offered to another.
        """
        for days, counter, receipts in self._before(entry):
            left = [one for one in receipts if not self._gone(one, covered, came)]
            if left and sum(one.due for one in left) == entry.sen:
                keys = tuple(_key(one) for one in left)
                self.offered.update(keys)
                text = (
                    f"Sama dengan kas {counter or 'semua loket'} {_written(days)}: {len(left)} "
                    "penerimaan. Bandingkan dengan slip setorannya."
                )
                return Verdict(Kind.CASH, text, proposals=keys)
        return None

    def _before(self, entry: Entry) -> Iterator[tuple[Days, str, list[Receipt]]]:
        """Yield what the counters took from the line's own day back: single days, then more.

        Each counter comes before all together.
        """
        known = sorted({c for _, c in self.days}, key=lambda c: (c == EVERY, c))
        backs = range(self.tolerance + 1)
        spans = sorted(((first, last) for last in backs for first in backs[last:]), key=_width)
        for first, last in spans:
            begins, ends = entry.day - first * DAY, entry.day - last * DAY
            for counter in known:
                if (begins, counter) in self.days and (ends, counter) in self.days:
                    yield (begins, ends), counter, self._taken(begins, ends, counter)

    def _taken(self, begins: datetime.date, ends: datetime.date, counter: str) -> list[Receipt]:
        days = (begins + n * DAY for n in range((ends - begins).days + 1))
        return [one for day in days for one in self.days.get((day, counter), ())]

    def _gone(self, receipt: Receipt, covered: set[Any], came: set[Any]) -> bool:
        taken = came if isinstance(receipt, Interest) else covered
        return bool(receipt.had) or receipt.pk in taken or _key(receipt) in self.offered


def _width(span: tuple[int, int]) -> tuple[int, int]:
    return span[0] - span[1], span[1]


def _written(days: Days) -> str:
    first, last = days
    return tanggal(first) if first == last else f"{tanggal(first)} sampai {tanggal(last)}"


def _key(receipt: Receipt) -> Any:
    return receipt.key if isinstance(receipt, Interest) else receipt.pk
