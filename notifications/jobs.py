"""The queue of work: rows claimed by lease, retried with back-off, swept when a worker dies.

The table is the truth. Celery is only a bell that wakes a worker early; everything here works
without it, on SQLite and on PostgreSQL, because each step is one conditional UPDATE.
"""

import logging
import random
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from django.conf import settings
from django.db import transaction
from django.db.models import Case, F, QuerySet, Value, When
from django.utils import timezone

from notifications import bell, lanes
from notifications.models import Job

logger = logging.getLogger(__name__)

TRIES = 48
FIRST_PAUSE, LONGEST_PAUSE = 30, 300
"""Seconds; 48 tries then take just under four hours."""
FORGOTTEN = timedelta(minutes=10)
STOPPING = (KeyboardInterrupt, SystemExit, GeneratorExit)


class GiveUp(Exception):
    """No further try can succeed: the job fails at once."""


@dataclass(frozen=True)
class Kind:
    """How one kind of job is done."""

    handler: Callable[[str], object]
    failed: Callable[[str], object]
    tries: int
    urgent: bool


def _unknown(ref: str) -> None:
    raise LookupError("no handler for this kind of job in this release")


def _nothing(ref: str) -> None:
    """Most kinds have nothing to add when a job fails for good."""


UNKNOWN = Kind(_unknown, _nothing, TRIES, urgent=False)
KINDS: dict[str, Kind] = {}


def register(kind, handler, *, failed=_nothing, tries=TRIES, urgent=False) -> None:
    """Let ``handler(ref)`` do the jobs of a kind; it may run twice for the same ``ref``.

    ``failed(ref)`` runs once after the last try; ``urgent`` kinds go before the others.
    """
    KINDS[kind] = Kind(handler, failed, tries, urgent)


def enqueue(kind: str, key: str, ref: str, *, due_at=None, lane: str = "") -> Job:
    """Write the wish for some work in the caller's transaction; a repeated key is absorbed.

    ``lane`` names the way outside that the work takes: no way may hold every hand.
    """
    defaults = {"kind": kind, "ref": str(ref), "due_at": due_at or timezone.now(), "lane": lane}
    job, created = Job.objects.get_or_create(key=key, defaults=defaults)
    if created and due_at is None:
        transaction.on_commit(partial(bell.ring, job.pk))
    return job


def due(limit: int = 10) -> list[int]:
    """Return ids of jobs to do now: urgent kinds first, then those that never failed."""
    return [job_id for job_id, _ in _due(limit, set())]


def _due(limit: int, full: set[str]) -> list[tuple[int, str]]:
    """Return ids and lanes of jobs to do now, but for lanes that are full."""
    urgent = [name for name, kind in KINDS.items() if kind.urgent]
    rank = Case(When(kind__in=urgent, then=Value(0)), default=Value(1))
    waiting = Job.objects.filter(status=Job.Status.PENDING, due_at__lte=timezone.now())
    if full:
        waiting = waiting.exclude(lane__in=full)
    return list(waiting.order_by(rank, "attempts", "due_at").values_list("pk", "lane")[:limit])


def claim(job_id: int) -> Job | None:
    """Take the job if it is due and nobody has it; None otherwise."""
    now = timezone.now()
    taken = Job.objects.filter(pk=job_id, status=Job.Status.PENDING, due_at__lte=now).update(
        status=Job.Status.RUNNING,
        lease=uuid.uuid4(),
        leased_until=now + timedelta(seconds=settings.JOBS_LEASE),
        attempts=F("attempts") + 1,
    )
    return Job.objects.get(pk=job_id) if taken else None


def run(job_id: int) -> bool:
    """Claim the job and try it once; return whether it was ours to try.

    Where its lane is full the job waits: whoever polls comes to it.
    """
    lane = Job.objects.filter(pk=job_id).values_list("lane", flat=True).first()
    with lanes.hold(lane or "") as free:
        return free and _run(job_id)


def _run(job_id: int) -> bool:
    job = claim(job_id)
    if job is None:
        return False
    kind = KINDS.get(job.kind, UNKNOWN)
    try:
        if job.attempts > kind.tries:
            raise GiveUp("the worker died at each try")
        kind.handler(job.ref)
    except STOPPING:
        raise
    except GiveUp as error:
        _fail(job, kind, error)
    except BaseException as error:  # noqa: BLE001 - WeasyPrint's fatal errors are no Exception
        _retry(job, kind, error)
    else:
        _close(job, status=Job.Status.DONE, done_at=timezone.now(), error="")
    return True


def run_one() -> bool:
    """Do the first due job that can be claimed; return whether there was one."""
    full: set[str] = set()
    while True:
        before = len(full)
        for job_id, lane in _due(10, full):
            if lane in full:
                continue
            with lanes.hold(lane) as free:
                if free and _run(job_id):
                    return True
            full |= set() if free else {lane}
        if len(full) == before:
            return False


def _close(job: Job, **values) -> bool:
    """End our lease with these values; False if it was swept and is another's by now."""
    ours = Job.objects.filter(pk=job.pk, lease=job.lease, status=Job.Status.RUNNING)
    closed = bool(ours.update(lease=None, leased_until=None, **values))
    if not closed:
        logger.warning("job %s (%s) outlived its lease", job.pk, job.kind)
    return closed


def _retry(job: Job, kind: Kind, error: BaseException) -> None:
    if job.attempts >= kind.tries:
        return _fail(job, kind, error)
    logger.warning("job %s (%s) try %s: %s", job.pk, job.kind, job.attempts, type(error).__name__)
    due_at = timezone.now() + pause(job.attempts)
    _close(job, status=Job.Status.PENDING, due_at=due_at, error=_words(error))


@transaction.atomic
def _fail(job: Job, kind: Kind, error: BaseException) -> None:
    logger.error("job %s (%s) failed for good: %s", job.pk, job.kind, type(error).__name__)
    if _close(job, status=Job.Status.FAILED, error=_words(error)):
        kind.failed(job.ref)


def _words(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}"[:1000]


def pause(attempts: int) -> timedelta:
    """Return how long to wait after this many tries: doubling, with a fifth of jitter."""
    seconds = min(FIRST_PAUSE * 2 ** (attempts - 1), LONGEST_PAUSE)
    return timedelta(seconds=seconds * random.uniform(0.8, 1.2))  # noqa: S311 - no secret


def sweep() -> int:
    """Give back the jobs whose worker died; return how many."""
    dead = Job.objects.filter(status=Job.Status.RUNNING, leased_until__lt=timezone.now())
    if not settings.JOBS_SWEEP or not dead.exists():  # the look spares SQLite its write lock
        return 0
    return dead.update(
        status=Job.Status.PENDING, lease=None, leased_until=None, due_at=timezone.now()
    )


def stale() -> QuerySet[Job]:
    """Return open jobs that were due over ten minutes ago: none, while a worker runs."""
    opened = [Job.Status.PENDING, Job.Status.RUNNING]
    return Job.objects.filter(status__in=opened, due_at__lt=timezone.now() - FORGOTTEN)


def again(jobs: QuerySet[Job]) -> int:
    """Let failed jobs start anew, with all their tries; return how many."""
    failed = jobs.filter(status=Job.Status.FAILED)
    return failed.update(
        status=Job.Status.PENDING, attempts=0, due_at=timezone.now(), error="", done_at=None
    )
