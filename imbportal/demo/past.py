"""A clock that the demo sets, so that its cases seem to have come in over the past weeks."""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from unittest import mock

TICK = datetime.timedelta(milliseconds=20)
"""Each look moves the clock on, so that rows of one step keep their order by time."""


class Clock:
    """Answers a moment (UTC, as Django's does) that is set from outside and never goes back."""

    def __init__(self, moment: datetime.datetime):
        self.moment = moment.astimezone(datetime.UTC)

    def set(self, moment: datetime.datetime) -> None:
        """Go to a moment; one that has passed already leaves the clock where it is."""
        self.moment = max(self.moment, moment.astimezone(datetime.UTC))

    def now(self) -> datetime.datetime:
        self.moment += TICK
        return self.moment


@contextmanager
def past(start: datetime.datetime) -> Iterator[Clock]:
    """Let ``timezone.now`` answer the yielded clock, in this process and inside this block.

    All code asks the time there, the automatic columns of the models too.
    """
    clock = Clock(start)
    with mock.patch("django.utils.timezone.now", clock.now):
        yield clock
