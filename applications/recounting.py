"""Deadlines after the calendar was corrected: counted anew for every case that an office has."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save, pre_save

from applications import clock
from applications.models import Application
from imbportal.daerah import calendar
from imbportal.daerah.models import Holiday
from notifications import jobs

KIND = "hitung_tenggat"
EVERYWHERE = ""
"""Place of a day that counts in every daerah."""


def register() -> None:
    """Let the worker count anew whenever a day of the calendar is added, changed or taken away."""
    jobs.register(KIND, again)
    pre_save.connect(_before, sender=Holiday, dispatch_uid=f"{KIND}:sebelum")
    post_save.connect(_after, sender=Holiday, dispatch_uid=f"{KIND}:simpan")
    post_delete.connect(_after, sender=Holiday, dispatch_uid=f"{KIND}:hapus")


def _before(sender: Any, instance: Holiday, **more: Any) -> None:
    """Wish it for the daerah from which a day is taken to another."""
    slug = Holiday.objects.filter(pk=instance.pk).values_list("slug", flat=True).first()
    if slug is not None and slug != instance.slug:
        _wish(slug)


def _after(sender: Any, instance: Holiday, **more: Any) -> None:
    _wish(instance.slug)


def _wish(slug: str) -> None:
    jobs.enqueue(KIND, key=f"{KIND}:{uuid.uuid4().hex}", ref=slug)


def again(slug: str) -> int:
    """Count the deadlines of a daerah's cases anew; return how many moved.

    An empty slug stands for all. Each case is locked: a move that read the calendar before ends
    first, and is put right.
    """
    cases = Application.objects.exclude(turn_role="")
    if slug != EVERYWHERE:
        cases = cases.filter(daerah=slug)
    with calendar.read_once():
        return sum(_recount(pk) for pk in list(cases.values_list("pk", flat=True)))


@transaction.atomic
def _recount(pk: Any) -> bool:
    case = Application.objects.select_for_update().get(pk=pk)
    end = clock.due(case)
    if case.due_at == end:
        return False
    Application.objects.filter(pk=pk).update(due_at=end)
    return True
