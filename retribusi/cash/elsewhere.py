"""What waits for the treasurer in the other rooms, as the cashier's page tells it."""

from __future__ import annotations

from django.db.models import Count, Sum
from django.urls import reverse

from imbportal.indonesia import rupiah
from retribusi.cash.panels import Panel
from retribusi.models import Payment, Refund, StatementLine, StrdProof
from retribusi.statements import receipts
from retribusi.statements.kinds import CLOSED


def statements(daerah: str) -> Panel | None:
    """Tell how much money no statement of a bank has shown yet, and what its lines wait for."""
    unseen = Payment.objects.filter(application__daerah=daerah, statement_line=None)
    unseen = unseen.exclude(pk__in=receipts.standing().values("payment"))
    found = unseen.aggregate(count=Count("pk"), sum=Sum("amount"))
    lines = StatementLine.objects.filter(daerah=daerah, outcome=None).exclude(kind__in=CLOSED)
    told = []
    if found["count"]:
        told.append(
            f"{found['count']} pembayaran ({rupiah(found['sum'])}) belum dicocokkan dengan "
            "rekening koran."
        )
    if waiting := lines.count():
        told.append(f"{waiting} baris rekening koran menunggu tindak lanjut.")
    url = f"{reverse('admin:statements')}?daerah={daerah}"
    return Panel("Rekening koran", " ".join(told), url, "Buka rekening koran") if told else None


def interest(daerah: str) -> Panel | None:
    """Tell how many proofs of interest wait."""
    filed = StrdProof.Status.FILED
    proofs = StrdProof.objects.filter(strd__application__daerah=daerah, status=filed)
    if not (count := proofs.count()):
        return None
    text = f"{count} bukti pembayaran STRD menunggu pemeriksaan."
    return Panel("Bunga keterlambatan", text, reverse("admin:arrears"), "Buka penagihan")


def refunds(daerah: str) -> Panel | None:
    """Tell which refunds are approved and not paid yet."""
    approved = Refund.objects.filter(application__daerah=daerah, state=Refund.State.APPROVED)
    found = approved.aggregate(count=Count("pk"), sum=Sum("amount"))
    if not found["count"]:
        return None
    text = f"{found['count']} pengembalian ({rupiah(found['sum'])}) disetujui dan belum dibayarkan."
    return Panel("Pengembalian", text, reverse("admin:refunds"), "Buka pengembalian")


EVERY = (statements, interest, refunds)
