"""Waking Celery. A lost ring costs ten seconds at most: the sweep calls again."""

import logging
import time

from django.conf import settings

logger = logging.getLogger(__name__)

QUIET = 30
"""Seconds without ringing after the broker did not answer, so that no request waits for it."""
_quiet_until = 0.0


def ring(job_id: int) -> bool:
    """Tell Celery about a job; return False where there is none or it does not answer.

    Called after commit, inside somebody's request: whatever the broker does must not break it.
    """
    from notifications.tasks import run_job

    return _send(run_job, job_id)


def call() -> bool:
    """Call a worker to do what is due; a call that nobody hears until the next one is dropped."""
    from notifications.tasks import work

    return _send(work, expires=settings.JOBS_BEAT)


def _send(task, *arguments, **options) -> bool:
    global _quiet_until
    if not settings.REDIS_URL or time.monotonic() < _quiet_until:
        return False
    try:
        task.apply_async(arguments, **options)
    except Exception as error:  # noqa: BLE001 - kombu, redis and socket errors share no base
        _quiet_until = time.monotonic() + QUIET
        logger.warning("broker does not answer: %s", type(error).__name__)
        return False
    return True
