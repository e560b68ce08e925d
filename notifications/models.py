"""The outbox: jobs that a worker must do, and the messages that some of them send."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone


class Job(models.Model):
    """One piece of work for the worker, written in the transaction that needs it.

    Delivered at least once; ``key`` makes the wish idempotent. Claimed by lease with a
    conditional UPDATE, retried with back-off, swept when a worker dies.
    """

    class Status(models.TextChoices):
        PENDING = "menunggu", "Menunggu"
        RUNNING = "dikerjakan", "Dikerjakan"
        DONE = "selesai", "Selesai"
        FAILED = "gagal", "Gagal"

    kind = models.CharField("jenis", max_length=40)
    key = models.CharField("kunci", max_length=200, unique=True)
    ref = models.CharField("rujukan", max_length=64)
    """Id of the row that the work is about."""
    lane = models.CharField("jalur", max_length=8, blank=True)
    """The way outside that it takes (sms, email); empty for work inside."""
    status = models.CharField("status", max_length=12, choices=Status, default=Status.PENDING)
    attempts = models.PositiveSmallIntegerField("percobaan", default=0)
    due_at = models.DateTimeField("jatuh tempo", default=timezone.now)
    leased_until = models.DateTimeField("disewa sampai", null=True)
    lease = models.UUIDField("sewa", null=True)
    error = models.TextField("galat", blank=True)
    created_at = models.DateTimeField("dibuat pada", auto_now_add=True)
    done_at = models.DateTimeField("selesai pada", null=True)

    class Meta:
        indexes = [models.Index(fields=["status", "due_at"], name="job_due")]
        verbose_name = "pekerjaan"
        verbose_name_plural = "pekerjaan"

    def __str__(self):
        return f"{self.kind} {self.ref} ({self.status})"


class Message(models.Model):
    """One message to one person by one channel, its text fixed when the move was made."""

    class Channel(models.TextChoices):
        INBOX = "kotak", "Kotak masuk"
        EMAIL = "email", "Surel"
        SMS = "sms", "SMS"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.CharField("kunci", max_length=200, unique=True)
    channel = models.CharField("saluran", max_length=8, choices=Channel)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="messages"
    )
    address = models.CharField("alamat", max_length=254, blank=True)
    template = models.CharField("jenis pesan", max_length=60)
    subject = models.CharField("judul", max_length=200, blank=True)
    body = models.TextField("isi")
    url = models.CharField("tautan", max_length=300, blank=True)
    """Path of the page that the message leads to."""
    daerah = models.CharField("daerah", max_length=40, blank=True)
    case = models.UUIDField("permohonan", null=True, db_index=True)
    step = models.PositiveSmallIntegerField("langkah", null=True)
    """Number of the step in the daerah's document, where it has one."""
    secret = models.BooleanField("rahasia", default=False)
    """Carries a one-time code: body is blanked once sent, outside the demo."""
    created_at = models.DateTimeField("dibuat pada", auto_now_add=True)
    sent_at = models.DateTimeField("terkirim pada", null=True)
    read_at = models.DateTimeField("dibaca pada", null=True)
    provider_ref = models.CharField("nomor dari penyedia", max_length=120, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["user", "channel", "-created_at"], name="message_inbox"),
        ]
        verbose_name = "pesan"
        verbose_name_plural = "pesan"

    def __str__(self):
        return f"{self.get_channel_display()}: {self.subject or self.template}"
