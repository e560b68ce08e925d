"""Who is asked: one invitation per case, by the address where the applicant gets his news."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.urls import reverse

from accounts import contacts
from applications import rules
from applications.models import Application, Event
from feedback.models import SurveyInvitation
from feedback.survey.paper import sheet
from imbportal.daerah import calendar
from imbportal.indonesia import tanggal
from notifications import outbox

__all__ = ["asked", "invite", "sheet", "url"]
SERVED = frozenset({"COLLECTED", "REJECTED"})
"""States in which the office has delivered: the permit by hand, the refusal by its letter."""
OPEN = datetime.timedelta(days=60)
"""How long an invitation can be answered: a policy of the portal (docs/decisions)."""


def invite(event: Event, application: Application) -> None:
    """Ask the applicant of a case that has just been delivered, unless he has answered before.

    Belongs in the transaction of the move. A case that was reopened after its refusal is asked
    again at its end, with the same address, where nobody has answered meanwhile. An agent whose
    letter of attorney has ended is not asked: he may not look at the case any more.
    """
    if event.source == application.state or application.state not in SERVED:
        return
    if not rules.acts(application):
        return
    today = calendar.today(application.daerah)
    invitation, _ = SurveyInvitation.objects.get_or_create(
        application=application, defaults={"invited_on": today, "open_until": today + OPEN}
    )
    if invitation.spent:
        return
    invitation.open_until = today + OPEN
    invitation.save(update_fields=["open_until"])
    _tell(invitation, event, application)


def _tell(invitation: SurveyInvitation, event: Event, application: Application) -> None:
    user, service = application.applicant, application.rules.service
    outbox.send(
        template="survei",
        key=f"survei-{application.pk}-{event.seq}",
        user=user,
        channels=contacts.channels(user, "email/sms"),
        context={
            "permit": service.permit,
            "number": application.number,
            "office": application.rules.office.name,
            "page": settings.SITE_URL + url(invitation),
            "until": tanggal(invitation.open_until),
        },
        daerah=application.daerah,
        case=application.pk,
        url=application.get_absolute_url(),
    )


def url(invitation: SurveyInvitation) -> str:
    return reverse("survey:answer", args=[invitation.token])


def asked(cases: Iterable[Application]) -> dict[Any, str]:
    """Return by case (id) the address of its questionnaire, where an answer is still waited for.

    For the applicant alone: who has the address can answer.
    """
    served = {case.pk: case for case in cases if case.state in SERVED and not case.by_counter}
    found = SurveyInvitation.objects.filter(application__in=served, spent=None) if served else ()
    return {
        one.application_id: url(one)
        for one in found
        if one.open_until >= calendar.today(served[one.application_id].daerah)
    }
