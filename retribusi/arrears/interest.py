"""What a late payment costs. Pure: a principal, two days and a rule give whole rupiah.

Part of a month counts as a month. A month ends on the same day number as the due date, or on the
month's last day where there is none.
"""

from __future__ import annotations

import calendar
import datetime
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Protocol

from imbportal.indonesia import persen, rupiah

EXACT = Context(prec=60)


class Rule(Protocol):
    """What it takes of a row of the file."""

    @property
    def percent(self) -> Decimal: ...
    @property
    def max_months(self) -> int: ...


@dataclass(frozen=True, kw_only=True)
class Interest:
    """Interest on one principal over months that count from the due date."""

    principal: int
    percent: Decimal
    begun: int
    """Months that have begun since the due date."""
    months: int
    """Of these, the ones that are charged: at most the rule's."""
    amount: int

    @property
    def capped(self) -> bool:
        return self.begun > self.months

    @property
    def arithmetic(self) -> str:
        """Return how the amount comes about, as pages and papers print it."""
        cap = f" (paling lama {self.months} bulan)" if self.capped else ""
        return f"{self.months} bulan{cap} × {persen(self.percent)} × {rupiah(self.principal)}"


def interest(principal: int, due: datetime.date, paid_on: datetime.date, rule: Rule) -> Interest:
    """Return what is owed beside a principal that was due on one day and is paid on another."""
    begun = months(due, paid_on)
    charged = min(begun, rule.max_months)
    return Interest(
        principal=principal,
        percent=rule.percent,
        begun=begun,
        months=charged,
        amount=of(principal, rule.percent, charged),
    )


def of(principal: int, percent: Decimal, count: int) -> int:
    """Return the interest of so many months, rounded once, half up, to whole rupiah."""
    product = EXACT.multiply(EXACT.multiply(Decimal(principal), percent), Decimal(count))
    return int(product.scaleb(-2, EXACT).quantize(Decimal(1), ROUND_HALF_UP, EXACT))


def months(due: datetime.date, day: datetime.date) -> int:
    """Return how many months have begun after a due date; none up to the day itself."""
    if day <= due:
        return 0
    apart = (day.year - due.year) * 12 + day.month - due.month
    return apart if day <= month_end(due, apart) else apart + 1


def month_end(due: datetime.date, number: int) -> datetime.date:
    """Return the last day of a month that counts from the due date; number 0 ends on that day."""
    year, month = divmod(due.year * 12 + due.month - 1 + number, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return datetime.date(year, month + 1, min(due.day, last))
