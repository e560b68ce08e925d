"""The receipts of a counter behind a line that brings a day's cash: which, and who has them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from applications.refusals import Conflict
from retribusi.models import LineReceipt, Payment, StatementLine, Strd
from retribusi.statements.kinds import Kind
from retribusi.statements.known import STRD

GONE = (
    "Penerimaan loket ini tidak lagi sama dengan baris ini: ada yang sudah dicocokkan dengan baris "
    "lain{}. Muat ulang, lalu “Cocokkan lagi”."
)


def standing() -> QuerySet[LineReceipt]:
    """Return what a line brought and nobody undid."""
    return LineReceipt.objects.filter(outcome__undone_by=None)


def brought(payments: Iterable[Any]) -> set[Any]:
    """Return those of the payments (keys) that came within the cash of a counter."""
    rows = standing().filter(payment__in=list(payments))
    return set(rows.values_list("payment", flat=True))


def offered(daerah: str, besides: Iterable[int]) -> set[Any]:
    """Return the keys that lines offer already which nobody settled yet."""
    lines = StatementLine.objects.filter(daerah=daerah, kind=Kind.CASH, outcome=None)
    left_out = set(besides)
    rows = lines.values_list("pk", "proposals")
    return {key for pk, proposals in rows if pk not in left_out for key in proposals}


def of(line: StatementLine, *, held: bool = False) -> tuple[list[Payment], list[Strd]]:
    """Return the receipts that a line offers, or has brought; ``held`` locks them in order."""
    payments = Payment.objects.select_related("skrd__application__holder", "proof")
    strds = Strd.objects.select_related("application__holder")
    if line.outcome_id:
        rows = line.outcome.receipts.all()
        payments = payments.filter(line_receipts__in=rows)
        strds = strds.filter(line_receipts__in=rows)
    else:
        bills, owed = split(line.proposals)
        payments, strds = payments.filter(skrd__in=bills), strds.filter(pk__in=owed)
    if held:
        payments = payments.select_for_update(of=("self",))
        strds = strds.select_for_update(of=("self",))
    return list(payments.order_by("pk")), list(strds.order_by("pk"))


def split(keys: Iterable[Any]) -> tuple[list[int], list[int]]:
    """Return proposals as the keys of bills and those of bills of interest."""
    bills, owed = [], []
    for key in keys:
        if isinstance(key, str):
            owed.append(int(key.removeprefix(STRD)))
        else:
            bills.append(key)
    return bills, owed


def free(line: StatementLine) -> tuple[list[Payment], list[Strd]]:
    """Return a line's receipts with their rows locked. Raises Conflict where one has its line."""
    payments, strds = of(line, held=True)
    pks = [payment.pk for payment in payments]
    settled = StatementLine.objects.filter(settles__in=pks).exclude(outcome=None)
    other = settled.select_related("outcome__by").first()
    rows = standing().select_related("outcome__by")
    taken = rows.filter(payment__in=pks) | rows.filter(strd__in=[one.pk for one in strds])
    outcome = other.outcome if other is not None else getattr(taken.first(), "outcome", None)
    sums = sum(one.amount for one in [*payments, *strds])
    if outcome is not None or sums * 100 != line.sen:
        raise Conflict(GONE.format(f" oleh {outcome.by}" if outcome is not None else ""))
    return payments, strds
