"""What the calendar does by itself: reminders before an end, and lapse where the file sets it."""

import datetime
import logging

from django.db import transaction

from accounts import contacts
from accounts.models import User
from applications import clock, ports, services
from applications.models import Application
from applications.refusals import Refusal
from applications.telling import NEXT
from imbportal import indonesia
from notifications import outbox, periodic

log = logging.getLogger(__name__)


def register():
    """Let worker and beat run this once an hour."""
    periodic.register("tenggat_pemohon", 3600, run)


def run():
    """Remind applicants whose limit comes near, and let lapse what has passed it."""
    waiting = Application.objects.filter(
        state__in=["KRK_INCOMPLETE", "KRK_ISSUED", "INCOMPLETE", "REVISION", "AWAITING_PAYMENT"]
    )
    for application in waiting.iterator(chunk_size=200):
        end = clock.lapse_end(application)
        if end is not None:
            _one(application, end)


def _one(application: Application, end: datetime.date):
    left = (end - clock.today(application)).days
    rule = next(item for item in application.rules.lapse if item.state == application.state)
    if left < 0:
        try:
            services.perform("lapse", application, by=User.objects.sistem())
        except Refusal as refusal:
            log.info("lapse of %s refused: %s", application.pk, refusal)
    elif ports.money.reminds(application):
        return  # of its bill, whose due date comes first
    elif any(left <= days for days in rule.remind):
        _remind(application, end, min(days for days in rule.remind if left <= days))


@transaction.atomic
def _remind(application: Application, end: datetime.date, days: int):
    outbox.send(
        template="pengingat",
        key=f"pengingat:{application.pk}:{application.entered_at:%Y%m%d%H%M%S}:{days}",
        user=application.applicant,
        channels=contacts.channels(application.applicant, "email/sms"),
        context={
            "permit": application.rules.service.permit,
            "number": application.number,
            "place": application.address,
            "next": NEXT.get(application.state, ""),
            "by_when": indonesia.tanggal(end),
            "days": (end - clock.today(application)).days,
            "office": application.rules.office.name,
            "url": application.get_absolute_url(),
        },
        daerah=application.daerah,
        case=application.pk,
        url=application.get_absolute_url(),
    )
