"""What must hold of the bank's statements: their sums, and whose money each line is."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count

from imbportal.invariants import Check, Fault
from retribusi.models import LineOutcome, Statement, StatementLine
from retribusi.statements import offers, receipts
from retribusi.statements.kinds import Act
from retribusi.statements.rows import money

NAME = "rekening koran"
MANY = 500


def statements() -> Iterator[Fault]:
    """Find statements whose lines do not add up, and reconciled ones with a line left over."""
    for statement in Statement.objects.order_by("imported_at").iterator(MANY):
        wrong = offers.unfinished if statement.closed_at else offers.unbalanced
        for text in wrong(statement):
            yield Fault(NAME, None, f"{statement}: {text}")


def lines() -> Iterator[Fault]:
    """Find lines that are not the sum of the payment that they settle, or settle it twice."""
    rows = StatementLine.objects.exclude(settles=None).select_related(
        "settles", "outcome__entry", "statement"
    )
    for line in rows.order_by("pk").iterator(MANY):
        kept = line.outcome.entry.amount if line.outcome and line.outcome.entry else 0
        if line.sen != (line.settles.amount + kept) * 100:
            text = f"{money(line.sen)} untuk pembayaran {money(line.settles.amount * 100)}"
            yield Fault(NAME, line.settles.application_id, f"{line.statement}, {line}: {text}")
        if line.bill_id != line.settles.skrd_id:
            text = "pembayaran SKRD lain"
            yield Fault(NAME, line.settles.application_id, f"{line.statement}, {line}: {text}")
    cash = LineOutcome.objects.filter(act=Act.CASH, undone_by=None)
    for outcome in cash.select_related("line__statement").order_by("pk"):
        rows = outcome.receipts.select_related("payment", "strd")
        came = sum((row.payment or row.strd).amount for row in rows)
        if came * 100 != outcome.line.sen:
            text = f"{money(outcome.line.sen)} untuk penerimaan loket {money(came * 100)}"
            yield Fault(NAME, None, f"{outcome.line.statement}, {outcome.line}: {text}")
    for field in ("payment", "strd"):
        rows = receipts.standing().exclude(**{field: None}).order_by().values(field)
        for row in rows.annotate(n=Count("pk")).filter(n__gt=1):
            yield Fault(NAME, None, f"penerimaan loket {row[field]} dalam {row['n']} baris")
    both = receipts.standing().filter(payment__statement_line__isnull=False)
    for row in both:
        yield Fault(NAME, None, f"pembayaran {row.payment_id} dalam kas loket dan baris sendiri")
    twice = StatementLine.objects.exclude(settles=None).values("settles").annotate(n=Count("pk"))
    for row in twice.filter(n__gt=1):
        yield Fault(NAME, None, f"pembayaran {row['settles']} dicocokkan dengan {row['n']} baris")


def outcomes() -> Iterator[Fault]:
    """Find lines whose outcome is not the last that was written, and ledger lines beside it."""
    rows = LineOutcome.objects.exclude(act__in=(Act.ASSIGN, Act.UNDO)).filter(undone_by=None)
    for outcome in rows.filter(stands_for=None).select_related("line__statement"):
        where = f"{outcome.line.statement}, {outcome.line}"
        yield Fault(NAME, None, f"{where}: tindak lanjut {outcome.pk} tidak berlaku lagi")
    undone = LineOutcome.objects.exclude(undoes=None).exclude(undoes__entry=None)
    for outcome in undone.select_related("entry", "undoes__entry", "line__statement"):
        was = outcome.undoes.entry
        if outcome.entry is None or outcome.entry.reverses_id != was.pk:
            where = f"{outcome.line.statement}, {outcome.line}"
            yield Fault(NAME, None, f"{where}: titipan {was} diurungkan tanpa dibukukan balik")


CHECKS: tuple[Check, ...] = (statements, lines, outcomes)
