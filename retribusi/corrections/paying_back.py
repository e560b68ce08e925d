"""What is done with a refund: the account filed, approved by one person, paid out by another."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from applications import casework, clock
from applications.models import Application
from applications.refusals import Barred, Conflict, Unmet
from applications.sealing import Sealing
from applications.services import check_version
from documents import holds
from documents import services as documents
from imbportal import uploads
from imbportal.daerah.corrections import SKRDLB
from imbportal.indonesia import rupiah, tanggal
from retribusi import acts, ledger, news
from retribusi.billing import live_bill
from retribusi.corrections import refunds
from retribusi.models import LedgerEntry, Refund

State = Refund.State
MARK = "pengembalian:"
"""Begins the slots of pay-out slips, as no code of a requirement can."""
TWO = (
    "Yang menyetujui tidak boleh membayarkan. Pengembalian ini dibayarkan oleh petugas lain yang "
    "memegang uang daerah."
)
WHY = "Tulis alasannya; pemohon membacanya."


def _in(refund: Refund, *states: str) -> None:
    if refund.state not in states:
        raise Conflict(
            f"Pengembalian ini sekarang: {refund.get_state_display().lower()}. Muat ulang halaman."
        )


@transaction.atomic
def file_account(
    refund: Refund, *, bank: str, account: str, holder: str, by: Any, version: int | None = None
) -> Refund:
    """Take the account to which the money goes, from the applicant or the counter for him."""
    case, refund = acts.held(refund, by)
    capacity = acts.as_applicant(case, by, "Hanya pemohon yang dapat mengisi rekeningnya.")
    check_version(case, version, by, "file_refund")
    _in(refund, State.OPEN)
    now, role = timezone.now(), refunds.approver(case)
    refund.file()
    refund.bank, refund.account, refund.account_holder = bank, account, holder
    refund.filed_by, refund.filed_at, refund.reason = by, now, ""
    refund.holder, refund.since = role, now
    refund.save()
    event = acts.write(case, "file_refund", by, capacity, "", now)
    who = acts.title_of(case, role)
    news.applicant(
        case, event, "Rekening pengembalian diterima", detail=f"Sekarang di tangan {who}.",
        wish=case.rules.refund.notify.get("pemohon"),
    )  # fmt: skip
    _office(refund, event, [role], "Pengembalian menunggu persetujuan", "Setujui atau kembalikan.")
    return refund


@transaction.atomic
def approve(
    refund: Refund, *, by: Any, version: int | None = None, sealing: Sealing | None = None
) -> Refund:
    """Approve it: who does so never pays it out. An SKRDLB that he seals comes with him through
    ``signing.sign_beside`` (``sealing``)."""
    case, refund = acts.held(refund, by)
    role = refunds.approver(case)
    capacity = acts.in_office(case, by, [role])
    check_version(case, version, by, "approve_refund")
    _in(refund, State.FILED)
    now = acts.moment(sealing)
    refund.approve()
    refund.approved_by, refund.approved_at, refund.capacity = by, now, capacity
    refund.holder, refund.since = refunds.payers(case)[0], now
    refund.save()
    printed = _signed(refund, by, role, capacity, now, sealing)
    event = acts.write(case, "approve_refund", by, capacity, "", now, **printed)
    _applicant(refund, event, "Pengembalian disetujui", "Kami memberi tahu bila sudah dibayarkan.")
    _office(refund, event, refunds.payers(case), "Pengembalian disetujui", "Bayarkan dan catat.")
    return refund


def _signed(
    refund: Refund, by: Any, role: str, capacity: str, at: datetime.datetime,
    seals: Sealing | None,
) -> dict[str, Any]:  # fmt: skip
    """Issue the SKRDLB signed by who approves, where the file wants it so and none stands."""
    kind = refund.application.rules.paper.get(SKRDLB)
    if refund.paper is not None or kind is None or kind.signed_by is None:
        return {}

    def sign(paper: Any) -> None:
        documents.sign(paper, user=by, act="ttd", role=role, capacity=capacity, at=at)

    return {"papers": [refunds.letter(refund, at, sign, seals)]}


@transaction.atomic
def give_back(refund: Refund, reason: str, *, by: Any, version: int | None = None) -> Refund:
    """Ask the applicant for another account: before approval its approver, after it the payer."""
    case, refund = acts.held(refund, by)
    approved = refund.state == State.APPROVED
    capacity = acts.in_office(
        case, by, refunds.payers(case) if approved else [refunds.approver(case)]
    )
    check_version(case, version, by, "return_refund")
    _in(refund, State.FILED, State.APPROVED)
    _needs(reason)
    now = timezone.now()
    refund.give_back()
    refund.reason, refund.holder, refund.since = reason.strip(), "", now
    refund.approved_by = refund.approved_at = None
    refund.capacity = ""
    refund.save()
    event = acts.write(case, "return_refund", by, capacity, refund.reason, now)
    _applicant(refund, event, "Rekening pengembalian perlu diperbaiki",
               "Isi lagi bank dan nomor rekening pada halaman permohonan.")  # fmt: skip
    return refund


@transaction.atomic
def refuse(refund: Refund, reason: str, *, by: Any, version: int | None = None) -> Refund:
    """Refuse it with a reason: nothing goes back."""
    case, refund = acts.held(refund, by)
    capacity = acts.in_office(case, by, [refunds.approver(case)])
    check_version(case, version, by, "refuse_refund")
    _in(refund, State.OPEN, State.FILED)
    _needs(reason)
    now = timezone.now()
    refund.refuse()
    refund.reason = reason.strip()
    acts.over(refund, now)
    holds.end(case.pk, SKRDLB)
    if refund.paper is not None:
        documents.void(refund.paper, reason=refund.reason, at=now)
    event = acts.write(case, "refuse_refund", by, capacity, refund.reason, now)
    _applicant(refund, event, "Pengembalian tidak disetujui",
               f"Tanyakan kepada {case.rules.office.name} bila ada yang belum jelas.")  # fmt: skip
    return refund


def pay_out(
    refund: Refund, *, paid_on: datetime.date, reference: str, slip: Any = None, by: Any,
    version: int | None = None,
) -> Refund:  # fmt: skip
    """Record the money that went out, and book it; not by who approved it.

    Raises UploadRefused for the slip, which is parsed before the case is locked.
    """
    acts.in_office(refund.application, by, refunds.payers(refund.application))
    accepted = uploads.accept(slip, owner=by) if slip else None
    with transaction.atomic():
        case, refund = acts.held(refund, by)
        capacity = acts.in_office(case, by, refunds.payers(case))
        check_version(case, version, by, "pay_refund")
        _in(refund, State.APPROVED)
        if acts.one_person(refund.approved_by, by):
            raise Barred(TWO)
        _covered(case, refund, paid_on)
        _pay(case, refund, paid_on, reference.strip(), accepted, by, capacity)
        return refund


def _covered(case: Application, refund: Refund, paid_on: datetime.date) -> None:
    """Raise Unmet where more would go back than came in, or on a day that cannot be."""
    wrong = []
    if refunds.taken(case, refund.cause) > (can := refunds.received(case, refund.cause)):
        wrong.append(f"Yang masuk hanya {rupiah(can)}; pengembalian melebihinya.")
    if paid_on > clock.today(case):
        wrong.append("Tanggal bayar belum tiba.")
    if refund.approved_at and paid_on < clock.local_date(case, refund.approved_at):
        wrong.append("Tanggal bayar mendahului tanggal persetujuan.")
    if wrong:
        raise Unmet(wrong)


def _pay(
    case: Application, refund: Refund, paid_on: datetime.date, reference: str, accepted: Any,
    by: Any, capacity: str,
) -> None:  # fmt: skip
    now, booked = timezone.now(), refunds.lines(refund)
    refund.pay()
    refund.paid_by, refund.paid_on, refund.paid_at = by, paid_on, now
    refund.reference = reference
    if accepted is not None:
        refund.slip = casework.keep(case, f"{MARK}{refund.pk}", accepted, by)
    acts.over(refund, now)
    apart = refund.cause in Refund.APART
    ledger.book(
        case, kind=LedgerEntry.Kind.REFUND, lines=booked, paid_on=paid_on, by=by, at=now,
        bill=None if apart else live_bill(case) or case.bills.order_by("-pk").first(),
        note=f"Pengembalian {refund.pk}, referensi {reference}",
    )  # fmt: skip
    event = acts.write(case, "pay_refund", by, capacity, "", now, amount=refund.amount)
    detail = f"{rupiah(refund.amount)} dibayarkan {tanggal(paid_on)} ke {refund.bank}, rekening "
    news.applicant(
        case, event, "Pengembalian sudah dibayarkan",
        detail=f"{detail}{refund.account_masked}. Nomor referensi {reference}.",
        next_="Periksa rekening Anda. Hubungi kantor bila belum masuk dalam beberapa hari.",
        wish=case.rules.refund.notify.get("pemohon") or news.TOLD,
    )  # fmt: skip


def _needs(reason: str) -> None:
    if not reason.strip():
        raise Unmet([WHY])


def _applicant(refund: Refund, event: Any, headline: str, next_: str) -> None:
    case = refund.application
    lines = [f"{rupiah(refund.amount)}.", refund.reason]
    news.applicant(
        case, event, headline, detail="\n".join(filter(None, lines)), next_=next_,
        wish=case.rules.refund.notify.get("pemohon") or news.TOLD,
    )  # fmt: skip


def _office(refund: Refund, event: Any, roles: Any, headline: str, task: str) -> None:
    case = refund.application
    news.office(
        case, event, roles, headline, task=task, url=refunds.page(refund),
        detail=f"{refund.get_cause_display()}: {rupiah(refund.amount)}.",
        wish=case.rules.refund.notify.get("kantor"),
    )  # fmt: skip


BY_HAND = (Refund.Cause.SURPLUS, Refund.Cause.OBJECTION)
"""Causes of records that a person opened, and may call off again."""


@transaction.atomic
def call_off(refund: Refund, reason: str, *, by: Any, version: int | None = None) -> Refund:
    """Cancel a record that was opened by mistake; what the portal opened, a new move closes."""
    case, refund = acts.held(refund, by)
    capacity = acts.in_office(case, by, [*refunds.payers(case), case.rules.head])
    check_version(case, version, by, "cancel_refund")
    _in(refund, *Refund.WAITING)
    if refund.cause not in BY_HAND:
        raise Conflict("Pengembalian ini dibuka oleh portal dan mengikuti perhitungan retribusi.")
    _needs(reason)
    refunds.cancel(refund, reason.strip(), by=by, capacity=capacity, at=timezone.now())
    return refund
