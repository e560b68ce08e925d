"""How many hands of a machine may talk to the outside at once, so that one is left for the rest.

A gateway that hangs for everybody holds only the hands of its own lane: e-mail, SMS and the work
inside (papers, pictures, scans) do not wait for each other. The locks are files: the system lets go
of them when a worker is killed.
"""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings

SMS = "sms"


def slots(lane: str) -> list[int]:
    """Return the hands that a lane may take: of four, three go outside and two by one lane.

    SMS takes them from the left and e-mail from the right.
    """
    outside = max(1, settings.WORKER_CONCURRENCY - 1)
    most = -(-2 * outside // 3)
    hands = list(range(outside))
    return hands[:most] if lane == SMS else hands[::-1][:most]


@contextmanager
def hold(lane: str) -> Iterator[bool]:
    """Give a hand of the lane for this block; False where all are taken. No lane has no limit."""
    if not lane or not settings.JOBS_LANES:
        yield True
        return
    folder = settings.DATA_DIR / "jalur"
    folder.mkdir(parents=True, exist_ok=True)
    for slot in slots(lane):
        with (folder / str(slot)).open("w") as file:  # one description each: threads exclude too
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                continue
            yield True
            return
    yield False
