"""The survey of satisfaction: who was asked, what was answered, what was published of it.

An answer belongs to no case and no person, and bears no time but its quarter. That somebody has
answered stands at the invitation, without a time either. Both lie in tables that no page of the
officers and no page of Django's admin lists.
"""

import secrets
import uuid

from django.db import models
from django.db.models import Q

from applications.models import Application
from feedback.quarters import Quarter
from feedback.survey.index import LEAST, MOST

COLUMNS = ("u1", "u2", "u3", "u4", "u5", "u6", "u7", "u8", "u9")


def new_token() -> str:
    """Return 128 bits for the address of a questionnaire."""
    return secrets.token_urlsafe(16)


def score(label):
    return models.PositiveSmallIntegerField(label)


class SurveyInvitation(models.Model):
    """One case whose applicant is asked, once, how he was served."""

    application = models.OneToOneField(
        Application, on_delete=models.PROTECT, related_name="survey_invitation"
    )
    token = models.CharField(max_length=22, unique=True, default=new_token)
    invited_on = models.DateField()
    """Day in the daerah, of the first invitation."""
    open_until = models.DateField()
    """Last day on which an answer is taken."""
    spent = models.BooleanField(null=True)
    """True from the answer on, null before: the database lets it change once (a trigger)."""

    class Meta:
        verbose_name = "undangan survei"
        verbose_name_plural = "undangan survei"

    def __str__(self):
        return f"undangan survei {self.application}"


class SurveyAnswer(models.Model):
    """Nine answers of somebody; append-only by trigger but for the words, which may be erased."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    """Random: a number would say who came before whom."""
    daerah = models.CharField(max_length=40)
    track = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    quarter = models.PositiveSmallIntegerField()
    u1 = score("persyaratan")
    u2 = score("prosedur")
    u3 = score("waktu pelayanan")
    u4 = score("biaya")
    u5 = score("produk layanan")
    u6 = score("kompetensi petugas")
    u7 = score("perilaku petugas")
    u8 = score("penanganan pengaduan")
    u9 = score("sarana dan prasarana")
    remark = models.TextField("saran", blank=True)

    class Meta:
        verbose_name = "jawaban survei"
        verbose_name_plural = "jawaban survei"
        indexes = [models.Index(fields=["daerah", "year", "quarter"], name="answers_of_quarter")]
        constraints = [
            models.CheckConstraint(
                condition=Q(**{f"{name}__gte": LEAST for name in COLUMNS})
                & Q(**{f"{name}__lte": MOST for name in COLUMNS}),
                name="answers_on_the_scale",
            ),
            models.CheckConstraint(
                condition=Q(quarter__gte=1, quarter__lte=4), name="answer_has_a_quarter"
            ),
        ]

    def __str__(self):
        return f"jawaban survei {self.daerah} {self.year}-{self.quarter}"


class SurveyQuarter(models.Model):
    """What was published of a quarter that is over; append-only by trigger."""

    daerah = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    quarter = models.PositiveSmallIntegerField()
    invited = models.PositiveIntegerField()
    respondents = models.PositiveIntegerField()
    minimum = models.PositiveSmallIntegerField()
    """Answers that there had to be, as the policy was on the day of closing."""
    index = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    """Null where there were too few answers; then nothing below is told either."""
    grade = models.CharField(max_length=1, blank=True)
    word = models.CharField(max_length=20, blank=True)
    elements = models.JSONField(default=list)
    """Per element: code, name, sum of the answers, mean, value, grade, word; figures as text."""
    tracks = models.JSONField(default=list)
    """Per track that has enough answers: code, respondents, index, grade, word."""
    closed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "hasil survei"
        verbose_name_plural = "hasil survei"
        ordering = ["daerah", "-year", "-quarter"]
        constraints = [
            models.UniqueConstraint(
                fields=["daerah", "year", "quarter"], name="one_result_per_quarter"
            )
        ]

    def __str__(self):
        return f"{self.of.label} {self.daerah}"

    @property
    def of(self) -> Quarter:
        return Quarter(self.year, self.quarter)

    @property
    def enough(self) -> bool:
        return self.index is not None
