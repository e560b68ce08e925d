"""The way from a line of the bank to the refund of its money: the one seam between the two."""

from __future__ import annotations

from typing import Any

from applications.models import Application
from retribusi.models import LineOutcome, Refund


def open_for(outcome: LineOutcome, *, by: Any) -> Refund:
    """Open the refund of money that an outcome booked as a deposit of its case."""
    from retribusi.corrections.refunds import open_refund

    line = outcome.line
    case = (line.bill or line.strd).application
    note = f"Rekening koran {line.statement.bank}, baris {line.row}. {outcome.reason}".strip()
    return open_refund(
        case, outcome.entry.amount, Refund.Cause.SURPLUS, by=by,
        key=f"rekening:{outcome.pk}", note=note,
    )  # fmt: skip


def takes(case: Application, amount: int) -> bool:
    """Return whether refunds take so much of a case's deposits that this one is needed."""
    from retribusi.corrections.refunds import left

    return left(case, Refund.Cause.SURPLUS) < amount
