"""What the calendar does with complaints: a reminder, the way to the head, and the quiet end."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from applications.refusals import Refusal
from feedback.complaints import door, news, terms
from feedback.models import Complaint
from feedback.models.complaint_flow import OPEN, Stage
from imbportal.daerah import calendar
from imbportal.indonesia import tanggal

KIND, EVERY = "tenggat_pengaduan", 3600
BEFORE = 1
"""Days before the last one on which who has it in hand is reminded."""
TASK = "Jawab pengaduan ini sebelum batasnya lewat."


def run() -> None:
    """Remind of terms that end, bring late ones before the head, close what stayed quiet."""
    soon = timezone.now().date() + datetime.timedelta(days=BEFORE + 1)
    near = Complaint.objects.filter(state__in=OPEN, due_at__lte=soon)
    for complaint in near.select_related("case", "handler"):
        left = (complaint.due_at - calendar.today(complaint.daerah)).days
        if left < 0 and complaint.escalated_at is None:
            text = f"Batas jawaban {tanggal(complaint.due_at)} sudah lewat."
            _by_itself(door.escalate, complaint, text)
        elif 0 <= left <= BEFORE:
            _remind(complaint)
    quiet = timezone.now() - datetime.timedelta(days=terms.QUIET_DAYS)
    for complaint in Complaint.objects.filter(state=Stage.ANSWERED, moved_at__lt=quiet):
        if calendar.today(complaint.daerah) > terms.closes_on(complaint):
            _by_itself(door.close, complaint)


def _by_itself(move: Any, complaint: Complaint, *args: str) -> None:
    try:
        move(complaint.pk, *args, by=User.objects.sistem(), version=complaint.version)
    except Refusal:  # somebody was faster; the next look sees how it stands
        return


@transaction.atomic
def _remind(complaint: Complaint) -> None:
    to = [complaint.handler] if complaint.handler else None
    what = f"dekat:{complaint.due_at:%Y%m%d}"
    news.office(complaint, what, "Batas jawaban mendekat", TASK, to=to)
