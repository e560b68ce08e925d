"""Slips of a payment, for a bill and for interest alike: handed in, looked at, judged.

``payments`` and ``arrears.paying`` decide when; the caller holds the lock of the case.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

from django.db.models import Q

from applications import clock
from applications.models import Application
from imbportal.indonesia import rupiah
from imbportal.uploads import Accepted
from retribusi.models import PaymentProof, Skrd, Strd, StrdProof

Status, Scan = PaymentProof.Status, PaymentProof.Scan
REPLACED = "Diganti dengan bukti yang lebih baru."
LOOKED_AT = "Bukti serupa pada {others} sudah diperiksa."
"""Note of whoever confirms a slip that was filed for other bills too."""
TICK = (
    "Bukti serupa pernah diajukan untuk {others}. Periksa dahulu, lalu centang bahwa sudah "
    "diperiksa sebelum menerima pembayaran."
)
SAME = "Bukti atau nomor referensi yang sama pernah diajukan untuk {}."


def waiting(bill: Skrd | Strd) -> Any:
    """Return the slip that has to be judged, the newest; None where none waits."""
    return bill.proofs.filter(status=Status.FILED).order_by("-filed_at").first()


def keep(
    bill: Skrd | Strd, accepted: Accepted, *, amount: int, paid_on: datetime.date, bank: str,
    reference: str, by: Any,
) -> Any:  # fmt: skip
    """Keep a file as the slip that waits; an earlier one that was not judged yet gives way."""
    bill.proofs.filter(status=Status.FILED).update(status=Status.REFUSED, reason=REPLACED)
    slip = bill.proofs.model(
        **{bill.proofs.field.name: bill}, file_sha256=accepted.sha256, scan=accepted.scan,
        amount=amount, paid_on=paid_on, bank=bank, reference=reference.strip(), filed_by=by,
    )  # fmt: skip
    slip.file.save(accepted.content.name, accepted.content, save=False)
    slip.save()
    return slip


def judge(slip: Any, status: str, by: Any, at: datetime.datetime, reason: str = "") -> None:
    """Write down what became of a slip; never changed again."""
    slip.status, slip.reason, slip.judged_by, slip.judged_at = status, reason, by, at
    slip.save(update_fields=["status", "reason", "judged_by", "judged_at"])


# -- Why not --------------------------------------------------------------------------------
def inexact(slip: Any, bill: Skrd | Strd, paper: str, *, or_more: bool = False) -> list[str]:
    """Return why a slip may not be confirmed; ``paper`` is what its bill is called.

    With ``or_more`` what it says too much is no reason.
    """
    wrong = list(_unscanned(slip))
    if slip.amount < bill.amount or (slip.amount != bill.amount and not or_more):
        wrong.append(
            f"Jumlah pada bukti {rupiah(slip.amount)}, tagihan {rupiah(bill.amount)}; harus sama."
        )
    return wrong + early_or_late(bill.application, bill.issued_at, slip.paid_on, paper)


def early_or_late(
    case: Application, issued: datetime.datetime | None, paid_on: datetime.date, paper: str
) -> list[str]:
    """Return why nobody can have paid a bill on this day, by the clock of the daerah."""
    wrong = []
    if issued is not None and paid_on < clock.local_date(case, issued):
        wrong.append(f"Tanggal bayar mendahului tanggal {paper}.")
    if paid_on > clock.today(case):
        wrong.append("Tanggal bayar belum tiba.")
    return wrong


def _unscanned(slip: Any) -> Iterator[str]:
    if slip.scan == Scan.WAITING:
        yield "Bukti masih dipindai terhadap virus; coba beberapa menit lagi."
    elif slip.scan == Scan.INFECTED:
        yield "Bukti mengandung virus dan ditahan. Tolak, dan minta pemohon mengirim bukti lain."


# -- One slip filed twice -------------------------------------------------------------------
def twins(slip: Any) -> list[str]:
    """Return the other bills, of all cases, for which this slip was filed too, as they are named:
    the same file, or the same reference."""
    same = Q(file_sha256=slip.file_sha256)
    if slip.reference:
        same |= Q(reference__iexact=slip.reference)
    bills = PaymentProof.objects.filter(same).exclude(skrd=getattr(slip, "skrd_id", None))
    strds = StrdProof.objects.filter(same).exclude(strd=getattr(slip, "strd_id", None))
    numbers = sorted(set(bills.values_list("skrd__number", flat=True)))
    further = sorted(set(strds.values_list("strd__number", flat=True)))
    return [f"SKRD {number}" for number in numbers] + [f"STRD {number}" for number in further]


def warning(slip: Any) -> str:
    """Return what whoever judges a slip is told of its twins, "" where it has none."""
    found = twins(slip)
    return SAME.format(", ".join(found)) if found else ""


def tick(slip: Any) -> str:
    """Return the note that whoever confirms must give: he looked at its twins; "" for none."""
    found = twins(slip)
    return LOOKED_AT.format(others=", ".join(found)) if found else ""


def unseen(slip: Any, note: str) -> list[str]:
    """Return why a slip may not be confirmed by this note: it does not name every twin."""
    missing = [other for other in twins(slip) if other not in note]
    return [TICK.format(others=", ".join(missing))] if missing else []
