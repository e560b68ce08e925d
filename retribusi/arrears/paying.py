"""Payment of an STRD: the applicant files a slip, or pays the treasurer; who confirms books it."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from applications import clock, counter, rules
from applications.models import Application
from applications.refusals import Barred, Conflict, Unmet
from applications.services import check_version
from imbportal import uploads
from imbportal.indonesia import rupiah, tanggal
from retribusi import ledger
from retribusi.arrears import news, slips
from retribusi.arrears.owed import Owed
from retribusi.arrears.steps import held, open_strd, treasurer, write_event
from retribusi.models import LedgerEntry, Refund, Skrd, Strd, StrdProof
from retribusi.payments import REPLACED

State, Status = Strd.State, StrdProof.Status
LINE = "Bunga keterlambatan retribusi"
SURPLUS = "Titipan dari pembayaran STRD"


def open_of(application: Application) -> Strd | None:
    """Return the STRD of a case that waits for money; the one due first where several do."""
    waiting = application.strds.filter(state=State.ISSUED).select_related("skrd__assessment")
    return waiting.order_by("due_date", "pk").first()


def waiting_proof(strd: Strd) -> StrdProof | None:
    """Return the slip that the treasurer has to judge, or None."""
    return strd.proofs.filter(status=Status.FILED).order_by("-filed_at").first()


# -- The applicant --------------------------------------------------------------------------
def file_proof(
    application: Application, strd: Strd, *, file: Any, amount: int, paid_on: datetime.date,
    bank: str, reference: str, by: Any,
) -> StrdProof:  # fmt: skip
    """Take a slip for an STRD; an earlier one that was not judged yet gives way.

    Raises UploadRefused for the file, else a Refusal. The file is parsed before the case is locked.
    """
    _may_file(application, by)
    accepted = uploads.accept(file, owner=by)
    with transaction.atomic():
        case, owed = held(strd.skrd, by)
        _may_file(case, by)
        strd = open_strd(owed, strd.pk, State.ISSUED)
        strd.proofs.filter(status=Status.FILED).update(status=Status.REFUSED, reason=REPLACED)
        proof = StrdProof(
            strd=strd, file_sha256=accepted.sha256, scan=accepted.scan, amount=amount,
            paid_on=paid_on, bank=bank, reference=reference.strip(), filed_by=by,
        )  # fmt: skip
        proof.file.save(accepted.content.name, accepted.content, save=False)
        proof.save()
        capacity = "Pemohon" if rules.is_applicant(case, by) else counter.CAPACITY
        event = write_event(
            owed.bill, "file_strd_proof", by, capacity, "", timezone.now(), strd=strd.number
        )
        news.filed(proof, event)
        return proof


def _may_file(case: Application, by: Any) -> None:
    if not rules.acts_for_applicant(case, by):
        raise Barred("Hanya pemohon yang dapat mengirim bukti pembayaran STRD.")


# -- The treasurer --------------------------------------------------------------------------
def inexact(strd: Strd, proof: StrdProof) -> list[str]:
    """Return why a slip may not be confirmed; what it says too much is no reason."""
    wrong = _days(strd, proof.paid_on)
    if proof.amount < strd.amount:
        wrong.append(
            f"Jumlah pada bukti {rupiah(proof.amount)}, tagihan {rupiah(strd.amount)}; harus sama."
        )
    if proof.scan == StrdProof.Scan.WAITING:
        wrong.append("Bukti masih dipindai terhadap virus; coba beberapa menit lagi.")
    elif proof.scan == StrdProof.Scan.INFECTED:
        wrong.append("Bukti mengandung virus dan ditahan. Tolak, dan minta bukti lain.")
    return wrong


def _days(strd: Strd, paid_on: datetime.date) -> list[str]:
    case = strd.application
    if strd.issued_at and paid_on < clock.local_date(case, strd.issued_at):
        return ["Tanggal bayar mendahului tanggal STRD."]
    if paid_on > clock.today(case):
        return ["Tanggal bayar belum tiba."]
    return []


@transaction.atomic
def confirm(
    bill: Skrd, pk: Any, proof_pk: Any, *, by: Any, version: int | None = None, note: str = ""
) -> Strd:
    """Confirm the slip that waits: the STRD is paid, its interest is booked.

    Where the slip was filed for other bills too, the ``note`` names each of them.
    """
    owed, capacity, strd = _to_judge(bill, pk, "pay_strd", by, version)
    proof = _meant(strd, proof_pk)
    if wrong := inexact(strd, proof) or slips.unseen(proof, note):
        raise Unmet(wrong)
    now = timezone.now()
    _judge(proof, Status.CONFIRMED, by, now)
    return _settle(
        owed, strd, by, capacity, now, paid_on=proof.paid_on, place=proof.bank,
        reference=proof.reference, note=slips.tick(proof), came=proof.amount,
    )  # fmt: skip


@transaction.atomic
def refuse(
    bill: Skrd, pk: Any, proof_pk: Any, reason: str, *, by: Any, version: int | None = None
) -> Strd:
    """Send the slip that waits back with the reason that the applicant reads."""
    owed, capacity, strd = _to_judge(bill, pk, "refuse_strd_proof", by, version)
    proof = _meant(strd, proof_pk)
    if not reason.strip():
        raise Unmet(["Tulis alasannya; pemohon membacanya."])
    now = timezone.now()
    _judge(proof, Status.REFUSED, by, now, reason.strip())
    event = write_event(
        owed.bill, "refuse_strd_proof", by, capacity, reason.strip(), now, strd=strd.number
    )
    news.refused(proof, event)
    return strd


@transaction.atomic
def take(
    bill: Skrd, pk: Any, *, paid_on: datetime.date, place: str, reference: str, by: Any,
    version: int | None = None,
) -> Strd:  # fmt: skip
    """Book the whole interest as paid at the office; a slip that waits is judged first."""
    owed, capacity, strd = _to_judge(bill, pk, "pay_strd", by, version)
    if waiting_proof(strd) is not None:
        raise Conflict("Ada bukti pembayaran yang menunggu pemeriksaan. Putuskan dulu bukti itu.")
    if wrong := _days(strd, paid_on):
        raise Unmet(wrong)
    return _settle(
        owed, strd, by, capacity, timezone.now(), paid_on=paid_on, place=place, reference=reference
    )


def _to_judge(
    bill: Skrd, pk: Any, act: str, by: Any, version: int | None
) -> tuple[Owed, str, Strd]:
    case, owed = held(bill, by)
    capacity = treasurer(case, by)
    check_version(case, version, by, act)
    return owed, capacity, open_strd(owed, pk, State.ISSUED)


def _meant(strd: Strd, pk: Any) -> StrdProof:
    """Return the slip that waits, where it is the one that the page showed."""
    proof = waiting_proof(strd)
    if proof is None or str(proof.pk) != str(pk):
        raise Conflict("Bukti ini sudah diperiksa atau diganti. Muat ulang halaman.")
    proof.strd = strd
    return proof


def _judge(proof: StrdProof, status: str, by: Any, at: datetime.datetime, reason: str = "") -> None:
    proof.status, proof.reason, proof.judged_by, proof.judged_at = status, reason, by, at
    proof.save(update_fields=["status", "reason", "judged_by", "judged_at"])


def _settle(
    owed: Owed, strd: Strd, by: Any, capacity: str, at: datetime.datetime, *,
    paid_on: datetime.date, place: str, reference: str, note: str = "",
    came: int | None = None,
) -> Strd:  # fmt: skip
    """Mark an STRD paid and book it, in one transaction; what came too much goes back."""
    (entry,) = ledger.book(
        strd.application, kind=LedgerEntry.Kind.INTEREST, lines=[(strd.code, LINE, strd.amount)],
        paid_on=paid_on, by=by, at=at, bill=owed.bill,
        note=f"STRD {strd.number}"[:300],
    )  # fmt: skip
    strd.settle()
    strd.paid_on, strd.place, strd.reference = paid_on, place, reference
    strd.settled_by, strd.settled_at, strd.entry = by, at, entry
    strd.save(update_fields=["state", "paid_on", "place", "reference", "settled_by",
                             "settled_at", "entry"])  # fmt: skip
    told = f"{rupiah(strd.amount)}, dibayar {tanggal(paid_on)}"
    event = write_event(owed.bill, "pay_strd", by, capacity, note, at, strd=strd.number, paid=told)
    news.settled(strd, event)
    if came is not None and came > strd.amount:
        _return(owed, strd, came - strd.amount, by, capacity, at)
    return strd


def _return(
    owed: Owed, strd: Strd, amount: int, by: Any, capacity: str, at: datetime.datetime
) -> None:
    """Keep what an STRD was paid too much as a deposit, and open its way back."""
    from retribusi.corrections.refunds import open_refund

    ledger.book(
        strd.application, kind=LedgerEntry.Kind.DEPOSIT, lines=[(strd.code, SURPLUS, amount)],
        paid_on=strd.paid_on, by=by, at=at, bill=owed.bill, note=f"Lebih dari STRD {strd.number}",
    )  # fmt: skip
    open_refund(
        strd.application, amount, Refund.Cause.SURPLUS, by=by, key=f"strd:{strd.pk}", at=at,
        note=f"Lebih dari STRD nomor {strd.number}.", capacity=capacity,
    )  # fmt: skip
