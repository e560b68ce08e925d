"""What happened to a complaint, and what officers noted among themselves; both append-only."""

from django.conf import settings
from django.db import models

from feedback.models.complaint import Complaint
from feedback.models.complaint_flow import LABELS

USER = settings.AUTH_USER_MODEL
COMPLAINER = "Pelapor"


class ComplaintEvent(models.Model):
    """One move; append-only by trigger. Its words are the answer, or why it was reopened."""

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="events")
    seq = models.PositiveIntegerField()
    move = models.CharField(max_length=12)
    source = models.CharField(max_length=12, blank=True)
    target = models.CharField(max_length=12)
    actor = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    """Null for who complains: nobody needs an account for it."""
    capacity = models.CharField(max_length=150)
    text = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["seq"]
        constraints = [
            models.UniqueConstraint(fields=["complaint", "seq"], name="one_complaint_event_per_seq")
        ]

    def __str__(self):
        return f"{self.seq} {self.move}"

    @property
    def label(self):
        return LABELS[self.move]


class ComplaintNote(models.Model):
    """A note of the office, never shown to who complains; append-only by trigger."""

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="notes")
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    text = models.TextField("catatan")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return self.text[:60]
