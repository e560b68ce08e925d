"""Payment slips that came while no virus scanner answered."""

from django.urls import reverse

from applications import infected
from imbportal import uploads
from retribusi.models import PaymentProof


def release() -> None:
    """Scan again what waits; an infected slip stays locked away, and the cashier refuses it."""
    uploads.release(PaymentProof.objects.all(), "file", "scan", infected=_tell)


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
