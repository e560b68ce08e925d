"""Every check of the portal, and those of the money: bills, payments, relief, who has paid."""

from collections.abc import Iterator
from typing import Any

from django.db import models
from django.db.models import Count, Q, Sum

import applications.invariants
import documents.invariants
import notifications.invariants
from applications.models import Application, CaseFile, DocumentVersion
from applications.workflow import FINAL
from documents.models import Paper
from imbportal import invariants, stored_files
from imbportal.indonesia import rupiah
from imbportal.invariants import Check, Fault
from retribusi import reliefs
from retribusi.assessment import due, has_fee, newest
from retribusi.cash import invariants as cash
from retribusi.corrections import invariants as corrections
from retribusi.models import LedgerEntry, Payment, PaymentProof, Relief, Skrd, StrdProof
from retribusi.public.recount import recount

WAITS = frozenset({"AWAITING_PAYMENT", "PAYMENT_REVIEW"})
"""States in which one bill waits for money; in no other does one."""
PAID = frozenset({"PERMIT_SIGNING", "ISSUED", "READY", "COLLECTED"})
CASE_OF = {
    DocumentVersion: "document__application",
    PaymentProof: "skrd__application",
    StrdProof: "strd__application",
    Paper: "case",
    CaseFile: "application",
}
"""Where the case of a row with a file is found."""


def bills() -> Iterator[Fault]:
    """Find cases whose open bills are not as their state asks."""
    waiting = Count("bills", filter=Q(bills__voided_at=None, bills__settled_at=None))
    for case in Application.objects.annotate(waiting=waiting).order_by("pk").iterator(200):
        if case.waiting > 1:
            yield Fault("tagihan", case.pk, f"{case.waiting} SKRD menunggu pembayaran")
        elif (case.waiting == 1) != (case.state in WAITS):
            text = "tanpa" if case.state in WAITS else "masih ada"
            yield Fault("tagihan", case.pk, f"tahap {case.state} {text} SKRD yang menunggu")


def payments() -> Iterator[Fault]:
    """Find payments that are not what their bill asked for, and bills settled without money."""
    for payment in Payment.objects.select_related("skrd", "proof").order_by("pk").iterator(200):
        for text in _unlike(payment, payment.skrd):
            yield Fault("pembayaran", payment.application_id, f"SKRD {payment.skrd.number}: {text}")
    for bill in Skrd.objects.filter(payment=None, amount__gt=0).exclude(settled_at=None):
        yield Fault("pembayaran", bill.application_id, f"SKRD {bill.number} lunas tanpa pembayaran")


def _unlike(payment: Payment, bill: Skrd) -> Iterator[str]:
    if payment.amount != bill.amount:
        yield f"dibayar {rupiah(payment.amount)}, tagihan {rupiah(bill.amount)}"
    if payment.application_id != bill.application_id:
        yield "dibayar untuk permohonan lain"
    if bill.settled_at is None:
        yield "dibayar tetapi tidak ditandai lunas"
    if bill.voided_at is not None:
        yield "dibayar tetapi batal"
    if payment.proof and payment.proof.status != PaymentProof.Status.CONFIRMED:
        yield "bukti pembayarannya tidak diterima"


def ledger_lines() -> Iterator[Fault]:
    """Find payments that the ledger tells otherwise, and lines of principal without a payment."""
    own = Q(ledger__kind=LedgerEntry.Kind.PRINCIPAL)
    for payment in Payment.objects.annotate(booked=Sum("ledger__amount", filter=own)):
        if (payment.booked or 0) != payment.amount:
            text = f"dibayar {rupiah(payment.amount)}, dibukukan {rupiah(payment.booked or 0)}"
            yield Fault("buku", payment.application_id, text)
    for line in LedgerEntry.objects.filter(kind=LedgerEntry.Kind.PRINCIPAL, payment=None):
        yield Fault("buku", line.application_id, f"{line} tanpa pembayaran")


def paid_up() -> Iterator[Fault]:
    """Find cases on the way to their permit, or past it, whose fee is not paid."""
    for case in Application.objects.filter(state__in=PAID).order_by("pk").iterator(200):
        if has_fee(case) and newest(case) is None:
            yield Fault("pembayaran", case.pk, f"tahap {case.state} tanpa perhitungan retribusi")
        elif owed := due(case):
            yield Fault("pembayaran", case.pk, f"tahap {case.state}, kurang bayar {rupiah(owed)}")


def recalculated() -> Iterator[Fault]:
    """Find bills that do not agree with their own calculation, their paper or their rules."""
    rows = Skrd.objects.select_related("paper", "assessment", "application").order_by("pk")
    for bill in rows.iterator(200):
        for text in recount(bill).faults:
            yield Fault("hitungan", bill.application_id, f"SKRD {bill.number}: {text}")


def relief_rows() -> Iterator[Fault]:
    """Find bills by a relief that nobody granted, and requests left waiting beside a bill."""
    standing = Skrd.objects.filter(voided_at=None).select_related("application")
    for bill in standing.order_by("pk").iterator(200):
        code = bill.snapshot["input"].get("keringanan", "")
        if text := _ungranted(bill.application, code):
            yield Fault("keringanan", bill.application_id, f"SKRD {bill.number}: {text}")
    waiting = Relief.objects.filter(state__in=Relief.OPEN).select_related("application")
    for relief in waiting.order_by("pk"):
        case = relief.application
        if case.bills.filter(voided_at=None, settled_at=None).exists():
            yield Fault("keringanan", case.pk, f"{relief} sementara SKRD menunggu pembayaran")
        if case.state in FINAL:
            yield Fault("keringanan", case.pk, f"{relief} dalam permohonan yang sudah selesai")
        if not relief.holder:
            yield Fault("keringanan", case.pk, f"{relief} tidak di tangan siapa pun")


def _ungranted(case: Application, code: str) -> str:
    """Return what is wrong with the relief by which a case was billed, "" where nothing is.

    A later decision is no fault of a bill that was paid before.
    """
    if not (code or case.rules.relief):
        return ""
    granted = set(case.reliefs.filter(state=Relief.State.GRANTED).values_list("code", flat=True))
    counts = reliefs.granted(case)
    automatic = {rule.code for rule in case.rules.relief if rule.automatic}
    if code and code not in granted | automatic:
        return f"keringanan {code} tidak pernah dikabulkan"
    if counts is not None and code != counts.code and case.state in WAITS:
        return f"keringanan {counts.code} dikabulkan tetapi tidak dihitung"
    return ""


def files() -> Iterator[Fault]:
    """Find rows without their file, and files without a row."""
    for row, text in stored_files.wrong():
        yield Fault("berkas", _case_of(row), f"{row._meta.verbose_name} {row.pk}: {text}")
    for name in stored_files.orphans():
        yield Fault("berkas", None, f"berkas {name} tanpa data")


def _case_of(row: models.Model) -> Any:
    path = CASE_OF.get(type(row))
    model = type(row)._base_manager
    return model.values_list(path, flat=True).get(pk=row.pk) if path else None


CHECKS: tuple[Check, ...] = (
    *applications.invariants.CHECKS,
    bills,
    payments,
    ledger_lines,
    *cash.CHECKS,
    paid_up,
    recalculated,
    relief_rows,
    *corrections.CHECKS,
    *documents.invariants.CHECKS,
    files,
    *notifications.invariants.CHECKS,
)


def faults() -> list[Fault]:
    """Return all that is wrong in the portal.

    What only the first of two looks sees was a move under way, not a fault.
    """
    first = _look()
    again = set(_look()) if first else set()
    return [fault for fault in first if fault in again]


def _look() -> list[Fault]:
    return [fault for check in (*CHECKS, *invariants.MORE) for fault in check()]
