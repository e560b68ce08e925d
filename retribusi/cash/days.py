"""On which day of the ledger something is booked, and the lock between booking and closing."""

from __future__ import annotations

import datetime

from django.db import connection
from django.db.transaction import TransactionManagementError

from retribusi.models import CashClosing

DAY = datetime.timedelta(days=1)
HOLD = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))"
HOLD_TOGETHER = "SELECT pg_advisory_xact_lock_shared(hashtextextended(%s, 0))"


def hold(daerah: str, *, alone: bool = False) -> None:
    """Keep the days of a daerah as they are until the transaction ends.

    Who books holds them together with others who book, who closes a day holds them ``alone``: a
    line is written before the closing reads the day, or sees that it is closed. On SQLite every
    transaction that writes is alone from its beginning (``transaction_mode``).
    """
    if not connection.in_atomic_block:
        raise TransactionManagementError("a booking belongs in the transaction of its cause")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(HOLD if alone else HOLD_TOGETHER, [f"kas:{daerah}"])


def closed_until(daerah: str) -> datetime.date | None:
    """Return the last closed day of a daerah; None where none was closed yet."""
    closings = CashClosing.objects.filter(daerah=daerah).order_by("-last")
    return closings.values_list("last", flat=True).first()


def open_day(daerah: str, day: datetime.date) -> datetime.date:
    """Return a day if it is open, else the first one after the closed ones."""
    closed = closed_until(daerah)
    return max(day, closed + DAY) if closed else day
