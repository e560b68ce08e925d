"""Late cases: the office is reminded before, its head told after, and what was promised is done."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts import contacts, postings
from applications import clock, effects, ports
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
        left = (application.due_at - clock.today(application)).days
        if left <= BEFORE:
            _tell(application, late=left < 0)


@transaction.atomic
def _tell(application: Application, *, late: bool) -> None:
    rules, link = application.rules, application.link
    waits = ports.money.pending_reliefs([application]).get(application.pk)
    task = waits.text if waits else link.label if link else ""
    if waits and waits.role != application.turn_role:
        for officer in _holders(application, waits.role):
            _send(application, officer, f"Permohonan {waits.kind} menunggu Anda", late)
    for officer in _holders(application, application.turn_role):
        _send(application, officer, task, late)
    if late and application.turn_role != rules.head:
        waits_for = f"{rules.role[application.turn_role].title}: {task}"
        for head in _holders(application, rules.head):
            _send(application, head, waits_for, late, by="email")


def _holders(application: Application, role: str) -> Any:
    return postings.holders(application.daerah, role, kecamatan=application.kecamatan)


def _send(application: Application, officer: Any, task: str, late: bool, by: str = "") -> None:
    """Send once for each turn, day and reader, however often this runs."""
    place = f"{application.state}{application.turn}:{application.due_at:%Y%m%d}"
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
            "by_when": indonesia.tanggal(application.due_at),
            "late": late,
        },
        daerah=application.daerah,
        case=application.pk,
        url=effects.office_url(application),
    )
