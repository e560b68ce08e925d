"""Payment slips that came while no virus scanner answered."""

from django.urls import reverse

from applications import infected
from imbportal import uploads
from retribusi.models import PaymentProof, Strd, StrdProof


def release() -> None:
    """Scan again what waits; an infected slip stays locked away, and the cashier refuses it."""
    for kind, tell in ((PaymentProof, _tell), (StrdProof, _tell_of_interest)):
        uploads.release(kind.objects.all(), "file", "scan", infected=tell)


def _tell(proof: PaymentProof) -> None:
    if proof.status != PaymentProof.Status.FILED:
        return
    case = proof.skrd.application
    infected.tell(
        case, "bukti pembayaran", f"virus:{proof.pk}",
        url=reverse("retribusi:pay", args=[case.pk]),
        mends=case.state == "AWAITING_PAYMENT",
        task="Kembalikan dengan alasannya, supaya bukti lain dikirim." * bool(case.turn_role),
    )  # fmt: skip


def _tell_of_interest(proof: StrdProof) -> None:
    if proof.status != StrdProof.Status.FILED or proof.strd.state != Strd.State.ISSUED:
        return
    case = proof.strd.application
    infected.tell(
        case, "bukti pembayaran STRD", f"virus:{proof.pk}",
        url=reverse("retribusi:interest", args=[case.pk]), mends=True,
    )  # fmt: skip
