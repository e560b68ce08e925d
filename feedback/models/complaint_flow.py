"""States of a complaint; ``complaints.door`` alone moves one along."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django_fsm import FSMField, FSMModelMixin, transition


class Stage(models.TextChoices):
    RECEIVED = "RECEIVED", "Diterima"
    IN_HAND = "IN_HAND", "Ditangani"
    ANSWERED = "ANSWERED", "Dijawab"
    REOPENED = "REOPENED", "Dibuka kembali"
    CLOSED = "CLOSED", "Selesai"


OPEN = (Stage.RECEIVED, Stage.IN_HAND, Stage.REOPENED)
"""The office owes an answer."""
TONES = {Stage.ANSWERED: "good", Stage.CLOSED: "good", Stage.REOPENED: "due"}
"""Colours of the badge."""
LABELS = {
    "receive": "Pengaduan diterima",
    "take": "Ditangani petugas",
    "assign": "Diserahkan kepada petugas",
    "escalate": "Diteruskan kepada kepala kantor",
    "answer": "Dijawab",
    "reopen": "Pelapor menyatakan belum selesai",
    "close": "Pengaduan ditutup",
}
"""What happened, by the move."""


class ComplaintFlow(FSMModelMixin, models.Model):
    """The states, and what leads from one to the other."""

    state = FSMField("status", choices=Stage.choices, default=Stage.RECEIVED, protected=True)

    if TYPE_CHECKING:
        _default_manager: models.Manager[Any]

    class Meta:
        abstract = True

    @property
    def stage_label(self):
        return Stage(self.state).label

    @property
    def tone(self):
        return TONES.get(self.state, "")

    @property
    def is_open(self):
        return self.state in OPEN

    @transition("state", source=[Stage.RECEIVED, Stage.REOPENED], target=Stage.IN_HAND)
    def take(self):
        """An officer takes it into his hands."""

    @transition("state", source=list(OPEN), target=Stage.IN_HAND)
    def assign(self):
        """The head or the admin gives it to an officer."""

    @transition("state", source=Stage.IN_HAND, target=Stage.ANSWERED)
    def answer(self):
        """The answer goes out."""

    @transition("state", source=Stage.ANSWERED, target=Stage.REOPENED)
    def reopen(self):
        """Who complained says that it is not settled."""

    @transition("state", source=Stage.ANSWERED, target=Stage.CLOSED)
    def close(self):
        """Who complained is content, or said nothing for long."""
