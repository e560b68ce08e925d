"""The worker without Redis: threads that poll the table of jobs."""

import logging
import threading
import time

from django.db import close_old_connections, connections

from notifications import jobs, periodic

logger = logging.getLogger(__name__)

POLL = 0.5
BEAT = 2
"""Seconds between two looks at dead workers and periodic jobs."""
GRACE = 20
"""Seconds that a thread has to finish at the end; what it leaves is swept later."""


class Worker:
    """So many threads doing jobs until ``stop`` is set."""

    def __init__(self, threads: int):
        self.stop = threading.Event()
        self.threads = [
            threading.Thread(target=self._work, name=f"pekerja-{n + 1}", daemon=True)
            for n in range(threads)
        ]

    def run(self) -> None:
        """Work until stopped; the calling thread sweeps and opens periodic jobs."""
        for thread in self.threads:
            thread.start()
        while not self.stop.is_set():
            _guarded(beat)
            self.stop.wait(BEAT)
        end = time.monotonic() + GRACE
        for thread in self.threads:
            thread.join(max(0, end - time.monotonic()))
        connections.close_all()

    def _work(self) -> None:
        while not self.stop.is_set():
            if not _guarded(jobs.run_one):
                self.stop.wait(POLL)
        connections.close_all()


def beat() -> None:
    """Do what Celery's beat does where there is one."""
    jobs.sweep()
    periodic.tick()


def _guarded(function):
    """Call it; a database that is away or locked must not end the thread."""
    try:
        close_old_connections()
        return function()
    except Exception:  # noqa: BLE001 - logged, and tried again at the next poll
        logger.exception("worker could not go on; trying again")
        connections.close_all()
        return None
