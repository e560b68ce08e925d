"""Days of the calendar that come near and are only estimated: the daerah's admins are told."""

import datetime

from django.db import transaction
from django.urls import reverse

from accounts import contacts, postings
from imbportal.daerah import calendar, estimates, registry
from imbportal.daerah.models import Holiday
from imbportal.daerah.schema import Daerah
from imbportal.indonesia import tanggal
from notifications import outbox, periodic

KIND, EVERY = "hari_perkiraan", 86_400
WARNED = (28, 7)
"""Days before an estimated one on which the admins are told, most first."""


def register() -> None:
    """Let worker and beat run this once a day."""
    periodic.register(KIND, EVERY, run)


def run() -> None:
    """Tell the admins of each daerah of the days that come near and are not settled there."""
    for slug in registry.slugs():
        today = calendar.today(slug)
        last = today + datetime.timedelta(days=WARNED[0])
        calendar.is_working(slug, last)  # puts a year that begins into the table
        for holiday in estimates.ahead(slug, today).filter(date__lte=last):
            _tell(registry.current(slug), holiday, (holiday.date - today).days)


@transaction.atomic
def _tell(rules: Daerah, holiday: Holiday, left: int) -> None:
    """Tell once for each day, date and warning; the head, where the daerah has no admin."""
    warned = min(days for days in WARNED if left <= days)
    readers = postings.holders(rules.slug, postings.ADMIN)
    if not readers.exists():
        readers = postings.holders(rules.slug, rules.head)
    outbox.send_each(
        [
            (
                f"{KIND}:{rules.slug}:{holiday.pk}:{holiday.date:%Y%m%d}:{warned}:{user.pk}",
                user,
                contacts.channels(user, "email"),
            )
            for user in readers
        ],
        template=KIND,
        context={
            "office": rules.office.name,
            "name": holiday.name,
            "day": tanggal(holiday.date),
            "left": left,
        },
        daerah=rules.slug,
        url=reverse("admin:daerah_holiday_changelist"),
    )
