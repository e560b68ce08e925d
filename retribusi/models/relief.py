"""Requests for relief from the fee, and for exemption."""

from django.db import models
from django_fsm import FSMField, FSMModelMixin, transition

from applications.models import Application
from documents.models import Paper
from retribusi.models.assessment import Assessment
from retribusi.models.request import Request


class Relief(FSMModelMixin, Request):
    """A request for relief or exemption in one case; ``relief`` alone moves it.

    At most one per case waits for its decision.
    """

    class State(models.TextChoices):
        ASKED = "diajukan", "Diajukan"
        FORWARDED = "diteruskan", "Diteruskan"
        GRANTED = "dikabulkan", "Dikabulkan"
        REFUSED = "ditolak", "Tidak dikabulkan"
        WITHDRAWN = "ditarik", "Ditarik kembali"
        ENDED = "gugur", "Gugur tanpa diputus"

    OPEN = (State.ASKED, State.FORWARDED)
    DECIDED = (State.GRANTED, State.REFUSED)

    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, related_name="reliefs", verbose_name="permohonan"
    )
    code = models.CharField("keringanan", max_length=40)
    state = FSMField("keadaan", choices=State.choices, default=State.ASKED, protected=True)
    words = models.TextField("keterangan pemohon", blank=True)
    documents = models.JSONField("lampiran")
    """What went with it, in the file's order: {label, version}, no version of the calculation."""
    assessment = models.ForeignKey(
        Assessment, on_delete=models.PROTECT, related_name="asked", verbose_name="perhitungan"
    )
    """The calculation on which it was asked."""
    outcome = models.ForeignKey(
        Assessment, null=True, on_delete=models.PROTECT, related_name="decided",
        verbose_name="perhitungan sesudah keputusan",
    )  # fmt: skip
    paper = models.OneToOneField(
        Paper, null=True, on_delete=models.PROTECT, related_name="relief", verbose_name="surat"
    )
    """The letter with the decision that stands."""

    class Meta:
        verbose_name = "keringanan retribusi"
        verbose_name_plural = "keringanan retribusi"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application"],
                condition=models.Q(state__in=["diajukan", "diteruskan"]),
                name="one_open_relief",
            ),
        ]
        indexes = [
            models.Index(
                fields=["holder", "since"],
                condition=~models.Q(holder=""),
                name="relief_waits",
            ),
        ]

    def __str__(self):
        return f"{self.code} {self.get_state_display().lower()}"

    @transition("state", source=State.ASKED, target=State.FORWARDED)
    def forward(self):
        pass

    @transition("state", source=[*OPEN, State.REFUSED], target=State.GRANTED)
    def grant(self):
        pass

    @transition("state", source=[*OPEN, State.GRANTED], target=State.REFUSED)
    def refuse(self):
        pass

    @transition("state", source=list(OPEN), target=State.WITHDRAWN)
    def withdraw(self):
        pass

    @transition("state", source=list(OPEN), target=State.ENDED)
    def end(self):
        pass
