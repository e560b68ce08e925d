"""Calculations of the fee; amounts are whole rupiah."""

from django.conf import settings
from django.db import models

from applications.models import Application
from imbportal.indonesia import rupiah

RECORD = "pendataan"
"""The record of the buildings, from which the fee is calculated."""


class Assessment(models.Model):
    """One calculation by the engine for a case; the newest is the one that counts."""

    application = models.ForeignKey(
        Application,
        on_delete=models.PROTECT,
        related_name="assessments",
        verbose_name="permohonan",
    )
    input = models.JSONField()
    """As ``hitung_retribusi`` takes it."""
    result = models.JSONField()
    """As ``hitung_retribusi`` gives it."""
    total = models.PositiveBigIntegerField("jumlah (Rp)")
    tariff = models.CharField("tarif", max_length=60)
    sample = models.BooleanField("tarif contoh", default=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, verbose_name="dihitung oleh"
    )
    at = models.DateTimeField("dihitung pada", auto_now_add=True)

    class Meta:
        verbose_name = "perhitungan retribusi"
        verbose_name_plural = "perhitungan retribusi"
        ordering = ["-pk"]

    def __str__(self):
        return rupiah(self.total)
