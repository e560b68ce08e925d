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


def test_while_clamd_is_away_files_wait_and_the_worker_frees_them_after(tmp_path):
    (tmp_path / "static").mkdir()
    tables.sqlite_file(tmp_path / tables.FILE)
    environment = os.environ | {
        "DATA_DIR": str(tmp_path), "DATABASE_URL": f"sqlite:///{tmp_path}/db.sqlite3",
        "DEMO": "1", "TESTING": "1", "REDIS_URL": "",
        "DJANGO_SETTINGS_MODULE": "imbportal.settings",
        "CLAMD": f"unix:{tmp_path}/clamd/clamd.sock",
    }  # fmt: skip
    command = [sys.executable, str(DRILL), str(tmp_path)]
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=400
    )
    assert done.returncode == 0, done.stderr[-4000:]
    found = write("quarantine", json.loads(done.stdout.splitlines()[-1]))
    assert found["wrong"] == []
    assert found["files"] == 9 and found["infected"] == 2
    assert found["told"] == 2, "who sent an infected file is told"
    assert found["slowest_page"] < 5
    assert found["rescanned_after"] <= 120
    assert found["left_photos"] == 0
    assert found["control"] == 1
