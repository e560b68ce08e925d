"""What somebody laid beside his complaint."""

import uuid

from django.db import models

from feedback.models.complaint import Complaint
from imbportal.uploads import Scan


class ComplaintFile(models.Model):
    """A safe copy, kept like every upload: scanned, private, never overwritten."""

    Scan = Scan

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="files")
    file = models.FileField(upload_to="pengaduan/")
    file_sha256 = models.CharField(max_length=64)
    name = models.CharField(max_length=120)
    mime = models.CharField(max_length=40)
    size = models.PositiveIntegerField()
    scan = models.CharField(max_length=12, choices=Scan, default=Scan.CLEAN)

    class Meta:
        verbose_name = "lampiran pengaduan"
        ordering = ["pk"]

    def __str__(self):
        return self.name
