"""Who is told what of interest: the applicant how to pay it, and in whose hands it lies."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from accounts import contacts, postings
from applications import rules
from applications.effects import ENDED, WAIT
from applications.models import Application, Event
from imbportal.indonesia import rupiah, tanggal
from notifications import outbox
from retribusi import treasurers
from retribusi.arrears import steps
from retribusi.arrears.owed import Owed, rules_of
from retribusi.billing import grouped
from retribusi.models import Strd, StrdProof

TOLD = "email/sms"
NOT_HELD = "Penerbitan izin tidak menunggu STRD ini."


def page(case: Application) -> str:
    """Return where the applicant reads what is asked of him and files his slip."""
    return reverse("retribusi:interest", args=[case.pk])


def desk(strd: Strd) -> str:
    return reverse("admin:arrear", args=[strd.skrd_id])


def warned(owed: Owed, event: Event) -> None:
    bill, case = owed.bill, owed.bill.application
    rate = f" Bunga sampai {tanggal(owed.until)}: {rupiah(owed.amount)}." if owed.amount else ""
    _applicant(
        case, f"event:{event.pk}", "Surat teguran: SKRD lewat jatuh tempo",
        f"SKRD nomor {bill.number} sebesar {rupiah(bill.amount)} jatuh tempo "
        f"{tanggal(bill.due_date)} dan belum dibayar.{rate} Bunga ditagih tersendiri dengan STRD.",
        f"Bayar {rupiah(bill.amount)} dengan kode bayar {grouped(bill.payment_code)}, lalu unggah "
        "buktinya. Abaikan surat ini bila Anda sudah membayar dan mengirim buktinya.",
        url=reverse("retribusi:pay", args=[case.pk]),
    )  # fmt: skip


def proposed(strd: Strd, event: Event) -> None:
    """Tell whoever signs."""
    role = steps.signing_role(strd.application)
    _office(strd, f"event:{event.pk}", [role], "Konsep STRD menunggu tanda tangan",
            "Periksa konsepnya, lalu tanda tangani.")  # fmt: skip


def issued(strd: Strd, event: Event) -> None:
    case = strd.application
    _applicant(
        case, f"event:{event.pk}", f"STRD terbit: bunga keterlambatan {rupiah(strd.amount)}",
        f"STRD nomor {strd.number} menagih bunga {strd.count} bulan atas SKRD nomor "
        f"{strd.skrd.number}. {NOT_HELD}",
        f"Bayar dengan kode bayar {grouped(strd.payment_code)}, lalu unggah buktinya pada halaman "
        "permohonan, atau bayar kepada bendahara.",
        by_when=tanggal(strd.due_date) if strd.due_date else "", url=page(case),
    )  # fmt: skip


def voided(strd: Strd, event: Event) -> None:
    _void(strd, f"event:{event.pk}")


def fell(strd: Strd) -> None:
    """Tell of an STRD that ended with a move, which has its own message."""
    _void(strd, f"strd:{strd.pk}:gugur")


def _void(strd: Strd, key: str) -> None:
    _applicant(strd.application, key, f"STRD nomor {strd.number} dibatalkan; jangan dibayar",
               strd.void_reason, WAIT, url=page(strd.application))  # fmt: skip


def filed(proof: StrdProof, event: Event) -> None:
    """Tell the treasurers, on whom the applicant waits now."""
    roles = sorted(treasurers.roles(rules_of(proof.strd.application)))
    _office(proof.strd, f"event:{event.pk}", roles, "Bukti pembayaran STRD masuk",
            "Periksa buktinya, lalu terima atau tolak.")  # fmt: skip


def refused(proof: StrdProof, event: Event) -> None:
    strd = proof.strd
    _applicant(
        strd.application, f"event:{event.pk}", "Bukti pembayaran STRD belum dapat diterima",
        proof.reason, f"Kirim bukti lain untuk STRD nomor {strd.number}.",
        by_when=tanggal(strd.due_date) if strd.due_date else "", url=page(strd.application),
    )  # fmt: skip


def settled(strd: Strd, event: Event) -> None:
    _applicant(strd.application, f"event:{event.pk}", "Bunga keterlambatan sudah dibayar",
               f"STRD nomor {strd.number} sebesar {rupiah(strd.amount)} lunas.", "",
               url=page(strd.application))  # fmt: skip


# -- Within ---------------------------------------------------------------------------------
def _about(case: Application, headline: str) -> dict[str, Any]:
    return {
        "permit": case.rules.service.permit,
        "number": case.number,
        "place": case.address,
        "headline": headline,
        "office": case.rules.office.name,
    }


def _applicant(
    case: Application, key: str, headline: str, detail: str, todo: str, *,
    by_when: str = "", url: str,
) -> None:  # fmt: skip
    user, acts = case.applicant, rules.acts(case)
    news = {"detail": detail, "next": todo, "by_when": by_when} if acts else dict(ENDED)
    outbox.send(
        template="langkah",
        key=f"{key}:pemohon",
        user=user,
        channels=contacts.channels(user, TOLD),
        context=_about(case, headline if acts else "Ada kabar baru") | news,
        daerah=case.daerah,
        case=case.pk,
        url=url if acts else case.get_absolute_url(),
    )


def _office(strd: Strd, key: str, roles: list[str], headline: str, task: str) -> None:
    case = strd.application
    detail = f"Bunga {rupiah(strd.amount)} atas SKRD nomor {strd.skrd.number}."
    people = {
        officer.pk: officer
        for role in roles
        for officer in postings.holders(case.daerah, role, kecamatan=case.kecamatan)
    }
    outbox.send_each(
        [(f"{key}:kantor:{pk}", officer, []) for pk, officer in people.items()],
        template="kantor",
        context=_about(case, headline) | {"detail": detail, "task": task, "by_when": ""},
        daerah=case.daerah,
        case=case.pk,
        url=desk(strd),
    )
