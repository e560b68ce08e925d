"""Late cases: the office is reminded before, its head told after, and what was promised is done."""

from __future__ import annotations

import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts import contacts, postings
from applications import clock, handing, ports, telling
from applications.models import Application
from imbportal import indonesia
from notifications import outbox, periodic

KIND, EVERY = "tenggat_kantor", 3600
BEFORE = 1
"""Days before the last one on which who is on turn is reminded."""


def register() -> None:
    """Let worker and beat run this once an hour."""
    periodic.register(KIND, EVERY, run)


def run() -> None:
    """Tell whose turn it is of a deadline that comes, and the head of each that has passed."""
    soon = timezone.now().date() + datetime.timedelta(days=BEFORE + 1)
    near = Application.objects.exclude(turn_role="").filter(due_at__lte=soon)
    for application in near.iterator(chunk_size=200):
        today = clock.today(application)
        for end in sorted({item.end for item in clock.running(application)}):
            left = (end - today).days
            if left <= BEFORE:
                _tell(application, end, late=left < 0)


@transaction.atomic
def _tell(application: Application, end: datetime.date, *, late: bool) -> None:
    """Tell who has it of one of its deadlines, and once that has passed the head, by e-mail."""
    rules, role = application.rules, application.turn_role
    waits = ports.money.pending_reliefs([application]).get(application.pk)
    task = waits.text if waits else handing.task(application)
    send = partial(_send, application, end, late)
    if waits and waits.role != role:
        for officer in _holders(application, waits.role):
            send(officer, f"Permohonan {waits.kind} menunggu Anda")
    for officer in _holders(application, role):
        send(officer, task, by="email" if late and role == rules.head else "")
    if late and role != rules.head:
        for head in _holders(application, rules.head):
            send(head, f"{rules.role[role].title}: {task}", by="email")


def _holders(application: Application, role: str) -> Any:
    return postings.holders(application.daerah, role, kecamatan=application.kecamatan)


def _send(
    application: Application, end: datetime.date, late: bool, officer: Any, task: str, by: str = ""
) -> None:
    """Send once for each turn, deadline and reader, however often this runs."""
    place = f"{application.state}{application.turn}:{end:%Y%m%d}"
    outbox.send(
        template=KIND,
        key=f"{KIND}:{application.pk}:{place}:{'lewat' if late else 'dekat'}:{officer.pk}",
        user=officer,
        channels=contacts.channels(officer, by) if by else [],
        context={
            "permit": application.rules.service.permit,
            "number": application.number,
            "place": application.address,
            "task": task,
            "by_when": indonesia.tanggal(end),
            "late": late,
        },
        daerah=application.daerah,
        case=application.pk,
        url=telling.office_url(application),
    )
