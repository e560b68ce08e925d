"""The file of a case taken along as a ZIP: who asked for it, and when."""

from django.db import models

from applications.models.application import Application
from applications.models.order import Order


class CaseFile(Order):
    """One order of a case's file. The row is its log and stays; its ZIP goes after some days."""

    class For(models.TextChoices):
        OFFICE = "kantor", "Kantor"
        APPLICANT = "pemohon", "Pemohon"

    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, related_name="case_files"
    )
    audience = models.CharField(max_length=8, choices=For)
    """What may be in it: what the office sees, or what the applicant sees."""
    total = models.PositiveBigIntegerField(default=0)
    """Bytes that there were to write when the work began."""
    written = models.PositiveBigIntegerField(default=0)
    file = models.FileField(upload_to="berkas-digital/", blank=True)
    why = models.CharField(max_length=300, blank=True)
    """Why it could not be made, for who asked."""

    class Meta:
        indexes = [
            models.Index(fields=["application", "by", "-created_at"], name="case_files_of"),
            models.Index(fields=["removed_at", "created_at"], name="case_files_to_remove"),
        ]
        verbose_name = "berkas digital"
        verbose_name_plural = "berkas digital"

    def __str__(self):
        return f"berkas digital {self.application_id} untuk {self.by}"
