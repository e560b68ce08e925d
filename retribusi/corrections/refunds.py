"""What goes back: how much, of which accounts, and the opening and closing of its record.

An amount never changes: where a later calculation says otherwise, the record that was not paid
out yet is cancelled and another is opened. No more goes back than came in; the caller holds the
lock of the case.
"""

from __future__ import annotations

import datetime
from collections import Counter
from typing import Any

from django.db.models import Q, Sum
from django.urls import reverse
from django.utils import timezone

from applications.models import Application
from applications.refusals import Unmet
from applications.sealing import Sealing
from applications.services import locked
from documents import holds
from documents import services as documents
from imbportal.daerah.corrections import SKRDLB
from imbportal.indonesia import rupiah
from retribusi import acts, news, treasurers
from retribusi.assessment import newest, paid
from retribusi.models import LedgerEntry, Refund

Cause, State = Refund.Cause, Refund.State
TAKES = {Cause.SURPLUS: LedgerEntry.Kind.DEPOSIT, Cause.INTEREST: LedgerEntry.Kind.INTEREST}
"""Kind of the ledger of which those causes take that do not take of the payments."""
Lines = Counter[tuple[str, str]]
"""Whole rupiah by kode rekening and line."""


def page(refund: Refund) -> str:
    """Return where the office reads a refund."""
    return reverse("admin:refund", args=[refund.pk])


# -- Who --------------------------------------------------------------------------------------
def approver(case: Application) -> str:
    """Return the role that approves refunds: the file's, else the head."""
    return case.rules.refund.approved_by or case.rules.head


def payers(case: Application) -> list[str]:
    """Return the roles that pay out, first the one that checks payments in the case's track."""
    chains = case.rules.chains(case.track) if case.track else {}
    own = [link.role for link in chains.get("PAYMENT_REVIEW", ()) if link.duty == treasurers.DUTY]
    return list(dict.fromkeys([*own, *sorted(treasurers.roles(case.rules))]))


# -- How much ---------------------------------------------------------------------------------
def received(case: Application, cause: str) -> int:
    """Return what came in of which a refund of this cause may take: payments, or what is apart."""
    if cause in TAKES:
        return max(0, sum(booked(case, TAKES[cause]).values()))
    return case.payments.aggregate(sum=Sum("amount"))["sum"] or 0


def taken(case: Application, cause: str) -> int:
    """Return what refunds of the same money take already, paid out or not."""
    same = case.refunds.filter(state__in=Refund.COUNTED)
    same = same.filter(cause=cause) if cause in TAKES else same.exclude(cause__in=Refund.APART)
    return same.aggregate(sum=Sum("amount"))["sum"] or 0


def left(case: Application, cause: str) -> int:
    """Return what may still go back."""
    return max(0, received(case, cause) - taken(case, cause))


# -- Opening ----------------------------------------------------------------------------------
def open_refund(
    case: Application, amount: int, cause: str, *, by: Any, key: str, note: str = "",
    owed: int | None = None, capacity: str | None = None, at: datetime.datetime | None = None,
) -> Refund:  # fmt: skip
    """Open a record over what is to go back; the same ``key`` opens one, and gives it again.

    For the layers that find an overpayment: call it in the transaction that found it. ``lebih`` (a
    double or over payment) takes of what the ledger holds for this case as ``titipan``, so book
    that first; ``bunga`` takes of the interest, every other cause of the payments. Raises Unmet
    where no so much came in.
    """
    case = locked(case.pk, by)
    if there := Refund.objects.filter(key=key).first():
        return there
    now, can = at or timezone.now(), left(case, cause)
    if not 0 < amount <= can:
        raise Unmet([f"Yang dapat dikembalikan paling banyak {rupiah(can)}."])
    calculated = newest(case)
    whole = received(case, cause)
    refund = Refund(
        application=case, cause=cause, amount=amount, paid=whole,
        owed=max(0, whole - amount) if owed is None else owed,
        assessment=calculated if cause == Cause.RECALCULATED else None,
        note=note.strip(), key=key, opened_by=by, opened_at=now, since=now,
    )  # fmt: skip
    refund.save()
    printed = [letter(refund, now)] if _unsigned(case) else []
    title = "Sistem" if by.is_system else capacity
    if title is None:
        title = acts.in_office(case, by, [*payers(case), case.rules.head])
    data = {"amount": amount, "cause": cause} | ({"papers": printed} if printed else {})
    event = acts.write(case, "open_refund", by, title, refund.note, now, **data)
    _tell(refund, event)
    return refund


def _unsigned(case: Application) -> bool:
    """Return whether the SKRDLB is issued by the portal; where it is signed, the approval does."""
    paper = case.rules.paper.get(SKRDLB)
    return paper is not None and paper.signed_by is None


def letter(
    refund: Refund, at: datetime.datetime, sign: Any = None, seals: Sealing | None = None
) -> str:
    """Issue the SKRDLB; ``sign`` is handed its draft first."""
    case, note = refund.application, str(refund.pk)
    refund.paper = acts.issue(case, SKRDLB, at, note=note, sign=sign, seals=seals)
    refund.save()
    return acts.named(refund.paper)


def _tell(refund: Refund, event: Any) -> None:
    case = refund.application
    detail = f"{refund.get_cause_display()}: {rupiah(refund.amount)} dikembalikan kepada Anda."
    news.applicant(
        case, event, "Ada kelebihan pembayaran yang dikembalikan", detail=detail,
        next_="Isi bank dan nomor rekening pada halaman permohonan.",
        wish=case.rules.refund.notify.get("pemohon") or news.TOLD,
    )  # fmt: skip


# -- Closing ----------------------------------------------------------------------------------
def cancel(refund: Refund, reason: str, *, by: Any, capacity: str, at: datetime.datetime) -> None:
    """Cancel a record that was not paid out; its paper is void and the applicant is told."""
    case = refund.application
    refund.cancel()
    refund.reason = reason
    acts.over(refund, at)
    holds.end(case.pk, SKRDLB)
    if refund.paper is not None:
        documents.void(refund.paper, reason=reason, at=at)
    event = acts.write(case, "cancel_refund", by, capacity, reason, at, amount=refund.amount)
    news.applicant(case, event, "Pengembalian dibatalkan", detail=reason,
                   next_="Tidak ada yang perlu Anda lakukan.")  # fmt: skip


# -- Of which accounts ------------------------------------------------------------------------
def booked(case: Application, kind: str) -> Lines:
    """Return what the ledger holds of a kind for a case by account, less what was booked back."""
    found: Lines = Counter()
    correction = LedgerEntry.Kind.CORRECTION
    corrected = Q(kind=correction, reverses__kind=kind)
    back = case.ledger.filter(corrected).values("at")
    moved = Q(kind=correction, reverses=None, at__in=back)  # to where a correction moved it
    told = Q(kind=kind) | corrected | moved
    rows = case.ledger.filter(told).order_by().values("code", "line")
    for row in rows.annotate(sum=Sum("amount")):
        found[row["code"], row["line"]] = row["sum"]
    return found


def lines(refund: Refund) -> list[tuple[str, str, int]]:
    """Return what a refund takes of each account, negative, in sum its amount."""
    case = refund.application
    if refund.cause in TAKES:
        takes = _share(booked(case, TAKES[refund.cause]), refund.amount)
    else:
        takes = _difference(refund)
    return [(code, line, -amount) for (code, line), amount in takes.items() if amount]


def _difference(refund: Refund) -> Lines:
    """Return by account what was paid over the calculation; by share where that is another sum."""
    case, kind = refund.application, LedgerEntry.Kind
    came = booked(case, kind.PRINCIPAL)
    for row in case.ledger.filter(kind=kind.REFUND, bill__isnull=False):
        came[row.code, row.line] += row.amount
    over: Lines = Counter(came)
    if refund.assessment is not None:
        for item in refund.assessment.result["rekening"]:
            over[item["kode"], item["baris"]] -= item["jumlah"]
    return over if sum(over.values()) == refund.amount else _share(came, refund.amount)


def _share(came: Lines, amount: int) -> Lines:
    """Return an amount in the proportion in which it came in, whole rupiah, largest remainder."""
    whole = sum(sum_ for sum_ in came.values() if sum_ > 0)
    if not whole:
        raise Unmet(["Buku penerimaan tidak memuat uang ini. Periksa dulu pembukuannya."])
    exact = {key: divmod(amount * sum_, whole) for key, sum_ in came.items() if sum_ > 0}
    found: Lines = Counter({key: share for key, (share, _) in exact.items()})
    rest = amount - sum(found.values())
    for key in sorted(exact, key=lambda key: -exact[key][1])[:rest]:
        found[key] += 1
    return found


def over(case: Application) -> int:
    """Return what was paid over the newest calculation, what has gone back left out."""
    calculated = newest(case)
    return max(0, paid(case) - calculated.total) if calculated is not None else 0
