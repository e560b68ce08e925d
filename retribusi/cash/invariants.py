"""What must hold of closed days: each closing is what its lines come to, in one unbroken chain."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import F, Q

from imbportal.indonesia import rupiah, tanggal
from imbportal.invariants import Fault
from retribusi.cash import closing
from retribusi.cash.closing import Span
from retribusi.cash.days import DAY
from retribusi.models import CashClosing, LedgerEntry

CHECK = "kas"


def closings() -> Iterator[Fault]:
    """Find closings that say otherwise than the ledger, and chains that are broken."""
    before: CashClosing | None = None
    for one in CashClosing.objects.order_by("daerah", "number").iterator(200):
        before = before if before and before.daerah == one.daerah else None
        for text in wrong(one, before):
            yield Fault(CHECK, None, f"{one.daerah}, penutupan {one.number}: {text}")
        before = one


def wrong(one: CashClosing, before: CashClosing | None) -> Iterator[str]:
    span = Span(one.first, one.last)
    again = closing.trial(one.daerah, span, before)
    if one.number != again.number:
        yield f"seharusnya nomor {again.number}"
    if before and one.first != before.last + DAY:
        yield f"mulai {tanggal(one.first)}, penutupan sebelumnya sampai {tanggal(before.last)}"
    if (one.opening, one.balance) != (again.opening, again.balance):
        yield f"mencatat {rupiah(one.balance)}, buku penerimaan {rupiah(again.balance)}"
    late = closing.lines(one.daerah, span).filter(at__gt=one.closed_at).count()
    if late:
        yield f"{late} baris dibukukan pada hari itu sesudah ditutup"
    if one.seal != again.seal or one.hash != closing.digest(one):
        yield "tidak cocok dengan rantainya"


def days() -> Iterator[Fault]:
    """Find lines before the first closed day: no closing would ever hold them."""
    for first in CashClosing.objects.filter(number=1):
        lines = LedgerEntry.objects.filter(daerah=first.daerah, day__lt=first.first)
        if count := lines.count():
            yield Fault(CHECK, None, f"{first.daerah}: {count} baris sebelum penutupan pertama")


def corrections() -> Iterator[Fault]:
    """Find corrections that do not book back what they name, and sums that moved without one."""
    kind = LedgerEntry.Kind.CORRECTION
    back = LedgerEntry.objects.filter(kind=kind).exclude(reverses=None)
    unlike = ~Q(amount=-F("reverses__amount")) | ~Q(code=F("reverses__code"))
    for line in back.filter(unlike | ~Q(daerah=F("reverses__daerah"))):
        text = f"baris {line.pk} tidak membalik baris {line.reverses_id}"
        yield Fault(CHECK, line.application_id, text)
    moved = LedgerEntry.objects.filter(kind=kind, reverses=None)
    for line in moved:
        pair = back.filter(daerah=line.daerah, at=line.at, amount=-line.amount, by=line.by_id)
        if not pair.exists():
            yield Fault(CHECK, line.application_id, f"baris {line.pk} koreksi tanpa yang dibalik")


CHECKS = (closings, days, corrections)
