"""What must always hold of the survey; found by ``manage.py periksa_invarian``."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count, Exists, OuterRef

from applications.models import Event
from feedback.models import SurveyAnswer, SurveyInvitation, SurveyQuarter
from feedback.survey import results
from feedback.survey.invitations import SERVED
from imbportal.invariants import Fault

CHECK = "survei"


def answers() -> Iterator[Fault]:
    """Find invitations of cases that were never delivered, and answers beyond what was asked."""
    delivered = Event.objects.filter(application=OuterRef("application"), target__in=SERVED)
    for invitation in SurveyInvitation.objects.exclude(Exists(delivered)):
        yield Fault(CHECK, invitation.application_id, "diundang sebelum dilayani")
    spent = _by_daerah(SurveyInvitation.objects.filter(spent=True), "application__daerah")
    given = _by_daerah(SurveyAnswer.objects.all(), "daerah")
    for slug in sorted(spent.keys() | given.keys()):
        if spent.get(slug, 0) != given.get(slug, 0):
            text = f"{given.get(slug, 0)} jawaban dari {spent.get(slug, 0)} undangan terpakai"
            yield Fault(CHECK, None, f"{slug}: {text}")


def _by_daerah(rows, name: str) -> dict[str, int]:
    return dict(rows.order_by().values_list(name).annotate(count=Count("pk")))


def closed() -> Iterator[Fault]:
    """Find published results that are not what their answers come to."""
    for result in SurveyQuarter.objects.order_by("pk"):
        found = results.of(result.daerah, result.of, result.minimum)
        unlike = [name for name, value in found.items() if getattr(result, name) != value]
        if unlike:
            yield Fault(CHECK, None, f"{result}: {', '.join(unlike)} berbeda dari hitung ulang")


CHECKS = (answers, closed)
