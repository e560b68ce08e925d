"""What was done to a case and by whom: acts, duties, and the chain of events."""

from django.conf import settings
from django.db import models

from applications.models.application import Application
from documents.models import Paper

USER = settings.AUTH_USER_MODEL


class Act(models.Model):
    """What the hands of one link did; stands until voided by a return."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="acts")
    gate = models.CharField(max_length=20)
    link = models.PositiveSmallIntegerField()
    act = models.CharField(max_length=12)
    role = models.CharField(max_length=40)
    by = models.ForeignKey(USER, on_delete=models.PROTECT)
    capacity = models.CharField(max_length=150)
    """Title as printed, with plt, plh or a.n."""
    papers = models.ManyToManyField(Paper, related_name="acts")
    """Papers that were signed or issued by this act; voided with it."""
    at = models.DateTimeField()
    voided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application", "gate", "link"],
                condition=models.Q(voided_at=None),
                name="one_standing_act",
            ),
        ]

    def __str__(self):
        return f"{self.act} {self.capacity}"


class CaseDuty(models.Model):
    """One of the four duties that a person holds in a case."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="duties")
    person = models.ForeignKey(USER, on_delete=models.PROTECT)
    nik_lookup = models.CharField(max_length=64, blank=True)
    duty = models.CharField(max_length=12)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "person"], name="one_duty_per_person"),
            models.UniqueConstraint(
                fields=["application", "nik_lookup"],
                condition=~models.Q(nik_lookup=""),
                name="one_duty_per_nik",
            ),
        ]

    def __str__(self):
        return f"{self.duty}: {self.person}"


class Event(models.Model):
    """One move that was made; a hash chain per application, append-only by trigger."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="events")
    seq = models.PositiveIntegerField()
    move = models.CharField(max_length=30)
    source = models.CharField(max_length=20)
    target = models.CharField(max_length=20)
    turn_before = models.PositiveSmallIntegerField()
    turn_after = models.PositiveSmallIntegerField()
    actor = models.ForeignKey(USER, on_delete=models.PROTECT)
    capacity = models.CharField(max_length=150, blank=True)
    steps = models.JSONField(default=list)
    """Numbers of the steps in the daerah's document that this move fulfils."""
    data = models.JSONField(default=dict)
    """Papers issued and voided, duty taken, kinds of record."""
    hidden = models.BooleanField(default=False)
    """Made by sistem through a stage that the track lacks: not shown to the applicant."""
    at = models.DateTimeField()
    note_hash = models.CharField(max_length=64, blank=True)
    prev_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["seq"]
        constraints = [
            models.UniqueConstraint(fields=["application", "seq"], name="one_event_per_seq"),
        ]

    def __str__(self):
        return f"{self.seq} {self.move}"


class EventNote(models.Model):
    """The words of an event, apart so that they can be erased without breaking the chain."""

    event = models.OneToOneField(Event, on_delete=models.PROTECT, related_name="note")
    salt = models.CharField(max_length=32)
    text = models.TextField()

    def __str__(self):
        return self.text[:60]


class Handover(models.Model):
    """A case that one officer gave to a colleague of the same role; append-only by trigger."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="handovers")
    giver = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    receiver = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField("alasan", blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self):
        return f"{self.giver} kepada {self.receiver}"
