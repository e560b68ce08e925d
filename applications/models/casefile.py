"""The file of a case taken along as a ZIP: who asked for it, and when."""

import uuid

from django.conf import settings
from django.db import models

from applications.models.application import Application


class CaseFile(models.Model):
    """One order of a case's file. The row is its log and stays; its ZIP goes after some days."""

    class For(models.TextChoices):
        OFFICE = "kantor", "Kantor"
        APPLICANT = "pemohon", "Pemohon"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, related_name="case_files"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    audience = models.CharField(max_length=8, choices=For)
    """What may be in it: what the office sees, or what the applicant sees."""
    created_at = models.DateTimeField(auto_now_add=True)
    total = models.PositiveBigIntegerField(default=0)
    """Bytes that there were to write when the work began."""
    written = models.PositiveBigIntegerField(default=0)
    file = models.FileField(upload_to="berkas-digital/", blank=True)
    file_sha256 = models.CharField(max_length=64, blank=True)
    why = models.CharField(max_length=300, blank=True)
    """Why it could not be made, for who asked."""
    ready_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    fetched_at = models.DateTimeField(null=True)
    """When it was last downloaded."""
    removed_at = models.DateTimeField(null=True)
    """When the ZIP was taken away."""

    class Meta:
        indexes = [
            models.Index(fields=["application", "by", "-created_at"], name="case_files_of"),
            models.Index(fields=["removed_at", "created_at"], name="case_files_to_remove"),
        ]
        verbose_name = "berkas digital"
        verbose_name_plural = "berkas digital"

    def __str__(self):
        return f"berkas digital {self.application_id} untuk {self.by}"

    @property
    def percent(self) -> int:
        """Return how much is written; 100 only once the ZIP is there."""
        if self.ready_at:
            return 100
        return min(99, 100 * self.written // self.total) if self.total else 0
