"""Child processes that never outlive the script that started them."""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time

GRACE = 10
"""Seconds between asking a child to end and killing it."""
PR_SET_PDEATHSIG = 1


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def is_free(port):
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def end_on_signals():
    """Turn the signals that end a program into SystemExit, so that ``finally`` runs."""

    def leave(number, frame):
        raise SystemExit(0 if number == signal.SIGINT else 128 + number)

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, leave)


def die_with_parent():
    """Have the kernel end this child when its parent is killed (Linux only)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


class Children:
    """Processes in groups of their own; leaving the ``with`` block ends all of them."""

    def __init__(self):
        self.running = {}

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)  # a second Ctrl-C must not cut this short
        for number in (signal.SIGTERM, signal.SIGKILL):
            self._signal(number)

    def start(self, name, command, **options):
        self.running[name] = subprocess.Popen(
            command, start_new_session=True, preexec_fn=die_with_parent, **options
        )
        return self.running[name]

    def ended(self):
        """Return the names of children that are no longer there."""
        return [name for name, child in self.running.items() if child.poll() is not None]

    def _signal(self, number):
        for child in self.running.values():
            try:
                os.killpg(child.pid, number)
            except ProcessLookupError:
                continue
        until = time.monotonic() + GRACE
        while time.monotonic() < until and len(self.ended()) < len(self.running):
            time.sleep(0.05)
