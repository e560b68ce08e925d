"""The register taken along as a spreadsheet: who asked for which part of it, and when."""

from django.db import models

from applications.models.order import Order


class RegisterExport(Order):
    """One export of the register. The row is its log and stays; its file goes after some days."""

    daerah = models.CharField(max_length=40)
    filters = models.JSONField()
    """What was chosen in the register, as in its address."""
    total = models.PositiveIntegerField(default=0)
    """Rows that there were to write when the work began."""
    written = models.PositiveIntegerField(default=0)
    file = models.FileField(upload_to="register/", blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["by", "-created_at"], name="exports_of"),
            models.Index(fields=["removed_at", "created_at"], name="exports_to_remove"),
        ]
        verbose_name = "ekspor register"
        verbose_name_plural = "ekspor register"

    def __str__(self):
        return f"register {self.daerah} oleh {self.by}"
