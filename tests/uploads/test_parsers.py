"""The processes that parse strange files: what they hold, how they end, what is left of them."""

import json
import os
import signal
import subprocess
import sys
import textwrap
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from imbportal import uploads
from imbportal.uploads import parsers, refusals
from tests.uploads.conftest import pdf, upload

ROOT = Path(__file__).resolve().parents[2]
HELD = {"LC_ALL": "C.UTF-8", "GLIBC_TUNABLES": "glibc.malloc.hugetlb=1"}
"""All of an environment that a parser may know: language and how memory comes."""


@pytest.fixture
def run(tmp_path):
    """Return a function that runs the body of a ``main(folder)`` as a parser."""

    def with_body(body, seconds=5):
        module = tmp_path / f"parser_{abs(hash(body))}.py"
        module.write_text("def main(folder):\n" + textwrap.indent(textwrap.dedent(body), "    "))
        return parsers.run(module, str(tmp_path), seconds=seconds)

    return with_body


def accept():
    return uploads.accept(upload(pdf()))


def alive(pid):
    """Whether it runs; who is dead and not yet fetched does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def gone(pid):
    for _ in range(100):
        if not alive(pid):
            return True
        time.sleep(0.05)
    return False


def test_a_parser_holds_no_key_and_nothing_open_but_its_answer(run, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "rahasia")
    held = open(__file__)  # noqa: SIM115 - what the portal has open
    os.set_inheritable(held.fileno(), True)
    told = json.loads(
        run("""
            import json, os, sys
            names = [os.readlink(f"/proc/self/fd/{n}") for n in os.listdir("/proc/self/fd")
                     if os.path.exists(f"/proc/self/fd/{n}")]
            print(json.dumps([dict(os.environ), names, sorted(sys.modules)]))
        """).told
    )  # fmt: skip
    held.close()
    environment, names, modules = told
    assert environment == HELD
    assert {name.partition(":")[0] for name in names} <= {"/dev/null", "socket", "/proc/self/fd"}
    assert sum(name.startswith("socket") for name in names) == 1
    assert not {"django", "imbportal"} & set(modules)
    server = Path("/proc", str(parsers._server.process.pid), "environ")
    assert dict(line.split("=", 1) for line in server.read_text().split("\0") if line) == HELD


def test_each_file_meets_a_fresh_process(run):
    body = "import sys, os\nprint(os.getpid(), getattr(sys, 'spoilt', 'baru'))\nsys.spoilt = 'lama'"
    first, second = run(body).told.split(), run(body).told.split()
    assert first[1] == second[1] == "baru" and first[0] != second[0]


def test_one_that_does_not_end_is_ended_with_what_it_began(run):
    begun = time.monotonic()
    done = run(
        """
        import os, time
        child = os.fork()
        if child:
            print(os.getpid(), child, flush=True)
        time.sleep(600)
        """,
        seconds=0.5,
    )
    assert done.code == -signal.SIGKILL and time.monotonic() - begun < 60
    assert all(gone(int(pid)) for pid in done.told.split())


def test_what_an_ended_parser_left_running_is_ended_too(run):
    done = run("""
        import os, sys, time
        child = os.fork()
        if not child:
            time.sleep(600)
        print(child)
    """)
    assert done.code == 0 and gone(int(done.told))


def test_one_that_prints_without_end_counts_as_killed(run):
    begun = time.monotonic()
    done = run("while True: print('x' * 65536)", seconds=2)
    assert done.code < 0 and not done.told
    assert time.monotonic() - begun < 60


MOST = """
import fork_server, resource
fork_server.confine(0, 5, 64 * 2**20)
held = []
try:
    while len(held) < 500:
        held.append(bytearray(2**20))
except MemoryError:
    pass
print(len(held), resource.getrlimit(resource.RLIMIT_NOFILE)[1])
"""


def test_a_parser_has_the_same_memory_whatever_the_server_has_loaded(run, tmp_path):
    parsers._server.end()
    alone = run(MOST).told
    heavy = tmp_path / "heavy.py"
    heavy.write_text("held = bytearray(200 * 2**20)\ndef main():\n    print(len(held))")
    assert parsers.run(heavy, seconds=5).told.strip() == str(200 * 2**20)
    beside = run(MOST).told
    parsers._server.end()
    (first, files), (second, _) = (map(int, told.split()) for told in (alone, beside))
    assert 55 <= first <= 64 and abs(first - second) <= 2 and files <= 64


def test_two_threads_have_their_files_parsed_at_the_same_time(run):
    body = """
        import pathlib, time
        pathlib.Path(folder, "{mine}").touch()
        while not pathlib.Path(folder, "{other}").exists():
            time.sleep(0.01)
        print("{mine}")
    """
    bodies = [body.format(mine=a, other=b) for a, b in ("ab", "ba")]
    with ThreadPoolExecutor(2) as pool:
        both = list(pool.map(run, bodies))
    assert [done.told.strip() for done in both] == ["a", "b"]
    assert [done.code for done in both] == [0, 0]


def test_the_next_file_is_parsed_when_the_server_was_killed():
    accept()
    first = parsers._server.process.pid
    os.kill(first, signal.SIGKILL)
    assert accept().pages == 2
    assert parsers._server.process.pid != first and gone(first)


def test_a_server_that_stands_still_is_put_away(monkeypatch, run):
    monkeypatch.setattr(parsers, "GRACE", 0.2)
    run("print(1)")
    still = parsers._server.process.pid
    os.kill(still, signal.SIGSTOP)
    assert run("print(2)", seconds=2).told.strip() == "2"
    assert gone(still)
    parsers._server.end()


def test_a_server_that_cannot_begin_is_not_the_file_s_fault(monkeypatch):
    parsers._server.end()
    monkeypatch.setattr(parsers, "SERVER", Path("/tidak/ada"))
    with pytest.raises(refusals.UploadRefused) as refusal:
        accept()
    assert refusal.value.message == refusals.MESSAGES["busy"]
    parsers._server.end()


def test_the_server_is_begun_anew_after_some_files(monkeypatch, run):
    parsers._server.end()
    monkeypatch.setattr(parsers, "FILES", 2)
    parents = [run("import os\nprint(os.getsid(0))").told for _ in range(4)]
    assert parents[0] == parents[1] != parents[2] == parents[3]
    parsers._server.end()


FORKED = """
import os, sys
from pathlib import Path
from imbportal.uploads import parsers
module = Path(sys.argv[1])
print(parsers.run(module, seconds=5).told, flush=True)
if os.fork():
    os.wait()
    print(parsers.run(module, seconds=5).told, flush=True)
else:
    print(parsers.run(module, seconds=5).told, flush=True)
    parsers._server.end()
    os._exit(0)
"""


def test_a_forked_process_has_its_own_and_none_outlives_its_own(tmp_path):
    module = tmp_path / "parser.py"
    module.write_text("import os\ndef main():\n    print(os.getsid(0))")
    done = subprocess.run(
        [sys.executable, "-c", FORKED, str(module)], cwd=ROOT, capture_output=True, text=True,
        check=True, env=os.environ | {"PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    first, forked, again = map(int, done.stdout.split())
    assert first == again != forked
    assert gone(first) and gone(forked)


def test_a_server_ends_with_the_process_that_was_killed(tmp_path):
    module = tmp_path / "parser.py"
    module.write_text("import os\ndef main():\n    print(os.getsid(0))")
    code = FORKED.partition("if os.fork")[0] + "os.kill(os.getpid(), 9)"
    done = subprocess.run(
        [sys.executable, "-c", code, str(module)], cwd=ROOT, capture_output=True, text=True,
        check=False, env=os.environ | {"PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert done.returncode == -signal.SIGKILL and gone(int(done.stdout))
