"""What must always hold of objections and refunds."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Sum

from applications.models import Application
from applications.workflow import FINAL
from imbportal.indonesia import rupiah
from imbportal.invariants import Check, Fault
from retribusi.corrections import refunds
from retribusi.models import LedgerEntry, Objection, Refund

NAME = "pengembalian"
REFUNDS = LedgerEntry.Kind.REFUND


def went_out() -> Iterator[Fault]:
    """Find cases of which the ledger tells other refunds than were paid out."""
    paid = _sums(Refund.objects.filter(state=Refund.State.PAID))
    booked = _sums(LedgerEntry.objects.filter(kind=REFUNDS).exclude(application=None))
    for case in paid.keys() | booked.keys():
        if paid.get(case, 0) != -booked.get(case, 0):
            text = f"dibayarkan {rupiah(paid.get(case, 0))}, dibukukan "
            yield Fault(NAME, case, f"{text}{rupiah(-booked.get(case, 0))}")


def _sums(rows):
    found = rows.order_by().values("application").annotate(sum=Sum("amount"))
    return dict(found.values_list("application", "sum"))


def within() -> Iterator[Fault]:
    """Find cases from which more goes back than came in, and pay-outs by one person alone."""
    cases = Application.objects.filter(refunds__state__in=Refund.COUNTED).distinct()
    for case in cases.order_by("pk"):
        for cause in (*Refund.APART, Refund.Cause.RECALCULATED):
            taken, came = refunds.taken(case, cause), refunds.received(case, cause)
            if taken > came:
                text = f"dikembalikan {rupiah(taken)}, masuk {rupiah(came)}"
                yield Fault(NAME, case.pk, text)
    for refund in Refund.objects.filter(state=Refund.State.PAID).order_by("pk"):
        if refund.approved_by_id in (None, refund.paid_by_id):
            yield Fault(NAME, refund.application_id, f"{refund} tanpa persetujuan orang lain")


def rejected() -> Iterator[Fault]:
    """Find cases that were rejected after they had paid, and get nothing back."""
    paid = Application.objects.filter(state="REJECTED", payments__isnull=False).distinct()
    for case in paid.order_by("pk"):
        if not case.refunds.exclude(state=Refund.State.CANCELLED).exists():
            yield Fault(NAME, case.pk, "ditolak sesudah dibayar, tanpa pengembalian")


def hands() -> Iterator[Fault]:
    """Find what waits in nobody's hands, and objections that outlived their case or bill."""
    for refund in Refund.objects.filter(state__in=("diajukan", "disetujui"), holder=""):
        yield Fault(NAME, refund.application_id, f"{refund} tidak di tangan siapa pun")
    waiting = Objection.objects.filter(state__in=Objection.OPEN).select_related("bill")
    for objection in waiting.select_related("application").order_by("pk"):
        case = objection.application
        if not objection.holder:
            yield Fault("keberatan", case.pk, f"{objection} tidak di tangan siapa pun")
        if objection.bill.voided_at is not None:
            yield Fault("keberatan", case.pk, f"{objection} atas SKRD yang batal")
        if case.state in FINAL and case.state != "COLLECTED":
            yield Fault("keberatan", case.pk, f"{objection} dalam permohonan yang sudah selesai")


CHECKS: tuple[Check, ...] = (went_out, within, rejected, hands)
