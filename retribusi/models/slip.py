"""Slips of a payment, whatever they are for; whole rupiah."""

import uuid

from django.conf import settings
from django.db import models

from imbportal.uploads import Scan

BY = {"on_delete": models.PROTECT, "related_name": "+"}


class Slip(models.Model):
    """What somebody handed in to show that he paid; who keeps the money confirms or refuses it.

    Each kind names its bill, to which it belongs as one of its ``proofs``. ``retribusi.slips``
    alone writes them.
    """

    class Status(models.TextChoices):
        FILED = "diajukan", "Menunggu pemeriksaan"
        CONFIRMED = "diterima", "Diterima"
        REFUSED = "ditolak", "Tidak diterima"

    Scan = Scan

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    file = models.FileField(upload_to="bukti/")
    file_sha256 = models.CharField(max_length=64, db_index=True)
    scan = models.CharField(max_length=12, choices=Scan, default=Scan.CLEAN)
    amount = models.PositiveBigIntegerField("jumlah dibayar (Rp)")
    paid_on = models.DateField("tanggal bayar")
    bank = models.CharField("bank atau tempat bayar", max_length=80)
    reference = models.CharField("nomor referensi", max_length=80, db_index=True)
    status = models.CharField(max_length=10, choices=Status, default=Status.FILED)
    reason = models.TextField(blank=True)
    filed_by = models.ForeignKey(settings.AUTH_USER_MODEL, **BY)
    filed_at = models.DateTimeField(auto_now_add=True)
    judged_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, **BY)
    judged_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True

    def __str__(self):
        return f"{self.bank} {self.reference}"
