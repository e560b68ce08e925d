"""Child processes that never outlive the script that started them, and how they are scheduled."""

import contextlib
import ctypes
import os
import signal
import socket
import struct
import subprocess
import sys
import time

GRACE = 10
"""Seconds between asking a child to end and killing it."""
PR_SET_PDEATHSIG = 1
SLICE = 100_000_000
"""Nanoseconds that one may work before another has its turn, the most that Linux (6.12) gives."""
SCHED_SETATTR = {"x86_64": 314, "aarch64": 274}
"""The number of the system's call, which Python does not know, by machine."""


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


def work_in_batches():
    """Let this process, and what it starts, give way to the others and be given way less often.

    Where six share two cores this takes a tenth less of the processor: their caches stay filled.
    Long slices take four in a hundred less again.
    """
    _schedule("SCHED_BATCH", SLICE)


def work_promptly():
    """Let it have its turn soon again, as programs have that nobody told otherwise."""
    _schedule("SCHED_OTHER", 0)


def works_in_batches():
    return sys.platform == "linux" and os.sched_getscheduler(0) == os.SCHED_BATCH


def _schedule(policy, length):
    with contextlib.suppress(AttributeError, OSError):  # not Linux, or not allowed
        number = getattr(os, policy)
        os.sched_setscheduler(0, number, os.sched_param(0))
        if call := SCHED_SETATTR.get(os.uname().machine):  # an older system ignores the length
            nice = os.getpriority(os.PRIO_PROCESS, 0)
            wanted = struct.pack("IIQiIQQQ", 48, number, 0, nice, 0, length, 0, 0)
            ctypes.CDLL(None).syscall(call, 0, wanted, 0)


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
