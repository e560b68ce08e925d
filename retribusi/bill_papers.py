"""What follows a bill on paper: the receipt of its payment (SSRD), the letter that voids it."""

from __future__ import annotations

import datetime
from typing import Any

from applications import clock
from applications.models import Application
from applications.paper_parts import base
from documents.content import PaperContent, Section, Table
from imbportal.indonesia import rupiah, tanggal, terbilang
from retribusi.billing import grouped, last_voided
from retribusi.models import Payment, Skrd

SSRD, VOIDING = "ssrd", "pembatalan_skrd"
KEEP = "Simpan lembar ini sebagai bukti bahwa retribusi sudah dibayar dan dibukukan."
INSTEAD = (
    "Jangan membayar dengan kode bayar SKRD ini. Bila ada yang harus dibayar, SKRD pengganti "
    "dengan nomor dan kode bayar baru disampaikan kepada Saudara."
)
BACK = (
    "Bila kode bayar itu terlanjur dibayar, sampaikan buktinya kepada kantor ini: uangnya "
    "dikembalikan atau diperhitungkan."
)


def receipt(application: Application, note: str, at: datetime.datetime) -> PaperContent:
    """Return the SSRD over the newest payment of a case: of which bill, when, where, for what."""
    payment = Payment.objects.filter(application=application).order_by("-pk").first()
    if payment is None:
        raise LookupError("no payment to print")
    bill = payment.skrd
    return base(
        application,
        SSRD,
        sections=(
            Section(paragraphs=(f"Telah diterima pembayaran atas {_named(bill)}:",)),
            Section(table=Table(head=("", ""), rows=_paid(application, payment), align="ll")),
            Section(title="Dibukukan pada", table=_accounts(payment)),
            Section(paragraphs=(f"Dengan huruf: {terbilang(payment.amount)} rupiah.",)),
        ),
        closing=(KEEP,),
        sample=bill.paper.sample,
        extra={"amount": payment.amount, "terbilang": f"{terbilang(payment.amount)} rupiah"},
    )


def _paid(application: Application, payment: Payment) -> tuple[tuple[str, str], ...]:
    """Return when, where and by what the money came, and who found it right."""
    proof = payment.proof
    rows = (
        ("Kode bayar", grouped(payment.skrd.payment_code)),
        ("Tanggal bayar", tanggal(payment.paid_on)),
        ("Tempat bayar", proof.bank if proof else ""),
        ("Nomor referensi (NTB/NTPD)", proof.reference if proof else ""),
        ("Diperiksa oleh", str(payment.confirmed_by)),
        ("Diperiksa pada", tanggal(clock.local_date(application, payment.confirmed_at))),
    )
    return tuple((label, value) for label, value in rows if value)


def _accounts(payment: Payment) -> Table:
    """Return what was booked of the payment, account by account."""
    rows = tuple(
        (entry.code or "belum ditetapkan", entry.line, rupiah(entry.amount))
        for entry in payment.ledger.filter(kind="pokok").order_by("pk")
        if entry.amount
    )
    return Table(
        head=("Kode rekening", "Uraian", "Jumlah"),
        rows=rows,
        align="llr",
        foot=("", "Jumlah", rupiah(payment.amount)),
    )


def voiding(application: Application, note: str, at: datetime.datetime) -> PaperContent:
    """Return the letter that tells that a bill is void: which, since when, why, what now."""
    bill = last_voided(application)
    if bill is None:
        raise LookupError("no voided bill to print")
    rules = application.rules
    who = rules.role[rules.head].title
    day = tanggal(clock.local_date(application, bill.voided_at or at))
    said = f"{who} membatalkan {_named(bill)} sejak {day}."
    code = f"Kode bayar {grouped(bill.payment_code)} tidak berlaku lagi."
    return base(
        application,
        VOIDING,
        sections=(
            Section(label="Keputusan", paragraphs=(said, code)),
            Section(label="Alasan", paragraphs=(bill.void_reason or note,)),
            Section(label="Yang perlu Saudara lakukan", paragraphs=(INSTEAD, BACK)),
        ),
    )


def _named(bill: Skrd) -> str:
    issued = tanggal(clock.local_date(bill.application, bill.issued_at))
    return f"SKRD nomor {bill.number} tanggal {issued} sebesar {rupiah(bill.amount)}"


LETTERS: dict[str, Any] = {SSRD: receipt, VOIDING: voiding}


def bill_letter(
    kind: str, application: Application, note: str, at: datetime.datetime
) -> PaperContent:
    """Return one of the papers that ``applications.papers`` asks for by its kind."""
    letter: PaperContent = LETTERS[kind](application, note, at)
    return letter
