"""The demo as the portal's own commands load it, made once and copied."""

import sys

import prepared
from portal import Portal


def copy(folder, *, exact=False):
    """Fill a new data directory with the demo; ``exact``: as the present code loads it."""
    prepared.copy("demo", folder, _load, exact=exact)


def _load(folder):
    portal = Portal(folder)
    portal.patience = 900
    for name in ("DATABASE_URL", "REDIS_URL", "CACHE_URL", "CLAMD"):
        portal.env.pop(name, None)
    portal.run(sys.executable, "manage.py", "siapkan", DEMO="", DEBUG="1")
    portal.run(sys.executable, "manage.py", "muat_demo")
