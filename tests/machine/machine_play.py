"""Lets the machine run on a shelf, the same each time for the same seed and database."""

import os
import zlib

from django.db import connection
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test
from portal_machine import STEPS, PortalMachine

from tests.random_runs import each_anew

SEED = os.environ.get("MACHINE_SEED", "")
"""Any text; another one gives other runs."""


def play(shelf, runs, reached, looked_at=1):
    """Run the machine so often, adding up what it reaches. Raises Broken.

    ``looked_at``: one run in so many is held against everything on its way, not at its end alone.
    """
    given = {"shelf": shelf, "coverage": reached, "looked_at": looked_at}
    machine = type("Machine", (PortalMachine,), given)
    settled = settings(
        max_examples=runs, stateful_step_count=STEPS, deadline=None, database=None,
        phases=[Phase.generate], suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    begun = seed(zlib.crc32(f"{shelf.name}{connection.vendor}{SEED}".encode()))(machine)
    with each_anew():
        run_state_machine_as_test(begun, settings=settled)
