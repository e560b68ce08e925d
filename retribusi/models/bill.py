"""Bills (SKRD), the slips that are filed for them, and the money that arrived; whole rupiah."""

from django.conf import settings
from django.db import models

from applications.models import Application
from documents.models import Paper
from imbportal.indonesia import rupiah
from retribusi.models.assessment import Assessment
from retribusi.models.slip import Slip


class Skrd(models.Model):
    """A bill. Never edited: voided and issued anew. At most one per case waits for money."""

    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, related_name="bills", verbose_name="permohonan"
    )
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, verbose_name="perhitungan")
    paper = models.OneToOneField(
        Paper, on_delete=models.PROTECT, related_name="skrd", verbose_name="surat"
    )
    number = models.CharField("nomor", max_length=80)
    amount = models.PositiveBigIntegerField("jumlah (Rp)")
    """What this bill asks for: the assessed total less what was paid before."""
    issued_at = models.DateTimeField("terbit")
    due_date = models.DateField("jatuh tempo")
    payment_code = models.CharField("kode bayar", max_length=20, unique=True)
    snapshot = models.JSONField("salinan hitungan")
    settled_at = models.DateTimeField("lunas pada", null=True)
    """When its payment was confirmed; a later bill may then ask for what came on top."""
    voided_at = models.DateTimeField("batal pada", null=True)
    void_reason = models.TextField("alasan batal", blank=True)

    class Meta:
        verbose_name = "SKRD"
        verbose_name_plural = "SKRD"
        constraints = [
            models.UniqueConstraint(
                fields=["application"],
                condition=models.Q(voided_at=None, settled_at=None),
                name="one_open_bill",
            ),
        ]

    def __str__(self):
        return f"SKRD {self.number}"


class PaymentProof(Slip):
    """A slip for a bill that the applicant or the paying office filed; the cashier judges it."""

    skrd = models.ForeignKey(Skrd, on_delete=models.PROTECT, related_name="proofs")


class Payment(models.Model):
    """Money that arrived for a bill; append-only."""

    skrd = models.OneToOneField(
        Skrd, on_delete=models.PROTECT, related_name="payment", verbose_name="SKRD"
    )
    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, related_name="payments", verbose_name="permohonan"
    )
    amount = models.PositiveBigIntegerField("jumlah (Rp)")
    proof = models.ForeignKey(
        PaymentProof, null=True, on_delete=models.PROTECT, verbose_name="bukti pembayaran"
    )
    paid_on = models.DateField("tanggal bayar")
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, verbose_name="diterima oleh"
    )
    confirmed_at = models.DateTimeField("diterima pada")

    class Meta:
        verbose_name = "pembayaran"
        verbose_name_plural = "pembayaran"

    def __str__(self):
        return f"{rupiah(self.amount)} untuk {self.skrd}"
