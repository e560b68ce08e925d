"""Payment by proof: the applicant files a slip, the cashier compares and judges it."""

import datetime
from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.db.models import Q

from applications import clock, rules
from applications.models import Application
from applications.refusals import Conflict, Unmet
from applications.services import locked
from applications.workflow import BY_NAME
from imbportal import uploads
from imbportal.indonesia import rupiah, tanggal
from retribusi import ledger
from retribusi.arrears import slips
from retribusi.arrears.slips import LOOKED_AT, TICK
from retribusi.models import Payment, PaymentProof, Skrd
from retribusi.statements import outcomes as statements

Status = PaymentProof.Status
REPLACED = "Diganti dengan bukti yang lebih baru."


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
        bill.proofs.filter(status=Status.FILED).update(status=Status.REFUSED, reason=REPLACED)
        proof = PaymentProof(
            skrd=bill,
            file_sha256=accepted.sha256,
            scan=accepted.scan,
            amount=amount,
            paid_on=paid_on,
            bank=bank,
            reference=reference.strip(),
            filed_by=by,
        )
        proof.file.save(accepted.content.name, accepted.content, save=False)
        proof.save()
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
    refused = same.filter(status=Status.REFUSED).exclude(reason=REPLACED)
    return refused.select_related("skrd__application").order_by("-filed_at").first()


def twins(proof: PaymentProof) -> list[str]:
    """Return the other bills, of all cases, for which this slip was filed too, as they are named:
    the same file, or the same reference."""
    same = Q(file_sha256=proof.file_sha256)
    if proof.reference:
        same |= Q(reference__iexact=proof.reference)
    others = PaymentProof.objects.filter(same).exclude(skrd=proof.skrd_id)
    numbers = sorted(set(others.values_list("skrd__number", flat=True)))
    bills = [f"SKRD {number}" for number in numbers]
    return [*bills, *slips.of_interest(proof.file_sha256, proof.reference)]


def duplicates(proof: PaymentProof) -> str:
    """Return a warning for the cashier where this slip was filed before, or ""."""
    lines = []
    if others := twins(proof):
        text = "Bukti atau nomor referensi yang sama pernah diajukan untuk"
        lines.append(f"{text} {', '.join(others)}.")
    before = refused_before(proof.skrd.application, proof.file_sha256)
    if before is not None and before.pk != proof.pk:
        reason = before.reason.strip().rstrip(".")
        lines.append(f"Berkas yang sama sudah ditolak dalam permohonan ini: {reason}.")
    return " ".join(lines)


def tick(application: Application) -> str:
    """Return the note that whoever confirms must give: he looked at its twins; "" for none."""
    proof = proof_waiting(application)
    others = twins(proof) if proof is not None else []
    return LOOKED_AT.format(others=", ".join(others)) if others else ""


def proof_waiting(application: Application) -> PaymentProof | None:
    """Return the slip that the cashier has to judge, or None."""
    bill = _open_bill(application)
    return bill.proofs.filter(status=Status.FILED).order_by("-filed_at").first() if bill else None


def exact(application: Application) -> list[str]:
    """Return why the waiting proof may not be confirmed."""
    proof = proof_waiting(application)
    if proof is None:
        return ["Belum ada bukti pembayaran yang menunggu pemeriksaan."]
    bill, wrong = proof.skrd, list(_unscanned(proof))
    if proof.amount != bill.amount:
        wrong.append(
            f"Jumlah pada bukti {rupiah(proof.amount)}, tagihan {rupiah(bill.amount)}; harus sama."
        )
    if proof.paid_on < clock.local_date(application, bill.issued_at):
        wrong.append("Tanggal bayar mendahului tanggal SKRD.")
    if proof.paid_on > clock.today(application):
        wrong.append("Tanggal bayar belum tiba.")
    return wrong


def _unscanned(proof: PaymentProof) -> Iterator[str]:
    if proof.scan == PaymentProof.Scan.WAITING:
        yield "Bukti masih dipindai terhadap virus; coba beberapa menit lagi."
    elif proof.scan == PaymentProof.Scan.INFECTED:
        yield "Bukti mengandung virus dan ditahan. Tolak, dan minta pemohon mengirim bukti lain."


def confirm(application: Application, by: Any, at: datetime.datetime, note: str = "") -> None:
    """Book the money of the waiting proof. Raises Unmet where it is not exact, or where the
    ``note`` does not name every other bill for which the slip was filed."""
    if wrong := exact(application):
        raise Unmet(wrong)
    proof = proof_waiting(application)
    if unseen := [other for other in twins(proof) if other not in note]:
        raise Unmet([TICK.format(others=", ".join(unseen))])
    _judge(proof, Status.CONFIRMED, by, at)
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
    _judge(proof, Status.REFUSED, by, at, reason)


def nothing_paid(application: Application) -> bool:
    """Tell whether no money was confirmed in this case."""
    return not application.payments.exists()


def _open_bill(application: Application) -> Skrd | None:
    return application.bills.filter(voided_at=None, settled_at=None).first()


def _judge(
    proof: PaymentProof, status: Status, by: Any, at: datetime.datetime, reason: str = ""
) -> None:
    proof.status, proof.reason, proof.judged_by, proof.judged_at = status, reason, by, at
    proof.save(update_fields=["status", "reason", "judged_by", "judged_at"])
