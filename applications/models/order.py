"""What every order of a file has that the worker writes and that is taken away after some days."""

import uuid

from django.conf import settings
from django.db import models


class Order(models.Model):
    """Who ordered a file, and when it was there, fetched and gone. ``total`` and ``written`` are
    counted in what the file is made of."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    file_sha256 = models.CharField(max_length=64, blank=True)
    ready_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    fetched_at = models.DateTimeField(null=True)
    """When it was last downloaded."""
    removed_at = models.DateTimeField(null=True)
    """When the file was taken away."""

    class Meta:
        abstract = True

    @property
    def percent(self) -> int:
        """Return how much is written; 100 only once the file is there."""
        if self.ready_at:
            return 100
        return min(99, 100 * self.written // self.total) if self.total else 0
