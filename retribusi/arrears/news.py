"""Who is told what of interest: the applicant how to pay it, and in whose hands it lies."""

from __future__ import annotations

from django.urls import reverse

from applications.models import Application, Event
from imbportal.indonesia import rupiah, tanggal
from retribusi import news, treasurers
from retribusi.arrears import steps
from retribusi.arrears.owed import Owed, rules_of
from retribusi.billing import grouped
from retribusi.models import Strd, StrdProof

NOT_HELD = "Penerbitan izin tidak menunggu STRD ini."


def page(case: Application) -> str:
    """Return where the applicant reads what is asked of him and files his slip."""
    return reverse("retribusi:interest", args=[case.pk])


def desk(strd: Strd) -> str:
    """Return where the office works at an STRD."""
    return reverse("admin:arrear", args=[strd.skrd_id])


def warned(owed: Owed, event: Event) -> None:
    """Tell the applicant of a late bill, with the interest so far in whole rupiah."""
    bill, case = owed.bill, owed.bill.application
    rate = f" Bunga sampai {tanggal(owed.until)}: {rupiah(owed.amount)}." if owed.amount else ""
    news.applicant(
        case, event, "Surat teguran: SKRD lewat jatuh tempo",
        detail=f"SKRD nomor {bill.number} sebesar {rupiah(bill.amount)} jatuh tempo "
        f"{tanggal(bill.due_date)} dan belum dibayar.{rate} Bunga ditagih tersendiri dengan STRD.",
        next_=f"Bayar {rupiah(bill.amount)} dengan kode bayar {grouped(bill.payment_code)}, lalu "
        "unggah buktinya. Abaikan surat ini bila Anda sudah membayar dan mengirim buktinya.",
        url=reverse("retribusi:pay", args=[case.pk]),
    )  # fmt: skip


def proposed(strd: Strd, event: Event) -> None:
    """Tell whoever signs."""
    role = steps.signing_role(strd.application)
    _office(strd, event, [role], "Konsep STRD menunggu tanda tangan",
            "Periksa konsepnya, lalu tanda tangani.")  # fmt: skip


def issued(strd: Strd, event: Event) -> None:
    """Tell the applicant what interest is asked for, and how to pay it."""
    _applicant(
        strd, event, f"STRD terbit: bunga keterlambatan {rupiah(strd.amount)}",
        f"STRD nomor {strd.number} menagih bunga {strd.count} bulan atas SKRD nomor "
        f"{strd.skrd.number}. {NOT_HELD}",
        f"Bayar dengan kode bayar {grouped(strd.payment_code)}, lalu unggah buktinya pada halaman "
        "permohonan, atau bayar kepada bendahara.",
    )  # fmt: skip


def voided(strd: Strd, event: Event) -> None:
    """Tell the applicant that an STRD is not to be paid any more, and why."""
    _void(strd, event)


def fell(strd: Strd) -> None:
    """Tell of an STRD that ended with a move, which has its own message."""
    _void(strd, f"strd:{strd.pk}:gugur")


def _void(strd: Strd, cause: Event | str) -> None:
    case, headline = strd.application, f"STRD nomor {strd.number} dibatalkan; jangan dibayar"
    news.applicant(case, cause, headline, detail=strd.void_reason, url=page(case))


def filed(proof: StrdProof, event: Event) -> None:
    """Tell the treasurers, on whom the applicant waits now."""
    roles = sorted(treasurers.roles(rules_of(proof.strd.application)))
    _office(proof.strd, event, roles, "Bukti pembayaran STRD masuk",
            "Periksa buktinya, lalu terima atau tolak.")  # fmt: skip


def refused(proof: StrdProof, event: Event) -> None:
    """Tell the applicant why his slip was not accepted, and until when he may send another."""
    strd = proof.strd
    _applicant(strd, event, "Bukti pembayaran STRD belum dapat diterima", proof.reason,
               f"Kirim bukti lain untuk STRD nomor {strd.number}.")  # fmt: skip


def settled(strd: Strd, event: Event) -> None:
    """Tell the applicant that his interest is paid."""
    news.applicant(
        strd.application, event, "Bunga keterlambatan sudah dibayar",
        detail=f"STRD nomor {strd.number} sebesar {rupiah(strd.amount)} lunas.", next_="",
        url=page(strd.application),
    )  # fmt: skip


# -- Within ---------------------------------------------------------------------------------
def _applicant(strd: Strd, event: Event, headline: str, detail: str, todo: str) -> None:
    case = strd.application
    news.applicant(
        case, event, headline, detail=detail, next_=todo,
        by_when=tanggal(strd.due_date) if strd.due_date else "", url=page(case),
    )  # fmt: skip


def _office(strd: Strd, event: Event, roles: list[str], headline: str, task: str) -> None:
    news.office(
        strd.application, event, roles, headline, task=task, url=desk(strd),
        detail=f"Bunga {rupiah(strd.amount)} atas SKRD nomor {strd.skrd.number}.",
    )  # fmt: skip
