"""The demo as the portal's own commands load it, made once and copied."""

import sys

import prepared
from portal import Portal, ready


def copy(folder, *, exact=False):
    """Fill a new data directory with the demo; ``exact``: as the present code loads it."""
    prepared.copy("demo", folder, _load, exact=exact)


def _load(folder):
    portal = Portal(folder)
    portal.patience = 900
    ready(portal)
    portal.run(sys.executable, "manage.py", "muat_demo")
