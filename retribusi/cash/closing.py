"""The closing of days: in their order, once, and for good; the head takes note of each."""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Iterator
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from applications.refusals import Barred, Conflict
from imbportal.daerah import calendar
from retribusi.cash import days, totals, ways
from retribusi.cash.days import DAY
from retribusi.models import CashClosing, LedgerEntry
from retribusi.models.closing import FIRST_HASH

CHANGED = (
    "Buku penerimaan berubah sejak halaman ini dibuka. Periksa lagi angkanya, lalu tutup kasnya."
)
NOTHING = "Tidak ada hari yang dapat ditutup sekarang."
HASHED = (
    "id", "day", "kind", "code", "line", "amount", "paid_on", "at", "application_id", "bill_id",
    "payment_id", "reverses_id", "by_id", "note",
)  # fmt: skip
"""What of each line goes into the seal of its day."""


class Span(NamedTuple):
    """The days of one closing."""

    first: datetime.date
    last: datetime.date


def of(daerah: str) -> QuerySet[CashClosing]:
    """Return the closings of a daerah, in no order of their own."""
    return CashClosing.objects.filter(daerah=daerah)


def newest(daerah: str) -> CashClosing | None:
    """Return the last closing of a daerah; None where no day was closed yet."""
    return of(daerah).order_by("-number").first()


def lines(daerah: str, span: Span) -> QuerySet[LedgerEntry]:
    """Return the lines of some days, in the order in which they were written."""
    found = LedgerEntry.objects.filter(daerah=daerah, day__range=(span.first, span.last))
    return found.order_by("id")


# -- What is to be closed -------------------------------------------------------------------
def due(daerah: str) -> Span | None:
    """Return the days that are closed next; None where no day is open up to today.

    The oldest open day where something was booked on it; else it and those after it on which
    nothing was. Today is closed alone. A book without any line has no days yet.
    """
    today, closed = calendar.today(daerah), days.closed_until(daerah)
    entries = LedgerEntry.objects.filter(daerah=daerah)
    if closed:
        entries = entries.filter(day__gt=closed)
    booked = entries.order_by("day").values_list("day", flat=True).first()
    first = closed + DAY if closed else booked
    if first is None or first > today:
        return None
    if first in (booked, today):
        return Span(first, first)
    nil = min(today, booked) if booked else today
    return Span(first, nil - DAY)


def trial(daerah: str, span: Span, before: CashClosing | None) -> CashClosing:
    """Return what a closing of these days would be, unsaved: its figures and its seal."""
    entries = lines(daerah, span)
    rows = totals.of(entries)
    opening = before.balance if before else 0
    made = CashClosing(
        daerah=daerah,
        number=before.number + 1 if before else 1,
        first=span.first,
        last=span.last,
        opening=opening,
        balance=opening + totals.amount(rows),
        lines=totals.lines(rows),
        receipts=_receipts(entries),
        totals=rows,
        previous_hash=before.hash if before else FIRST_HASH,
    )
    made.seal = _seal(made, entries)
    return made


def _receipts(entries: QuerySet[LedgerEntry]) -> int:
    """Count the payments among some lines; one over several accounts is one."""
    paid = entries.filter(kind__in=ways.KINDS).exclude(payment=None)
    return paid.order_by().values("payment").distinct().count()


def _seal(made: CashClosing, entries: QuerySet[LedgerEntry]) -> str:
    """Return the hash over what a closing would say, and over each of its lines."""
    digest = hashlib.sha256()
    names = ("daerah", "number", "first", "last", "opening", "balance", "lines", "receipts",
             "totals", "previous_hash")  # fmt: skip
    for text in ({name: getattr(made, name) for name in names}, *_plain(entries)):
        digest.update(_canonical(text))
    return digest.hexdigest()


def _plain(entries: QuerySet[LedgerEntry]) -> Iterator[list[Any]]:
    for row in entries.values_list(*HASHED).iterator(500):
        yield list(row)


def _canonical(value: Any) -> bytes:
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), default=_written)
    return text.encode() + b"\n"


def _written(value: Any) -> str:
    """Return a value as it goes into a hash: a moment in UTC, whichever zone it was read in."""
    if isinstance(value, datetime.datetime):
        return value.astimezone(datetime.UTC).isoformat()
    return value.isoformat() if isinstance(value, datetime.date) else str(value)


def digest(closing: CashClosing) -> str:
    """Return the hash of a closing: its seal, and by whom and when it was closed."""
    names = ("seal", "ways", "note", "closed_by_id", "capacity", "closed_at")
    content = {name: getattr(closing, name) for name in names}
    return hashlib.sha256(_canonical(content)).hexdigest()


# -- Closing --------------------------------------------------------------------------------
@transaction.atomic
def close(daerah: str, seal: str, *, by: Any, capacity: str, note: str = "") -> CashClosing:
    """Close the days that are due, as they were looked at; again by the same seal changes nothing.

    Raises Conflict where something was booked since, or another closed the day otherwise.
    """
    days.hold(daerah, alone=True)
    if done := of(daerah).filter(seal=seal).first():
        return done
    span = due(daerah)
    made = trial(daerah, span, newest(daerah)) if span else None
    if made is None or made.seal != seal:
        raise Conflict(CHANGED if made else NOTHING)
    made.ways = ways.of(lines(daerah, Span(made.first, made.last)))
    made.note, made.closed_by, made.capacity = note.strip(), by, capacity
    made.closed_at = timezone.now()
    made.hash = digest(made)
    made.save(force_insert=True)
    return made


@transaction.atomic
def know(pk: int, *, by: Any, capacity: str) -> CashClosing:
    """Let the head take note of a closing, once; another person than the one who closed it."""
    closing = CashClosing.objects.select_for_update().get(pk=pk)
    if closing.known_at is not None:
        return closing
    if closing.closed_by_id == by.pk:
        raise Barred("Penutupan kas diketahui oleh orang lain dari yang menutupnya.")
    closing.known_by, closing.known_capacity = by, capacity
    closing.known_at = timezone.now()
    closing.save(update_fields=["known_by", "known_capacity", "known_at"])
    return closing
