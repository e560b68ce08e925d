"""Payment of an STRD: the applicant files a slip, or pays the treasurer; who confirms books it."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from applications.models import Application
from applications.refusals import Conflict, Unmet
from applications.services import check_version
from imbportal import uploads
from imbportal.indonesia import rupiah, tanggal
from retribusi import acts, ledger, slips
from retribusi.arrears import news
from retribusi.arrears.owed import Owed
from retribusi.arrears.steps import held, open_strd, treasurer, write_event
from retribusi.models import LedgerEntry, Refund, Skrd, Strd, StrdProof

State, Status = Strd.State, StrdProof.Status
NAME = "STRD"
LINE = "Bunga keterlambatan retribusi"
SURPLUS = "Titipan dari pembayaran STRD"


def open_of(application: Application) -> Strd | None:
    """Return the STRD of a case that waits for money; the one due first where several do."""
    waiting = application.strds.filter(state=State.ISSUED).select_related("skrd__assessment")
    return waiting.order_by("due_date", "pk").first()


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
        capacity = _may_file(case, by)
        strd = open_strd(owed, strd.pk, State.ISSUED)
        proof = slips.keep(
            strd, accepted, amount=amount, paid_on=paid_on, bank=bank, reference=reference, by=by
        )
        event = write_event(
            owed.bill, "file_strd_proof", by, capacity, "", timezone.now(), strd=strd.number
        )
        news.filed(proof, event)
        return proof


def _may_file(case: Application, by: Any) -> str:
    return acts.as_applicant(case, by, "Hanya pemohon yang dapat mengirim bukti pembayaran STRD.")


# -- The treasurer --------------------------------------------------------------------------
def inexact(strd: Strd, proof: StrdProof) -> list[str]:
    """Return why a slip may not be confirmed; what it says too much is no reason."""
    return slips.inexact(proof, strd, NAME, or_more=True)


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
    slips.judge(proof, Status.CONFIRMED, by, now)
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
    slips.judge(proof, Status.REFUSED, by, now, reason.strip())
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
    if slips.waiting(strd) is not None:
        raise Conflict("Ada bukti pembayaran yang menunggu pemeriksaan. Putuskan dulu bukti itu.")
    if wrong := slips.early_or_late(strd.application, strd.issued_at, paid_on, NAME):
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
    proof = slips.waiting(strd)
    if proof is None or str(proof.pk) != str(pk):
        raise Conflict("Bukti ini sudah diperiksa atau diganti. Muat ulang halaman.")
    proof.strd = strd
    return proof


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
