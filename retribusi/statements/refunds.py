"""The way from a line of the bank to the refund of its money: the one seam between the two."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Any

from retribusi.models import StatementLine

OFFERED = find_spec("retribusi.corrections") is not None


def key(line: StatementLine) -> str:
    return f"rekening:{line.pk}"


def open_for(line: StatementLine, amount: int, reason: str, *, by: Any) -> Any:
    """Open the refund of money that a line brought and the ledger holds as a deposit."""
    from retribusi.corrections.refunds import Cause, open_refund

    case = line.bill.application
    note = f"Rekening koran {line.statement.bank}, baris {line.row}. {reason}".strip()
    return open_refund(case, amount, Cause.SURPLUS, by=by, key=key(line), note=note)


def is_open(line: StatementLine) -> bool:
    """Return whether a refund of this line's money is under way or paid out."""
    from retribusi.models import Refund

    return Refund.objects.filter(key=key(line), state__in=Refund.COUNTED).exists()
