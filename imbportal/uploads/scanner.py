"""The virus scan by clamd, asked over its socket; without an answer a file stays in quarantine."""

from clamav_client.clamd import ClamdError, ClamdNetworkSocket, ClamdUnixSocket
from django.conf import settings

CLEAN, WAITING, INFECTED = "bersih", "karantina", "berbahaya"
WHILE_WAITING = 1.0
"""Seconds that an upload waits for each answer of clamd; the job that scans again has longer."""


def scan(path, *, timeout: float = 60.0) -> str:
    """Return bersih, berbahaya, or karantina where no scanner answers in time (seconds)."""
    if not settings.CLAMD:
        return CLEAN
    try:
        with open(path, "rb") as file:
            results = _client(timeout).instream(file)
    except (ClamdError, OSError):
        return WAITING
    status = results.get("stream", ("ERROR", None))[0]
    return {"OK": CLEAN, "FOUND": INFECTED}.get(status, WAITING)


def _client(timeout):
    address = settings.CLAMD
    if address.startswith("unix:"):
        return ClamdUnixSocket(path=address.removeprefix("unix:"), timeout=timeout)
    host, _, port = address.rpartition(":")
    return ClamdNetworkSocket(host=host, port=int(port), timeout=timeout)
