"""Payment by proof: the applicant files a slip, the cashier compares and judges it."""

import datetime
from typing import Any

from django.db import transaction

from applications import clock, rules
from applications.models import Application
from applications.refusals import Conflict, Unmet
from applications.services import locked
from applications.workflow import BY_NAME
from imbportal import uploads
from imbportal.indonesia import tanggal
from retribusi import ledger, slips
from retribusi.models import Payment, PaymentProof, Skrd
from retribusi.statements import outcomes as statements

Status = PaymentProof.Status


class SameSlip(uploads.UploadRefused):
    """The very file was refused for this case before; the text says when and why."""

    def __init__(self, before: PaymentProof):
        day = tanggal(
            clock.local_date(before.skrd.application, before.judged_at or before.filed_at)
        )
        reason = before.reason.strip().rstrip(".")
        self.code = "same"
        self.message = (
            f"Bukti yang sama sudah ditolak pada {day} karena: {reason}. Pilih bukti lain. Bila "
            "yang salah hanya isiannya, centang di bawah dan pilih berkasnya sekali lagi."
        )
        ValueError.__init__(self, self.message)


def file_proof(
    application: Application,
    *,
    file: Any,
    amount: int,
    paid_on: datetime.date,
    bank: str,
    reference: str,
    by: Any,
    again: bool = True,
) -> PaymentProof:
    """Take a slip for the open bill; an earlier one that was not judged yet gives way.

    Raises UploadRefused for the file, else a Refusal; SameSlip for one that the cashier refused
    before, unless it is sent ``again`` knowingly. The file is parsed before the case is locked.
    """
    _may_file(application, by)
    accepted = uploads.accept(file, owner=by)
    with transaction.atomic():
        application = locked(application.pk, by)
        _may_file(application, by)
        bill = _open_bill(application)
        if bill is None:
            raise Conflict("Tidak ada tagihan yang menunggu pembayaran.")
        before = None if again else refused_before(application, accepted.sha256)
        if before is not None:
            raise SameSlip(before)
        proof = slips.keep(
            bill, accepted, amount=amount, paid_on=paid_on, bank=bank, reference=reference, by=by
        )
        application.version += 1
        application.save(update_fields=["version", "updated_at"])
        return proof


def _may_file(application: Application, by: Any) -> None:
    """Refuse as the move would that sends the proof: its applicant, or the paying office."""
    move = BY_NAME["submit_payment"]
    rules.bar(move, application, by)
    rules.turn(move, application, by)


def refused_before(application: Application, sha256: str) -> PaymentProof | None:
    """Return the newest slip with this very file that the cashier refused in this case."""
    same = PaymentProof.objects.filter(skrd__application=application.pk, file_sha256=sha256)
    refused = same.filter(status=Status.REFUSED).exclude(reason=slips.REPLACED)
    return refused.select_related("skrd__application").order_by("-filed_at").first()


def duplicates(proof: PaymentProof) -> str:
    """Return a warning for the cashier where this slip was filed before, or ""."""
    lines = [slips.warning(proof)]
    before = refused_before(proof.skrd.application, proof.file_sha256)
    if before is not None and before.pk != proof.pk:
        reason = before.reason.strip().rstrip(".")
        lines.append(f"Berkas yang sama sudah ditolak dalam permohonan ini: {reason}.")
    return " ".join(filter(None, lines))


def tick(application: Application) -> str:
    """Return the note that whoever confirms must give: he looked at its twins; "" for none."""
    proof = proof_waiting(application)
    return slips.tick(proof) if proof is not None else ""


def proof_waiting(application: Application) -> PaymentProof | None:
    """Return the slip that the cashier has to judge, or None."""
    bill = _open_bill(application)
    return slips.waiting(bill) if bill else None


def exact(application: Application) -> list[str]:
    """Return why the waiting proof may not be confirmed."""
    proof = proof_waiting(application)
    if proof is None:
        return ["Belum ada bukti pembayaran yang menunggu pemeriksaan."]
    return slips.inexact(proof, proof.skrd, "SKRD")


def confirm(application: Application, by: Any, at: datetime.datetime, note: str = "") -> None:
    """Book the money of the waiting proof. Raises Unmet where it is not exact, or where the
    ``note`` does not name every other bill for which the slip was filed."""
    if wrong := exact(application):
        raise Unmet(wrong)
    proof = proof_waiting(application)
    if unseen := slips.unseen(proof, note):
        raise Unmet(unseen)
    slips.judge(proof, Status.CONFIRMED, by, at)
    payment = Payment.objects.create(
        skrd=proof.skrd,
        application=application,
        amount=proof.amount,
        proof=proof,
        paid_on=proof.paid_on,
        confirmed_by=by,
        confirmed_at=at,
    )
    ledger.book_payment(payment)
    proof.skrd.settled_at = at
    proof.skrd.save(update_fields=["settled_at"])
    statements.on_payment(payment, by=by)


def refuse(application: Application, by: Any, reason: str, at: datetime.datetime) -> None:
    """Send the waiting proof back with the reason that the applicant reads."""
    proof = proof_waiting(application)
    if proof is None:
        raise Unmet(["Belum ada bukti pembayaran yang menunggu pemeriksaan."])
    slips.judge(proof, Status.REFUSED, by, at, reason)


def nothing_paid(application: Application) -> bool:
    """Tell whether no money was confirmed in this case."""
    return not application.payments.exists()


def _open_bill(application: Application) -> Skrd | None:
    return application.bills.filter(voided_at=None, settled_at=None).first()
