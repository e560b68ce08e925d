"""Sentences that an office uses again and again towards applicants."""

from django.conf import settings
from django.db import models


class Phrase(models.Model):
    """One sentence of a daerah's office; a retired one is no longer offered."""

    daerah = models.CharField(max_length=40)
    requirement = models.CharField("dokumen", max_length=60, blank=True)
    """Requirement to which it belongs; empty fits every document."""
    text = models.CharField("kalimat", max_length=500)
    in_use = models.BooleanField("dipakai", default=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, verbose_name="ditulis oleh"
    )
    created_at = models.DateTimeField("sejak", auto_now_add=True)

    class Meta:
        ordering = ["requirement", "pk"]
        verbose_name = "kalimat kantor"
        verbose_name_plural = "kalimat kantor"
        constraints = [
            models.UniqueConstraint(fields=["daerah", "requirement", "text"], name="phrase_once"),
        ]

    def __str__(self):
        return self.text[:80]
