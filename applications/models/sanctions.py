"""What became of an issued paper by a decision of the office; append-only by trigger."""

from django.conf import settings
from django.db import models

from applications.models.application import Application
from applications.models.history import Event
from documents.models import Paper


class SanctionAct(models.Model):
    """A paper that was warned of, frozen, released, revoked or replaced, with its letter."""

    class Kind(models.TextChoices):
        WARN = "peringatan", "Diperingatkan"
        FREEZE = "pembekuan", "Dibekukan"
        LIFT = "pencairan", "Dicairkan"
        REVOKE = "pencabutan", "Dicabut"
        REPLACE = "penggantian", "Diganti"

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="sanctions")
    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="sanctions")
    kind = models.CharField("keputusan", max_length=12, choices=Kind)
    reason = models.TextField("alasan")
    basis = models.TextField("dasar", blank=True)
    todo = models.TextField("yang harus dilakukan", blank=True)
    until = models.DateField("paling lambat", null=True)
    """Day by which the holder must do it."""
    object_until = models.DateField("keberatan paling lambat", null=True)
    """Last day of the term for objection; null where the daerah's file names none."""
    also = models.JSONField("ikut", default=list)
    """Ids of the papers that went along: plate, drawings, copies."""
    letter = models.OneToOneField(Paper, on_delete=models.PROTECT, related_name="sanction_told")
    """What told the holder: the letter, or the paper that took the old one's place."""
    event = models.OneToOneField(Event, on_delete=models.PROTECT, related_name="sanction")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    capacity = models.CharField("jabatan", max_length=150)
    at = models.DateTimeField("pada")

    class Meta:
        ordering = ["pk"]
        verbose_name = "keputusan atas surat"
        verbose_name_plural = "keputusan atas surat"

    def __str__(self):
        return f"{self.get_kind_display()}: {self.paper}"
