"""Who is told of a line of the bank: the applicant of money that came, the head of trouble."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from accounts import contacts, postings
from applications import rules
from applications.effects import ENDED
from applications.models import Application
from imbportal.daerah import registry
from imbportal.indonesia import rupiah
from notifications import outbox
from retribusi.models import LineOutcome
from retribusi.statements.kinds import Kind
from retribusi.statements.rows import money

WISH = "email/sms"
WAIT = "Tunggu kabar dari kami; tidak ada yang perlu Anda kirim."


def applicant(outcome: LineOutcome, case: Application, amount: int) -> None:
    """Tell the applicant that money came, what became of it, and what he should do."""
    headline, detail, then = _words(outcome, amount)
    acts = rules.acts(case)
    outbox.send(
        template="langkah",
        key=f"rekening:{outcome.pk}:pemohon",
        user=case.applicant,
        channels=contacts.channels(case.applicant, WISH),
        context={
            "permit": case.rules.service.permit,
            "number": case.number,
            "place": case.address,
            "office": case.rules.office.name,
            "by_when": "",
        }
        | ({"headline": headline, "detail": detail, "next": then} if acts else
           {"headline": "Ada kabar baru", **ENDED}),
        daerah=case.daerah,
        case=case.pk,
        url=case.get_absolute_url(),
    )  # fmt: skip


def _words(outcome: LineOutcome, amount: int) -> tuple[str, str, str]:
    line, bill = outcome.line, outcome.line.bill
    came = f"Uang {money(line.sen)} untuk SKRD {bill.number} sudah masuk ke rekening daerah."
    if line.kind in (Kind.UNPROVEN, Kind.IN_REVIEW):
        return (
            "Uang Anda sudah kami terima", came,
            "Unggah bukti pembayarannya pada halaman permohonan, supaya dapat kami konfirmasi.",
        )  # fmt: skip
    if line.kind == Kind.SHORT:
        lacks = max(0, bill.amount - amount)
        return (
            "Pembayaran Anda masih kurang",
            f"{came} Tagihannya {rupiah(bill.amount)}, jadi masih kurang {rupiah(lacks)}. Uang "
            "yang sudah masuk kami simpan sebagai titipan.",
            "Bayar kekurangannya dengan kode bayar yang sama, lalu kabari kantor kami.",
        )
    if line.kind == Kind.OVER and outcome.payment_id is None:
        return (
            "Uang yang masuk lebih dari tagihan",
            f"{came} Tagihannya {rupiah(bill.amount)}. Uangnya kami simpan sebagai titipan.",
            "Unggah bukti pembayarannya pada halaman permohonan, supaya kelebihannya dapat "
            "dihitung.",
        )
    reasons = {Kind.OVER: "lebih dari tagihan", Kind.DOUBLE: "dibayar dua kali"}
    why = reasons.get(Kind(line.kind), "dibayarkan untuk SKRD yang sudah dibatalkan")
    detail = f"Uang {rupiah(amount)} untuk SKRD {bill.number} {why}; kami simpan sebagai titipan."
    return "Ada kelebihan pembayaran", detail, WAIT


def head(outcome: LineOutcome) -> None:
    """Tell the head of the office what was found, by whom it was written down, and why."""
    line = outcome.line
    known = registry.current(line.daerah)
    outbox.send_each(
        [
            (f"rekening:{outcome.pk}:kepala:{user.pk}", user, contacts.channels(user, "email"))
            for user in postings.holders(line.daerah, known.head)
        ],
        template="rekening_koran",
        context={
            "headline": line.get_kind_display(),
            "office": known.office.name,
            "number": line.bill.number if line.bill else "",
            "detail": f"{line.why}\nCatatan {outcome.by}: {outcome.reason}",
        },
        daerah=line.daerah,
        case=line.bill.application_id if line.bill else None,
        url=line_url(line),
    )


def line_url(line: Any) -> str:
    return reverse("admin:statement_line", args=[line.statement_id, line.row])
