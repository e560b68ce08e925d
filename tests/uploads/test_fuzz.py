"""Thousands of files at the upload page: honest, spoilt, hostile and bursting ones.

The door is asked in processes of their own, each on a copy of a migrated database; every kept copy
is judged by ``copies``, which shares nothing with the code that made it.
"""

import json
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import tables

from tests.uploads import bursting_files, genuine, hostile_files, real_clamd
from tests.uploads.figures import write

ROOT = Path(__file__).resolve().parents[2]
DOOR = Path(__file__).with_name("fuzz_door.py")
SEED = 20_261_125
ACCEPTED, CHILD, SECONDS = 0.99, 512, 10
"""The figures: genuine files accepted, MiB of the largest child, seconds of the slowest answer."""
SHARED = 2
"""How much slower an answer may come, as the other tests have the machine too."""
HOSTILE, BURSTING = len(hostile_files.FILES), len(bursting_files.FILES)
QUICK = (
    ("bursting", 0, BURSTING), ("hostile", 0, HOSTILE), ("genuine", 0, len(genuine.SEEDS)),
    ("mutated", 0, 50), ("together", 50, 30),
)  # fmt: skip
FULL = 10_000

pytestmark = [
    pytest.mark.skipif(
        os.environ.get("DATABASE_URL", "").startswith("postgres"),
        reason="has databases of its own: runs where the suite runs on SQLite",
    ),
    pytest.mark.skipif(not shutil.which("pdftoppm"), reason="needs poppler-utils"),
]


@pytest.fixture(scope="module")
def door(tmp_path_factory):
    """Return a function that sends some files of a kind and gives the figures."""
    template = tmp_path_factory.mktemp("asal")
    tables.sqlite_file(template / tables.FILE)

    def send(kind, start, count, control=""):
        folder = tmp_path_factory.mktemp(f"{kind}-{start}")
        shutil.copytree(template, folder, dirs_exist_ok=True)
        command = [sys.executable, str(DOOR), kind, str(start), str(count), str(SEED), control]
        done = subprocess.run(
            command, env=environment(folder), cwd=ROOT, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr[-4000:]
        shutil.rmtree(folder)
        return json.loads(done.stdout.splitlines()[-1])

    return send


def environment(folder):
    (folder / "static").mkdir(exist_ok=True)
    return os.environ | {
        "DATA_DIR": str(folder), "DATABASE_URL": f"sqlite:///{folder}/db.sqlite3", "DEMO": "1",
        "TESTING": "1", "REDIS_URL": "", "CLAMD": "",
        "DJANGO_SETTINGS_MODULE": "imbportal.settings",
    }  # fmt: skip


@pytest.fixture(scope="module")
def quick(door):
    """Send some 300 files, two processes at a time."""
    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(lambda job: door(*job), QUICK))


def good(figures):
    """Hold one run against the figures."""
    assert figures["bad"] == [] and "errors" not in figures
    assert figures["left"] == []
    assert 0 < figures["child_mb"] <= CHILD
    assert max(figures["slowest"][1], figures["parser_seconds"]) <= SECONDS * SHARED


def test_no_file_breaks_the_page_and_no_copy_acts_or_tells(quick):
    for figures in quick:
        good(write(f"{figures['kind']}-{figures['count']}", figures))
    assert sum(figures["count"] for figures in quick) >= 300


def test_genuine_files_are_accepted(quick):
    [figures] = [one for one in quick if one["kind"] == "genuine"]
    assert figures["accepted"] >= ACCEPTED * figures["count"]


def test_hostile_files_meet_every_refusal(quick):
    [figures] = [one for one in quick if one["kind"] == "hostile"]
    wanted = {"active", "locked", "type", "empty", "broken", "no_pages", "pages", "heic"}
    if real_clamd.installed():
        wanted.add("infected")
    assert wanted <= figures["codes"].keys()


def test_without_the_safe_copy_the_judge_finds_what_acts(door):
    """The control: the sender's own bytes are kept, and that must be seen."""
    figures = door("hostile", 0, 40, "copy")
    write("control-copy", figures)
    assert figures["accepted"] == 40
    assert figures["bad_count"] >= 40


@pytest.mark.panjang
def test_ten_thousand_spoilt_files_break_nothing(door):
    """A quarter each by itself, the others through the page for many."""
    alone = FULL // 4
    for kind, start, count in (("mutated", 0, alone), ("together", alone, FULL - alone)):
        good(write(f"{kind}-{count}", door(kind, start, count)))


@pytest.mark.panjang
def test_of_two_hundred_genuine_files_nearly_all_are_accepted(door):
    figures = write("genuine-200", door("genuine", 0, 200))
    good(figures)
    assert figures["accepted"] >= ACCEPTED * 200
