"""Random work on cases, in four daerah files; whatever is done, all that must hold holds.

On PostgreSQL, where each takes longer, runs of another seed are made in the ordinary suite alone.
The tables of what was reached stand in reports/machine-*.json.
"""

import json
import os
import time
from contextlib import nullcontext
from pathlib import Path

import pytest
from django.db import connection
from machine_play import SEED, play
from machine_shelf import shelf
from machine_watch import Coverage

from tests.columns import written_once

pytestmark = pytest.mark.django_db
FILES = ("pamekasan", "contoh", "rantai_panjang", "tahap_kurang")
REPORTS = Path(__file__).resolve().parents[2] / "reports"
ON_POSTGRES = os.environ.get("DATABASE_URL", "").startswith("postgres")
QUICK, LONG = 40 if ON_POSTGRES else 164, 2004
"""Runs over all files together, each of 50 steps; a few of them do nothing and are not counted."""
LONGEST = [pytest.mark.panjang, pytest.mark.terpanjang, pytest.mark.satu_basis_data]


@pytest.mark.parametrize("runs", [QUICK, pytest.param(LONG, marks=LONGEST)])
def test_whatever_is_done_all_that_must_hold_holds(runs):
    reached, begin, worked = Coverage(), time.monotonic(), time.process_time()
    quickly = nullcontext if ON_POSTGRES else written_once
    for name in FILES:
        with shelf(name) as found, quickly():
            play(found, runs // len(FILES), reached, looked_at=8)
    spent = {"seconds": time.monotonic() - begin, "cpu": time.process_time() - worked}
    write(reached, {key: round(value, 1) for key, value in spent.items()})
    unreached = reached.unreached()
    assert len(unreached) <= (0 if runs > 1000 else 9), unreached
    assert min(reached.kinds[kind] for kind in ("NotVisible", "Barred", "Conflict", "Unmet")) > 2


def write(reached, spent):
    print(reached.table())  # noqa: T201
    begun = {"machine": list(FILES), "database": connection.vendor, "seed": SEED}
    line = json.dumps(begun | spent | reached.figures())
    print(line)  # noqa: T201
    REPORTS.mkdir(exist_ok=True)
    (REPORTS / f"machine-{connection.vendor}-{reached.runs}.json").write_text(line + "\n")
