"""Work that comes back: each run is a job named after its time slot, so two beats make one run.

A slot missed while everything was down is not made up for: functions look at the state of things
(what is overdue, who was not yet reminded), so the next run catches up.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import NamedTuple

from django.utils import timezone

from notifications import jobs
from notifications.models import Job

KIND = "berkala"
KEPT = timedelta(days=7)
DAY = 86_400


class Periodic(NamedTuple):
    every: int
    function: Callable[[], object]


TASKS: dict[str, Periodic] = {}


def register(name: str, every_seconds: int, function: Callable[[], object]) -> None:
    """Run ``function()`` once in every slot of so many seconds.

    Slots count from 1970 in UTC: a daily slot begins at 07.00 WIB.
    """
    TASKS[name] = Periodic(every_seconds, function)


def tick() -> None:
    """Open the job of the present slot of every task; repeats are absorbed."""
    now = int(timezone.now().timestamp())
    for name, task in TASKS.items():
        jobs.enqueue(KIND, f"{KIND}:{name}:{now // task.every}", name)


def perform(name: str) -> None:
    """Run one task now."""
    TASKS[name].function()


def tidy() -> None:
    """Remove the rows of slots that ran over a week ago."""
    old = timezone.now() - KEPT
    Job.objects.filter(kind=KIND, status=Job.Status.DONE, done_at__lt=old).delete()
