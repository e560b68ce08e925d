"""Cash of a counter that came to the bank as one sum: which day's receipts a line brings; pure.

Who pays at a counter is no payer of the bank's line: an officer brings the cash of a day there.
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
Receipt = Bill | Interest


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
        """Return the verdict on a line that is the cash of a day, else None.

        ``covered`` bills and interest that ``came`` have a line of their own; what was offered to
        one line is not offered to another.
        """
        for day, counter, receipts in self._before(entry):
            left = [one for one in receipts if not self._gone(one, covered, came)]
            if left and sum(one.due for one in left) == entry.sen:
                keys = tuple(_key(one) for one in left)
                self.offered.update(keys)
                text = (
                    f"Sama dengan kas {counter or 'semua loket'} {tanggal(day)}: {len(left)} "
                    "penerimaan. Bandingkan dengan slip setorannya."
                )
                return Verdict(Kind.CASH, text, proposals=keys)
        return None

    def _before(self, entry: Entry) -> Iterator[tuple[datetime.date, str, list[Receipt]]]:
        """Yield the counters' days from the line's own back, each counter before all together."""
        for back in range(self.tolerance + 1):
            day = entry.day - datetime.timedelta(days=back)
            known = sorted((c for d, c in self.days if d == day), key=lambda c: (c == EVERY, c))
            for counter in known:
                yield day, counter, self.days[day, counter]

    def _gone(self, receipt: Receipt, covered: set[Any], came: set[Any]) -> bool:
        taken = came if isinstance(receipt, Interest) else covered
        return bool(receipt.had) or receipt.pk in taken or _key(receipt) in self.offered


def _key(receipt: Receipt) -> Any:
    return receipt.key if isinstance(receipt, Interest) else receipt.pk
