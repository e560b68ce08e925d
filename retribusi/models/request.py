"""Requests of an applicant that the office decides."""

from django.conf import settings
from django.db import models

BY = {"on_delete": models.PROTECT, "related_name": "+"}


class Request(models.Model):
    """In whose hands a request lies, who asked, and who decided it and why.

    Each kind has its own states, ``OPEN`` among them: those in which it waits.
    """

    holder = models.CharField("di tangan", max_length=40, blank=True)
    """Role that must act now; empty once it is over."""
    since = models.DateTimeField("sejak")
    """When it came into the present hands, or was over."""
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name="diajukan oleh", **BY)
    asked_at = models.DateTimeField("diajukan pada")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, verbose_name="diputus oleh", **BY
    )
    decided_at = models.DateTimeField("diputus pada", null=True)
    capacity = models.CharField("jabatan", max_length=150, blank=True)
    reason = models.TextField("alasan keputusan", blank=True)

    class Meta:
        abstract = True
