"""Files wait while clamd is away, and are released by the worker once it is back."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import tables

from tests.uploads import real_clamd
from tests.uploads.figures import write

ROOT = Path(__file__).resolve().parents[2]
DRILL = Path(__file__).with_name("quarantine_drill.py")

pytestmark = pytest.mark.skipif(not real_clamd.installed(), reason="needs clamav-daemon")


PAGE = 2
"""Seconds within which a page answers though nobody scans."""


def test_while_clamd_is_away_files_wait_and_the_worker_frees_them_after(tmp_path):
    found = drilled(tmp_path)
    if found["slowest_page"] >= PAGE:  # others may be at work; what is too slow is so again
        found = drilled(tmp_path / "2")
    assert found["wrong"] == []
    assert found["files"] == 9 and found["infected"] == 2
    assert found["told"] == 2, "who sent an infected file is told"
    assert found["slowest_page"] < PAGE
    assert found["rescanned_after"] <= 120
    assert found["left_photos"] == 0
    assert found["control"] == 1


def drilled(folder):
    """Run the drill in a process of its own and return its figures."""
    (folder / "static").mkdir(parents=True)
    tables.sqlite_file(folder / tables.FILE)
    environment = os.environ | {
        "DATA_DIR": str(folder), "DATABASE_URL": f"sqlite:///{folder}/db.sqlite3",
        "DEMO": "1", "TESTING": "1", "REDIS_URL": "",
        "DJANGO_SETTINGS_MODULE": "imbportal.settings",
        "CLAMD": f"unix:{folder}/clamd/clamd.sock",
    }  # fmt: skip
    command = [sys.executable, str(DRILL), str(folder)]
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=400
    )
    assert done.returncode == 0, done.stderr[-4000:]
    return write("quarantine", json.loads(done.stdout.splitlines()[-1]))
