"""Forks a process for each strange file out of an interpreter that has its parsers loaded already.

``python -I fork_server.py`` takes messages ``[module, seconds, words]`` from the socket that is its
standard input, each with one descriptor for the answer. The module's ``main(*words)`` runs in a
process of its own and prints there; whatever becomes of it, a last line ``{"code": n, "mb": n}``
says how it ended (as subprocess counts) and the most memory it held.

It knows nothing of Django, never reads a file itself, and ends with the process that began it.
"""

import contextlib
import functools
import gc
import importlib.util
import json
import os
import resource
import signal
import socket
import sys
from pathlib import Path

MESSAGE = 64 * 2**10
"""Bytes of one message at most."""
OPEN = 32
"""Descriptors that a parser may hold at a time."""


def confine(file_bytes, cpu, memory):
    """Limit CPU (s), memory and the size of what is written (bytes), and leave no core dump.

    The memory is what may come on top of what is mapped already: how much that is depends on what
    the server has loaded for the files before.
    """
    for limit, value in (
        (resource.RLIMIT_CPU, cpu),
        (resource.RLIMIT_AS, mapped() + memory),
        (resource.RLIMIT_FSIZE, file_bytes),
        (resource.RLIMIT_NOFILE, OPEN),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(limit, (value, value))


def mapped():
    """Return the bytes of address space that this process has taken."""
    return int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()


@functools.cache
def load(path):
    """Return the module at this path; what it imports is there for all files that follow."""
    spec = importlib.util.spec_from_file_location(Path(path).stem, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    gc.freeze()  # no fork is to look through what is loaded, and so copy it
    return module


def serve(control):
    while True:
        reap()
        message, descriptors, _flags, _sender = socket.recv_fds(control, MESSAGE, 1)
        if not message:
            return
        [reply] = descriptors
        path, seconds, words = json.loads(message)
        module = load(path)
        if not os.fork():
            watch(module.main, words, seconds, reply)
        os.close(reply)


def reap():
    """Fetch the watchers that have ended since."""
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def watch(main, words, seconds, reply):
    """Run it in a process below this one, end all of it in time, and say how it ended."""
    parser = os.fork()
    if not parser:
        parse(main, words, reply)
    end = functools.partial(_kill_group, parser)
    with contextlib.suppress(OSError):  # it does so itself, too: whoever comes first
        os.setpgid(parser, parser)
    signal.signal(signal.SIGALRM, lambda *_: end())
    signal.setitimer(signal.ITIMER_REAL, seconds)
    os.waitid(os.P_PID, parser, os.WEXITED | os.WNOWAIT)
    end()  # what it left running; as long as it is not waited for, its number is nobody else's
    _, status, used = os.wait4(parser, 0)
    last = {"code": os.waitstatus_to_exitcode(status), "mb": used.ru_maxrss // 1024}
    with contextlib.suppress(OSError):  # who asked is gone
        os.write(reply, f"\n{json.dumps(last)}\n".encode())
    os._exit(0)


def _kill_group(leader):
    with contextlib.suppress(OSError):
        os.killpg(leader, signal.SIGKILL)


def parse(main, words, reply):
    """Run with nothing open but the way back."""
    os.setpgid(0, 0)
    nothing = os.open(os.devnull, os.O_RDWR)
    for source, target in ((nothing, 0), (reply, 1), (nothing, 2)):
        os.dup2(source, target)
    os.closerange(3, 256)
    code = 1
    try:
        main(*words)
        sys.stdout.flush()
        code = 0
    finally:
        os._exit(code)


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))
    sys.modules["fork_server"] = sys.modules["__main__"]
    serve(socket.socket(fileno=0))
