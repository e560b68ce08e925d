"""Waking Celery. A lost ring costs ten seconds at most: the sweep rings again."""

import logging
import time

from django.conf import settings

logger = logging.getLogger(__name__)

QUIET = 30
"""Seconds without ringing after the broker did not answer, so that no request waits for it."""
_quiet_until = 0.0


def ring(job_id: int, *, expires: int | None = None) -> bool:
    """Tell Celery about a job; return False where there is none or it does not answer.

    Called after commit, inside somebody's request: whatever the broker does must not break it.
    """
    global _quiet_until
    if not settings.REDIS_URL or time.monotonic() < _quiet_until:
        return False
    from notifications.tasks import run_job

    try:
        run_job.apply_async((job_id,), expires=expires)
    except Exception as error:  # noqa: BLE001 - kombu, redis and socket errors share no base
        _quiet_until = time.monotonic() + QUIET
        logger.warning("broker does not answer: %s", type(error).__name__)
        return False
    return True
