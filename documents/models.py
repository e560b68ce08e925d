"""Issued papers: their numbers, frozen content, signatures, files and standing."""

import secrets
import uuid

from django.conf import settings
from django.db import models


def new_token():
    """Return a 160-bit token for a paper's check page."""
    return secrets.token_urlsafe(20)


class Counter(models.Model):
    """The last number given in one series; its row is locked until the transaction ends."""

    key = models.CharField(max_length=160, unique=True)
    value = models.PositiveIntegerField(default=0)

    def __str__(self):
        return f"{self.key}: {self.value}"


class Paper(models.Model):
    """One paper of a case. Content never changes once frozen; number and file hash are set once."""

    class Status(models.TextChoices):
        DRAFT = "konsep", "Konsep"
        VALID = "berlaku", "Berlaku"
        FROZEN = "dibekukan", "Dibekukan"
        REVOKED = "dicabut", "Dicabut"
        VOID = "batal", "Batal"
        REPLACED = "diganti", "Diganti"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=40)
    daerah = models.CharField(max_length=40)
    version = models.ForeignKey("daerah.DaerahVersion", on_delete=models.PROTECT)
    case = models.UUIDField(db_index=True)
    title = models.CharField(max_length=200)
    content = models.JSONField()
    """Everything that the template prints except number, dates and signatures."""
    content_sha256 = models.CharField(max_length=64, blank=True)
    frozen_at = models.DateTimeField(null=True)
    number = models.CharField(max_length=80, null=True)
    issued_at = models.DateTimeField(null=True)
    status = models.CharField(max_length=12, choices=Status, default=Status.DRAFT)
    status_reason = models.TextField(blank=True)
    status_at = models.DateTimeField(null=True)
    token = models.CharField(max_length=40, unique=True, default=new_token)
    file = models.FileField(upload_to="surat/", blank=True)
    file_sha256 = models.CharField(max_length=64, null=True)
    replaced_by = models.ForeignKey("self", null=True, on_delete=models.PROTECT)
    sample = models.BooleanField(default=False)
    """Rests on a sample figure: printed as such, never outside the demo."""
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["daerah", "kind", "number"], name="number_once"),
        ]
        indexes = [models.Index(fields=["case", "kind"], name="paper_of_case")]
        verbose_name = "surat"
        verbose_name_plural = "surat"

    def __str__(self):
        return f"{self.title} {self.number or '(tanpa nomor)'}"


class PaperSignature(models.Model):
    """A paraf or signature on a paper, with the capacity in which it was given."""

    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="signatures")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    act = models.CharField(max_length=12)
    """paraf or ttd."""
    role = models.CharField(max_length=40)
    name = models.CharField(max_length=150)
    title = models.CharField(max_length=150)
    """Capacity as printed: "Kepala Dinas" or "Plh. Kepala Dinas"."""
    nip = models.CharField(max_length=30, blank=True)
    at = models.DateTimeField()
    voided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["paper", "act", "role"],
                condition=models.Q(voided_at=None),
                name="one_standing_signature",
            ),
        ]

    def __str__(self):
        return f"{self.act} {self.title}"
