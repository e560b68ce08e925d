"""The register taken along as a spreadsheet: who asked for which part of it, and when."""

import uuid

from django.conf import settings
from django.db import models


class RegisterExport(models.Model):
    """One export of the register. The row is its log and stays; its file goes after some days."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    daerah = models.CharField(max_length=40)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    filters = models.JSONField()
    """What was chosen in the register, as in its address."""
    created_at = models.DateTimeField(auto_now_add=True)
    total = models.PositiveIntegerField(default=0)
    """Rows that there were to write when the work began."""
    written = models.PositiveIntegerField(default=0)
    file = models.FileField(upload_to="register/", blank=True)
    file_sha256 = models.CharField(max_length=64, blank=True)
    ready_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    fetched_at = models.DateTimeField(null=True)
    """When it was last downloaded."""
    removed_at = models.DateTimeField(null=True)
    """When the file was taken away."""

    class Meta:
        indexes = [
            models.Index(fields=["by", "-created_at"], name="exports_of"),
            models.Index(fields=["removed_at", "created_at"], name="exports_to_remove"),
        ]
        verbose_name = "ekspor register"
        verbose_name_plural = "ekspor register"

    def __str__(self):
        return f"register {self.daerah} oleh {self.by}"

    @property
    def percent(self) -> int:
        """Return how much is written; 100 only once the file is there."""
        if self.ready_at:
            return 100
        return min(99, 100 * self.written // self.total) if self.total else 0
