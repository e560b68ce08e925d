"""By which way the money of some lines came, as far as its slips tell."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet, Sum

from applications import handing
from retribusi.models import LedgerEntry, Payment

BANK, OFFICE, COUNTER, STATEMENT = (
    "Bank, bukti dari pemohon", "Kantor pembayaran", "Loket", "Tanpa bukti, menurut mutasi bank",
)  # fmt: skip
KINDS = (LedgerEntry.Kind.PRINCIPAL, LedgerEntry.Kind.INTEREST)
"""What applicants pay for a bill; all else has no slip."""


def of(entries: QuerySet[LedgerEntry]) -> list[dict[str, Any]]:
    """Return count and rupiah of each way (cara, banyak, jumlah), in the order of the ways."""
    sums = entries.filter(kind__in=KINDS).exclude(payment=None).order_by().values("payment")
    booked = dict(sums.annotate(sum=Sum("amount")).values_list("payment", "sum"))
    payments = Payment.objects.filter(pk__in=booked).select_related("proof", "application")
    payments = payments.defer("application__facts", "application__statements")
    found: dict[str, dict[str, Any]] = {}
    for payment in payments:
        way = of_payment(payment)
        row = found.setdefault(way, {"cara": way, "banyak": 0, "jumlah": 0})
        row["banyak"] += 1
        row["jumlah"] += booked[payment.pk]
    return [found[way] for way in (BANK, OFFICE, COUNTER, STATEMENT) if way in found]


def of_payment(payment: Payment) -> str:
    """Return by which way a payment came."""
    proof, case = payment.proof, payment.application
    if proof is None:
        return STATEMENT
    if proof.filed_by_id == case.applicant_id:
        return BANK
    return OFFICE if handing.paid_through(case) else COUNTER
