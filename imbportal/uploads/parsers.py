"""Processes that parse strange files: limited, without keys or connections, free to crash."""

import atexit
import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path

SERVER = Path(__file__).with_name("fork_server.py")
GRACE = 5
"""Seconds for which an answer is awaited beyond the file's own, and the end of a server."""
ANSWER = 256 * 2**10
"""Bytes of an answer that are believed."""
FLOODED = json.dumps({"code": -signal.SIGXFSZ, "mb": 0})
"""What stands for a longer one."""
FILES = 200
"""Files after which the server is begun anew: its processes share one layout of the memory, and
nobody is to learn it by trying."""

ENVIRONMENT = {"LC_ALL": "C.UTF-8", "GLIBC_TUNABLES": "glibc.malloc.hugetlb=1"}
"""All that a parser knows of ours. A page of a drawing comes in large pieces of memory, where the
system has them (glibc from 2.35): in small ones fetching it takes longer than drawing on it."""


@dataclass(frozen=True)
class Done:
    """How a parser ended."""

    told: str = ""
    """What it printed."""
    code: int | None = None
    """As subprocess counts: negative where it was killed, by a limit (that of an answer too) or a
    crash; None where nobody can say."""
    megabytes: int = 0
    """The most memory that it held."""


class _Server:
    """One per process of the portal, begun when the first file comes."""

    def __init__(self):
        self.forget()

    def forget(self):
        """Begin with none: in a forked process the other's is not ours to end."""
        with contextlib.suppress(AttributeError, OSError):
            self.socket.close()
        self.lock, self.process, self.socket, self.left = threading.Lock(), None, None, 0

    def send(self, message, reply):
        """Hand over one message; raise OSError where even a new server does not take it."""
        with self.lock:
            if self.left:
                with contextlib.suppress(OSError):  # it was killed
                    return self._hand_over(message, reply)
            self.end()
            self._begin()
            return self._hand_over(message, reply)

    def _hand_over(self, message, reply):
        self.left -= 1
        socket.send_fds(self.socket, [message], [reply.fileno()])

    def _begin(self):
        self.socket, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self.process = subprocess.Popen(  # noqa: S603 - our own interpreter and script
                [sys.executable, "-I", str(SERVER)], stdin=theirs, stdout=subprocess.DEVNULL,
                env=ENVIRONMENT, cwd="/", start_new_session=True,
            )  # fmt: skip
        self.socket.settimeout(GRACE)  # one that stands still takes no messages one day
        self.left = FILES

    def renew(self):
        """Let it go, so that the next message begins another."""
        with self.lock:
            self.end()

    def end(self):
        """Let it go; a file that is being parsed is parsed to its end."""
        if self.process:
            self.socket.close()
            try:
                self.process.wait(GRACE)
            except subprocess.TimeoutExpired:  # it stands still
                self.process.kill()
                self.process.wait()
            self.process, self.left = None, 0


_server = _Server()
os.register_at_fork(after_in_child=_server.forget)
atexit.register(_server.end)


def run(module: Path, *words, seconds: float) -> Done:
    """Run the module's ``main(*words)`` in a process of its own, for so long at most.

    The module and what it imports must do without Django, and confine themselves by
    ``fork_server.confine``. Never raises: see ``Done.code``.
    """
    message = json.dumps([str(module), seconds, words]).encode()
    for _ in range(2):
        if answer := _ask(message, seconds + GRACE):
            return _done(answer)
        _server.renew()  # it was killed or stands still, and still takes messages along
    return Done()


def _ask(message, seconds) -> str:
    ours, theirs = socket.socketpair()
    with ours:
        with theirs, contextlib.suppress(OSError):  # nobody takes it: then nobody answers
            _server.send(message, theirs)
        ours.settimeout(seconds)
        return _read(ours)


def _read(answer) -> str:
    """Return all that comes; of one that does not stop, what a killed parser would have told."""
    parts, size = [], 0
    with contextlib.suppress(OSError):
        while part := answer.recv(2**16):
            parts.append(part)
            size += len(part)
            if size > ANSWER:
                return FLOODED
    return b"".join(parts).decode(errors="replace")


def _done(answer) -> Done:
    told, _, last = answer.rstrip("\n").rpartition("\n")
    try:
        end = json.loads(last)
        return Done(told, int(end["code"]), int(end["mb"]))
    except (ValueError, KeyError, TypeError):
        return Done(answer)
