"""What is done with a whole statement: settled where it matches, judged again, declared done."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from applications import rules
from applications.refusals import Conflict, Unmet
from retribusi.models import LineOutcome, Payment, Statement, StatementEvent, StatementLine
from retribusi.statements import importing, offers, receipts, verdicts
from retribusi.statements.holding import capacity, require_open
from retribusi.statements.kinds import Act, Kind


@transaction.atomic
def settle_all(statement: Statement, *, by: Any) -> int:
    """Settle every line that matches its payment; return how many."""
    capacity(by, statement.daerah)
    statement = _fresh(statement)
    lines = list(
        statement.lines.select_for_update(of=("self",)).filter(outcome=None, kind=Kind.MATCHED)
        .select_related(
            "bill__payment", "bill__application__holder",
            "bill__application__applicant__identity",
        ).order_by("row")
    )  # fmt: skip
    paid = [line.bill.payment.pk for line in lines]
    # A colleague may settle the same payment from another statement at this moment.
    list(Payment.objects.select_for_update(of=("self",)).filter(pk__in=paid).order_by("pk"))
    settled = StatementLine.objects.filter(settles__in=paid)
    taken = set(settled.values_list("settles", flat=True)) | receipts.brought(paid)
    lines = [
        line for line in lines
        if line.bill.payment.pk not in taken
        and line.bill.payment.amount * 100 == line.sen
        and not rules.same_person(line.bill.application, by)
    ]  # fmt: skip
    now = timezone.now()
    outcomes = LineOutcome.objects.bulk_create([
        LineOutcome(line=line, act=Act.SETTLE, bill=line.bill, payment=line.bill.payment, by=by,
                    at=now)
        for line in lines
    ], batch_size=400)  # fmt: skip
    for line, outcome in zip(lines, outcomes, strict=True):
        line.outcome, line.settles = outcome, line.bill.payment
    StatementLine.objects.bulk_update(lines, ["outcome", "settles"], batch_size=200)
    if lines:
        importing.note(statement, StatementEvent.Act.SETTLE, by, f"{len(lines)} baris")
    return len(lines)


@transaction.atomic
def match_again(statement: Statement, *, by: Any) -> None:
    """Judge anew what nobody settled: a proof may have been confirmed meanwhile."""
    capacity(by, statement.daerah)
    importing.hold(statement.daerah)
    statement = _fresh(statement)
    list(statement.lines.select_for_update(of=("self",)).filter(outcome=None))
    verdicts.again(statement)
    importing.note(statement, StatementEvent.Act.MATCH, by)


@transaction.atomic
def close(statement: Statement, *, by: Any) -> None:
    """Declare a statement reconciled: every line has its outcome, and its sums agree."""
    capacity(by, statement.daerah)
    statement = _fresh(statement)
    if missing := offers.unfinished(statement):
        raise Unmet(missing)
    statement.closed_at = timezone.now()
    statement.save(update_fields=["closed_at"])
    importing.note(statement, StatementEvent.Act.CLOSE, by)


@transaction.atomic
def reopen(statement: Statement, reason: str, *, by: Any) -> None:
    """Open a reconciled statement again, with a reason. Raises Unmet, Conflict."""
    capacity(by, statement.daerah)
    statement = Statement.objects.select_for_update().get(pk=statement.pk)
    if statement.closed_at is None:
        last = statement.events.filter(act=StatementEvent.Act.REOPEN).order_by("-pk").first()
        who = f" (dibuka kembali oleh {last.by})" if last else ""
        raise Conflict(f"Rekening koran ini tidak dalam keadaan selesai{who}. Muat ulang.")
    if not reason.strip():
        raise Unmet(["Tulis mengapa rekening koran ini dibuka kembali."])
    statement.closed_at = None
    statement.save(update_fields=["closed_at"])
    importing.note(statement, StatementEvent.Act.REOPEN, by, reason.strip())


# -- Within -----------------------------------------------------------------------------------
def _fresh(statement: Statement) -> Statement:
    statement = Statement.objects.select_for_update().get(pk=statement.pk)
    require_open(statement)
    return statement
