"""What lies in a case's file: documents and their versions, points, records, internal notes."""

import uuid

from django.conf import settings
from django.db import models

from applications.models.application import Application
from imbportal.uploads import Scan

USER = settings.AUTH_USER_MODEL


class Document(models.Model):
    """The slot of one requirement in one case."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="documents")
    requirement = models.CharField(max_length=60)
    asked_on = models.DateField("diminta pada", null=True, blank=True)
    """The way of a letter that the applicant asks another agency for, by his own word."""
    expected_on = models.DateField("diperkirakan selesai", null=True, blank=True)
    received_on = models.DateField("diterima pada", null=True, blank=True)
    valid_until = models.DateField("berlaku sampai", null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "requirement"], name="one_slot"),
        ]

    def __str__(self):
        return self.requirement

    @property
    def current(self):
        """Return the newest version, or None."""
        return max(self.versions.all(), key=lambda version: version.number, default=None)


class DocumentVersion(models.Model):
    """One uploaded file of a slot, with the verdict on it. Files are never overwritten."""

    class Verdict(models.TextChoices):
        NONE = "", "Belum diperiksa"
        GOOD = "sesuai", "Sesuai"
        BAD = "tidak", "Tidak sesuai"

    Scan = Scan

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    file = models.FileField(upload_to="berkas/")
    name = models.CharField(max_length=255)
    """File name as the applicant gave it, cleaned; only ever shown."""
    mime = models.CharField(max_length=40)
    size = models.PositiveIntegerField()
    pages = models.PositiveSmallIntegerField(default=1)
    sha256 = models.CharField(max_length=64)
    scan = models.CharField(max_length=12, choices=Scan, default=Scan.CLEAN)
    round = models.PositiveSmallIntegerField(default=1)
    uploaded_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="uploads")
    uploaded_at = models.DateTimeField(auto_now_add=True)
    verdict = models.CharField(max_length=8, choices=Verdict, blank=True, default=Verdict.NONE)
    reason = models.TextField(blank=True)
    judged_by = models.ForeignKey(
        USER, null=True, on_delete=models.PROTECT, related_name="verdicts"
    )
    judged_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="one_version_number"),
        ]
        indexes = [models.Index(fields=["sha256"], name="same_file")]

    def __str__(self):
        return f"{self.name} (versi {self.number})"


class CardVerdict(models.Model):
    """What an officer said of an identity card; the newest of a card counts, none is changed."""

    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, related_name="card_verdicts"
    )
    card = models.CharField(max_length=8)
    """Whose: ``pemohon`` or ``kuasa``."""
    mark = models.CharField(max_length=64)
    """Of the photo and data that were before the officer, keyed."""
    verdict = models.CharField(max_length=8, choices=DocumentVersion.Verdict, blank=True)
    """Empty where it was taken back."""
    by = models.ForeignKey(USER, on_delete=models.PROTECT)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return f"{self.card}: {self.get_verdict_display()}"


class Point(models.Model):
    """One thing to mend, raised by an officer, answered by the applicant; one letter for all."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="points")
    gate = models.CharField(max_length=20)
    round = models.PositiveSmallIntegerField()
    requirement = models.CharField(max_length=60, blank=True)
    """Slot that it concerns; empty for the form or the whole."""
    file_version = models.ForeignKey(
        DocumentVersion, null=True, on_delete=models.SET_NULL, related_name="points"
    )
    """Version that the officer looked at."""
    page = models.PositiveSmallIntegerField("halaman", null=True)
    x = models.PositiveSmallIntegerField(null=True)
    y = models.PositiveSmallIntegerField(null=True)
    """Where on the page, in thousandths of its width and height."""
    text = models.TextField("catatan")
    new_finding = models.BooleanField("temuan baru", default=False)
    raised_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="points_raised")
    raised_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True)
    """When the letter went out; before, no applicant sees it."""
    answer = models.TextField("jawaban", blank=True)
    answered_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return self.text[:60]


class Record(models.Model):
    """What a link writes down before it acts: KRK data, building data, assessment sheet, …"""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="records")
    kind = models.CharField(max_length=30)
    data = models.JSONField()
    by = models.ForeignKey(USER, on_delete=models.PROTECT)
    at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "kind"], name="one_record_per_kind"),
        ]

    def __str__(self):
        return self.kind


class InternalNote(models.Model):
    """A note among officers; no applicant ever sees it."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="notes")
    text = models.TextField("catatan internal")
    by = models.ForeignKey(USER, on_delete=models.PROTECT)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self):
        return self.text[:60]
