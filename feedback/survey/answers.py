"""An answer: written once per invitation, and held apart from it."""

from __future__ import annotations

import re

from django.db import transaction

from feedback import quarters
from feedback.models import SurveyAnswer, SurveyInvitation

NUMBER = re.compile(r"\d(?:[ .\-]?\d){6,}")
ADDRESS = re.compile(r"\S+@\S+")
REMOVED = "[dihapus]"


@transaction.atomic
def give(invitation: SurveyInvitation, scores: dict[str, int], remark: str) -> bool:
    """Write an answer; False where this invitation has had one.

    The invitation is spent by one conditional UPDATE: of two clicks the database lets one through.
    Nothing else of the case is touched, and nothing written here bears a time.
    """
    if not _spend(invitation):
        return False
    application = invitation.application
    now = quarters.running(application.daerah)
    SurveyAnswer.objects.create(
        daerah=application.daerah, track=application.track, year=now.year, quarter=now.number,
        remark=without_numbers(remark), **scores,
    )  # fmt: skip
    return True


def _spend(invitation: SurveyInvitation) -> bool:
    return bool(SurveyInvitation.objects.filter(pk=invitation.pk, spent=None).update(spent=True))


def without_numbers(text: str) -> str:
    """Return the words without what would say whose they are: long numbers and mail addresses."""
    return ADDRESS.sub(REMOVED, NUMBER.sub(REMOVED, text)).strip()
