"""Who is told of a line of the bank: the applicant of money that came, the head of trouble."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from applications.models import Application
from imbportal.indonesia import rupiah
from retribusi import news
from retribusi.models import LineOutcome
from retribusi.statements.kinds import Kind
from retribusi.statements.rows import money

WAIT = "Tunggu kabar dari kami; tidak ada yang perlu Anda kirim."


def applicant(outcome: LineOutcome, case: Application, amount: int) -> None:
    """Tell the applicant that money came, what became of it, and what he should do."""
    headline, detail, then = _words(outcome, amount)
    news.applicant(case, f"rekening:{outcome.pk}", headline, detail=detail, next_=then)


def _words(outcome: LineOutcome, amount: int) -> tuple[str, str, str]:
    line, bill = outcome.line, outcome.line.strd or outcome.line.bill
    name = f"{'STRD' if line.strd else 'SKRD'} {bill.number}"
    came = f"Uang {money(line.sen)} untuk {name} sudah masuk ke rekening daerah."
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
    why = reasons.get(Kind(line.kind), "dibayarkan untuk tagihan yang sudah dibatalkan")
    detail = f"Uang {rupiah(amount)} untuk {name} {why}; kami simpan sebagai titipan."
    return "Ada kelebihan pembayaran", detail, WAIT


def head(outcome: LineOutcome) -> None:
    """Tell the head of the office what was found, by whom it was written down, and why."""
    line = outcome.line
    bill = line.bill or line.strd
    news.head(
        line.daerah, f"rekening:{outcome.pk}:kepala", "rekening_koran", line.get_kind_display(),
        number=bill.number if bill else "",
        detail=f"{line.why}\nCatatan {outcome.by}: {outcome.reason}",
        case=bill.application_id if bill else None,
        url=line_url(line),
    )  # fmt: skip


def line_url(line: Any) -> str:
    """Return where the office works at a line."""
    return reverse("admin:statement_line", args=[line.statement_id, line.row])
