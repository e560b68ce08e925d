"""A whole talk over the network has an end, however slowly the other side answers.

Time-outs of a socket count from step to step; a job's lease counts the whole. Past its end a talk
is cut, so that nobody goes on with what another worker has begun anew.
"""

from __future__ import annotations

import socket
import threading
import time
from contextlib import suppress
from types import TracebackType

from django.conf import settings


def seconds() -> float:
    """Return how long a talk may take: well within the lease of its job."""
    return settings.JOBS_LEASE * 3 / 4


class Deadline:
    """Cuts every socket that was handed to ``watch`` once the time is over."""

    def __init__(self) -> None:
        self.end = time.monotonic() + seconds()
        self._sockets: list[socket.socket] = []
        self._timer = threading.Timer(seconds(), self._cut)
        self._timer.daemon = True

    def __enter__(self) -> Deadline:
        self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        self._timer.cancel()
        for copy in self._sockets:
            copy.close()

    def left(self, most: float) -> float:
        """Return the seconds for the next step, at most so many. Raises TimeoutError."""
        rest = self.end - time.monotonic()
        if rest <= 0:
            raise TimeoutError("the talk took too long")
        return min(most, rest)

    def watch(self, plain: socket.socket) -> None:
        """Cut this connection too, also after it was wrapped by TLS."""
        self.left(0)
        self._sockets.append(plain.dup())

    def _cut(self) -> None:
        for copy in self._sockets:
            with suppress(OSError):
                copy.shutdown(socket.SHUT_RDWR)
