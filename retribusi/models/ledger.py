"""The ledger of a daerah's receipts: one line per kode rekening, never changed, never deleted."""

from django.conf import settings
from django.db import models

from applications.models import Application
from imbportal.indonesia import rupiah
from retribusi.models.bill import Payment, Skrd


class LedgerEntry(models.Model):
    """Whole rupiah that came in, or went out (negative); only ``retribusi.ledger`` writes it."""

    class Kind(models.TextChoices):
        PRINCIPAL = "pokok", "Pokok retribusi"
        INTEREST = "bunga", "Bunga keterlambatan"
        REFUND = "pengembalian", "Pengembalian"
        DEPOSIT = "titipan", "Titipan"
        CORRECTION = "koreksi", "Koreksi"

    daerah = models.CharField("daerah", max_length=40)
    application = models.ForeignKey(
        Application, null=True, on_delete=models.PROTECT, related_name="ledger",
        verbose_name="permohonan",
    )  # fmt: skip
    bill = models.ForeignKey(
        Skrd, null=True, on_delete=models.PROTECT, related_name="ledger", verbose_name="SKRD"
    )
    payment = models.ForeignKey(
        Payment, null=True, on_delete=models.PROTECT, related_name="ledger",
        verbose_name="pembayaran",
    )  # fmt: skip
    kind = models.CharField("jenis", max_length=12, choices=Kind)
    code = models.CharField("kode rekening", max_length=40, blank=True)
    line = models.CharField("uraian", max_length=120)
    amount = models.BigIntegerField("jumlah (Rp)")
    paid_on = models.DateField("tanggal uang")
    """When the money came or went, by slip or statement."""
    day = models.DateField("tanggal buku")
    """The day of the ledger, in the daerah's own time zone."""
    note = models.CharField("keterangan", max_length=300, blank=True)
    reverses = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="reversed_by",
        verbose_name="membalik",
    )  # fmt: skip
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+",
        verbose_name="dibukukan oleh",
    )  # fmt: skip
    at = models.DateTimeField("dibukukan pada")

    class Meta:
        verbose_name = "baris buku penerimaan"
        verbose_name_plural = "buku penerimaan"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(amount=0), name="ledger_of_something"),
        ]
        indexes = [models.Index(fields=["daerah", "day", "id"], name="ledger_by_day")]

    def __str__(self):
        return f"{self.line} {rupiah(self.amount)}"
