"""Closed days of a daerah's cash: what its ledger said then, in a chain of hashes."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from imbportal.indonesia import rupiah, tanggal

USER = settings.AUTH_USER_MODEL
FIRST_HASH = "0" * 64


class CashClosing(models.Model):
    """One day that a treasurer closed, or several in a row on which nothing was booked.

    Only ``retribusi.cash.closing`` writes it. The closings of a daerah count 1, 2, 3 and follow
    each other without a gap; each holds the hash of the one before.
    """

    daerah = models.CharField("daerah", max_length=40)
    number = models.PositiveIntegerField("nomor")
    first = models.DateField("dari tanggal")
    last = models.DateField("sampai tanggal")
    opening = models.BigIntegerField("jumlah sebelumnya (Rp)")
    balance = models.BigIntegerField("jumlah sampai penutupan ini (Rp)")
    lines = models.PositiveIntegerField("baris")
    receipts = models.PositiveIntegerField("penerimaan")
    """Payments that were booked on these days."""
    totals = models.JSONField("jumlah per kode rekening")
    """As ``retribusi.cash.totals`` has them."""
    ways = models.JSONField("cara bayar")
    """As the slips told then; not part of what can be computed again."""
    seal = models.CharField("segel", max_length=64)
    """Hash over the days, their lines and totals, and the closing before: what was looked at."""
    previous_hash = models.CharField("sidik sebelumnya", max_length=64)
    hash = models.CharField("sidik", max_length=64)
    note = models.TextField("catatan", blank=True)
    closed_by = models.ForeignKey(
        USER, on_delete=models.PROTECT, related_name="+", verbose_name="ditutup oleh"
    )
    capacity = models.CharField("jabatan", max_length=150)
    closed_at = models.DateTimeField("ditutup pada")
    known_by = models.ForeignKey(
        USER, null=True, on_delete=models.PROTECT, related_name="+", verbose_name="diketahui oleh"
    )
    known_capacity = models.CharField("jabatan yang mengetahui", max_length=150, blank=True)
    known_at = models.DateTimeField("diketahui pada", null=True)

    class Meta:
        verbose_name = "penutupan kas"
        verbose_name_plural = "penutupan kas"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["daerah", "number"], name="one_closing_of_a_number"),
            models.UniqueConstraint(fields=["daerah", "first"], name="one_closing_of_a_day"),
            models.CheckConstraint(condition=Q(last__gte=F("first")), name="closing_of_days"),
            models.CheckConstraint(
                condition=Q(lines=0) | Q(last=F("first")), name="closed_together_only_if_nil"
            ),
        ]
        indexes = [models.Index(fields=["daerah", "last"], name="closings_of")]

    def __str__(self):
        return f"penutupan kas {self.days}, {rupiah(self.amount)}"

    @property
    def amount(self) -> int:
        """Return what these days came to."""
        return self.balance - self.opening

    @property
    def days(self) -> str:
        """Return the days in words."""
        begin = tanggal(self.first)
        return begin if self.first == self.last else f"{begin} sampai {tanggal(self.last)}"
