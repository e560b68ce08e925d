"""The virus scan by clamd, asked over its socket; without an answer a file stays in quarantine."""

import logging
import socket
import threading
import time
from collections.abc import Callable
from typing import Any

from clamav_client.clamd import ClamdError, ClamdNetworkSocket, ClamdUnixSocket
from django.conf import settings
from django.db import models

logger = logging.getLogger(__name__)


class Scan(models.TextChoices):
    """What the scan said of a file."""

    CLEAN = "bersih", "Bersih"
    WAITING = "karantina", "Sedang dipindai"
    INFECTED = "berbahaya", "Berbahaya"


CLEAN, WAITING, INFECTED = Scan.values
NO_ANSWER = WAITING
"""What a file is for which no scanner spoke. A test sets ``bersih`` to see what that would do."""
WHILE_WAITING = 1.0
"""Seconds for which a page waits for clamd, the whole talk; the job that scans again has longer."""
SULKING = 10.0
"""Seconds for which no page asks again after clamd let one wait: a form may bring two files."""
PATIENCE = 30.0
GREETING = 5.0
"""Seconds for clamd to say that it is there."""


_silent_until = 0.0


class _UnixSocket(ClamdUnixSocket):
    """The library connects before it sets the time-out: a full queue would hold it for ever."""

    def _init_socket(self):
        self.clamd_socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.clamd_socket.settimeout(self.timeout)
        self.clamd_socket.connect(self.unix_socket)


def scan(path, *, timeout: float = PATIENCE) -> str:
    """Return bersih, berbahaya, or karantina where no scanner answers in time (seconds)."""
    if not settings.CLAMD:
        return CLEAN
    try:
        with open(path, "rb") as file:
            results = _within(timeout, lambda clamd: clamd.instream(file))
    except (ClamdError, OSError) as error:
        logger.warning("clamd gave no verdict: %s", error)
        return NO_ANSWER
    status = results.get("stream", ("ERROR", None))[0]
    return {"OK": CLEAN, "FOUND": INFECTED}.get(status, NO_ANSWER)


def scan_for_page(path) -> str:
    """Scan as long as a reader can wait for his page; not at all just after clamd kept silent."""
    global _silent_until
    start = time.monotonic()
    if start < _silent_until:
        return NO_ANSWER
    verdict = scan(path, timeout=WHILE_WAITING)
    if verdict == NO_ANSWER and time.monotonic() - start >= WHILE_WAITING:
        _silent_until = time.monotonic() + SULKING
    return verdict


def answers() -> bool:
    """Return whether clamd is there, or none is wanted."""
    if not settings.CLAMD:
        return True
    try:
        return _within(GREETING, lambda clamd: clamd.ping()).strip() == "PONG"
    except (ClamdError, OSError):
        return False


def _within(seconds: float, ask: Callable[[Any], Any]) -> Any:
    """Ask clamd, and hang up after so many seconds: its own time-out only counts silence."""
    clamd = _client(seconds)
    alarm = threading.Timer(seconds, _hang_up, [clamd])
    alarm.daemon = True
    alarm.start()
    try:
        return ask(clamd)
    finally:
        alarm.cancel()


def _hang_up(clamd) -> None:
    try:
        clamd.clamd_socket.shutdown(socket.SHUT_RDWR)
    except (AttributeError, OSError):
        return  # not connected yet, or closed already


def _client(timeout):
    address = settings.CLAMD
    if address.startswith("unix:"):
        return _UnixSocket(path=address.removeprefix("unix:"), timeout=timeout)
    host, _, port = address.rpartition(":")
    return ClamdNetworkSocket(host=host, port=int(port), timeout=timeout)
