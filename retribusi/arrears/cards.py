"""What pages say of interest: the applicant's card, the desk's notice, the public standard."""

from __future__ import annotations

from typing import Any

from django.db.models import F, Q
from django.urls import reverse

from applications import clock
from applications.models import Application
from imbportal.daerah import calendar
from imbportal.daerah import interest as file
from imbportal.daerah.schema import Daerah
from imbportal.indonesia import persen, rupiah, tanggal
from retribusi import slips
from retribusi.arrears import paying
from retribusi.arrears.owed import Owed, if_paid, of_bill
from retribusi.models import PaymentProof, Strd


def late_bills(application: Application) -> list[Owed]:
    """Return what each late bill of a case owes, the earliest due first; paid ones too."""
    today = clock.today(application)
    late = Q(payment=None, settled_at=None, due_date__lt=today) | Q(
        payment__paid_on__gt=F("due_date")
    )
    bills = application.bills.filter(late, voided_at=None, amount__gt=0)
    found = bills.select_related("payment", "assessment").prefetch_related("strds", "proofs")
    for bill in (listed := list(found.order_by("due_date", "pk"))):
        bill.application = application
    return [of_bill(bill, today=today) for bill in listed]


def interest_card(application: Application) -> dict[str, Any] | None:
    """Return the card on the applicant's page: an STRD to pay, or interest that arises."""
    strd, url = paying.open_of(application), reverse("retribusi:interest", args=[application.pk])
    if strd is not None and strd.due_date is not None:
        filed = slips.waiting(strd) is not None
        return {
            "title": f"Bunga keterlambatan {rupiah(strd.amount)}",
            "text": f"STRD nomor {strd.number} menagih bunga {strd.count} bulan.",
            "badge": "Bukti diperiksa" if filed else "Menunggu pembayaran",
            "tone": "plain" if filed else "due",
            "due": strd.due_date,
            "left": (strd.due_date - clock.today(application)).days,
            "url": url,
            "button": "Lihat STRD" if filed else "Bayar atau unggah bukti",
        }
    late = [owed for owed in late_bills(application) if owed.left]
    if not late:
        return None
    return {
        "title": "Terlambat membayar",
        "text": f"{_sentence(late[0])} Bunga ditagih tersendiri dengan STRD.",
        "badge": "Belum ditagih",
        "tone": "plain",
        "url": url,
        "button": "Lihat hitungan bunga",
    }


def _sentence(owed: Owed) -> str:
    when = f"dibayar {tanggal(owed.until)}" if owed.paid else "belum dibayar"
    return (
        f"SKRD nomor {owed.bill.number} jatuh tempo {tanggal(owed.bill.due_date)} dan {when}: "
        f"bunga {rupiah(owed.amount)}."
    )


def interest_on_desk(application: Application, proof: PaymentProof | None) -> list[dict[str, Any]]:
    """Return what the office's page of a case says of its late bills, with their addresses.

    Where a late slip waits, the interest that arises by it, on the day that it names.
    """
    found = []
    for owed in late_bills(application):
        found.append({"text": _on_desk(owed, proof), "url": _url(owed.bill), "due": owed.left > 0})
    if proof is not None and not found and proof.paid_on > proof.skrd.due_date:
        found.append({"text": _arises(proof), "url": _url(proof.skrd), "due": True})
    return found


def _url(bill: Any) -> str:
    return reverse("admin:arrear", args=[bill.pk])


def _on_desk(owed: Owed, proof: PaymentProof | None) -> str:
    if proof is not None and proof.skrd_id == owed.bill.pk:
        return _arises(proof)
    words = [_sentence(owed)]
    if owed.open is not None and owed.open.state == Strd.State.ISSUED:
        words.append(f"STRD {owed.open.number} belum dibayar.")
    if owed.left:
        words.append(f"Bunga {rupiah(owed.left)} belum ditagih.")
    return " ".join(words)


def _arises(proof: PaymentProof) -> str:
    """Return the interest that a slip brings by the day that it names."""
    bill, day = proof.skrd, proof.paid_on
    if day <= bill.due_date:
        return f"Bukti menyebut {tanggal(day)}, tepat waktu: tidak ada bunga."
    found = if_paid(bill, day)
    late = (day - bill.due_date).days
    if found is None:
        return f"Terlambat {late} hari. Tidak ada aturan bunga untuk jatuh tempo ini."
    return (
        f"Terlambat {late} hari: bunga {rupiah(found.amount)} ({found.arithmetic}). Pokok dapat "
        "diterima; bunga sesudahnya muncul di Penagihan sebagai bunga belum ditagih."
    )


def published(rules: Daerah) -> dict[str, Any]:
    """Return what a late payment costs today, for the public standard of a daerah."""
    if not any(track.fee for track in rules.track.values() if not track.refuse):
        return {"rule": None}
    return {"rule": _told(file.on(rules, calendar.today(rules.slug)))}


def _told(rule: file.Interest | None) -> dict[str, Any] | None:
    if rule is None:
        return None
    text = (
        f"Terlambat membayar dikenai bunga {persen(rule.percent)} sebulan dari pokok; bagian dari "
        f"bulan dihitung satu bulan, paling lama {rule.max_months} bulan. Bunga ditagih tersendiri "
        "dengan STRD dan tidak menahan izin."
    )
    return {"text": text, "cite": rule.cite, "contoh": rule.contoh, "note": rule.note}
