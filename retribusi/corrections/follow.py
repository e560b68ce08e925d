"""What a move of the case brings: refunds open and close, objections and requests end."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from applications.models import Application
from retribusi import relief
from retribusi.arrears.owed import excess
from retribusi.assessment import paid
from retribusi.corrections import objecting, refunds
from retribusi.models import Refund

ENDS = frozenset({"withdraw", "lapse", "reject", "void_skrd"})
"""Moves with which an objection that waits has nothing left to object to."""
TRACKED = frozenset({"submit", "resubmit"})
"""Moves that choose the track anew."""
CALCULATED = frozenset({"issue_skrd", "issue_nil_skrd"})
"""Moves with which a new calculation stands."""
PAID = frozenset({"confirm_payment", "void_skrd"})
"""Moves after which interest that was paid may turn out to be owed no more."""
Cause = Refund.Cause


def moved(case: Application, names: Iterable[str]) -> None:
    """Do in the transaction of moves (of one perform) what they bring; the case is locked."""
    made, now = {*names}, timezone.now()
    if made & TRACKED:
        relief.end_unneeded(case, now)
    if made & ENDS:
        objecting.end(case, now)
    if made & CALCULATED and case.payments.exists():
        _calculated(case, now)
    if made & PAID:
        _interest(case, now)
    if "reject" in made and (amount := _to_return(case)):
        _open(case, amount, Cause.REJECTED, owed=0, at=now)
    if "reopen" in made:
        reason = "Permohonan dibuka kembali; yang sudah dibayar diperhitungkan."
        _cancel(case, (Cause.REJECTED, Cause.RECALCULATED), reason, now)


def _calculated(case: Application, at: datetime.datetime) -> None:
    """Let one record stand over what was paid too much; one of another sum gives way."""
    amount = refunds.over(case)
    waiting = case.refunds.filter(cause=Cause.RECALCULATED, state__in=Refund.WAITING)
    if amount and [refund.amount for refund in waiting] == [amount]:
        return
    _cancel(case, (Cause.RECALCULATED,), "Retribusi dihitung lagi dengan hasil lain.", at)
    if amount:
        owed = case.assessments.order_by("-pk")[0].total
        _open(case, amount, Cause.RECALCULATED, owed=owed, at=at)


def _interest(case: Application, at: datetime.datetime) -> None:
    """Open a refund of interest that was paid for months in which the principal was paid already,
    or on a bill that was voided."""
    came = sum(excess(bill) for bill in case.bills.select_related("payment", "assessment"))
    amount = came - refunds.taken(case, Cause.INTEREST)
    if amount > 0:
        owed = max(0, refunds.received(case, Cause.INTEREST) - came)
        _open(case, amount, Cause.INTEREST, owed=owed, at=at)


def _to_return(case: Application) -> int:
    """Return what a rejected case gets back: all that was paid and is on no other record."""
    waiting = case.refunds.filter(state__in=Refund.WAITING).exclude(cause__in=Refund.APART)
    return max(0, paid(case) - sum(refund.amount for refund in waiting))


def _open(
    case: Application, amount: int, cause: str, *, owed: int, at: datetime.datetime
) -> Refund:
    number = case.refunds.count() + 1
    return refunds.open_refund(
        case, amount, cause, by=_sistem(), key=f"{case.pk}:{number}", owed=owed, at=at
    )


def _cancel(case: Application, causes: Iterable[str], reason: str, at: datetime.datetime) -> None:
    for refund in case.refunds.filter(cause__in=causes, state__in=Refund.WAITING):
        refund.application = case
        refunds.cancel(refund, reason, by=_sistem(), capacity="Sistem", at=at)


def _sistem() -> Any:
    from accounts.models import User

    return User.objects.sistem()
