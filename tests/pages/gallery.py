"""A whole demo portal for looking at: prepared once, then copied, so that each run starts alike."""

import fcntl
import hashlib
import json
import os
import shutil
import sys
from pathlib import Path

from portal import ROOT, Portal

PREPARED = ROOT / "shots" / "persiapan"
"""Prepared data directories by the hash of what they are made of; ignored by git."""
MADE_OF = (
    "*/migrations/*.py", "imbportal/*/migrations/*.py", "imbportal/demo/*.py",
    "imbportal/daerah/*.toml", "applications/workflow.py", "templates/pdf/**/*.html",
    "documents/styles/*.css",
)  # fmt: skip
HERE = Path(__file__).resolve().parent
LOAD = """
from imbportal.daerah import registry
from imbportal.demo import loading, once
with once.accepted_once():
    for slug in {slugs} or registry.slugs():
        loading._load(slug)
"""
DRAIN = """
from django.utils import timezone
from notifications import jobs
from notifications.models import Job
Job.objects.filter(status=Job.Status.PENDING).update(due_at=timezone.now())
while jobs.run_one():
    pass
"""
ELSEWHERE = ("DATABASE_URL", "REDIS_URL", "CACHE_URL", "CLAMD", "PYTEST_VERSION")
"""What would lead this portal to the services of other tests."""


class Gallery(Portal):
    """Runs on SQLite without a worker. ``slugs``: the daerah that are loaded, () for all.

    Only with all of them everything to be printed or sent has been.
    """

    patience = 900

    def __init__(self, folder, slugs=(), **environment):
        super().__init__(folder, **environment)
        self.slugs = slugs
        for name in ELSEWHERE:
            self.env.pop(name, None)

    def __enter__(self):
        copy_prepared(self.folder, self.slugs)
        self.run(sys.executable, "manage.py", "siapkan", DEMO="", DEBUG="1")
        self.start(
            sys.executable, "-m", "gunicorn", "traced:application", "-k", "gthread",
            "-b", f"127.0.0.1:{self.port}", "--threads", "4", "--timeout", "120",
            "--pythonpath", f"{ROOT},{HERE}",
        )  # fmt: skip
        self.holds = json.loads(self.shell((HERE / "inventory.py").read_text()))
        self.wait()
        return self

    def shell(self, code):
        return self.run(sys.executable, "manage.py", "shell", "-v0", "-c", code)

    # -- What it holds ----------------------------------------------------------------------
    def cases(self, **wanted):
        return [c for c in self.holds["cases"] if all(c[k] == v for k, v in wanted.items())]

    def case(self, state, daerah="pamekasan", **more):
        return self.cases(state=state, daerah=daerah, **more)[0]

    def officer(self, case, role=""):
        return f"{role or case['role']}.{case['daerah']}"


def copy_prepared(folder, slugs):
    """Fill a new data directory with a loaded demo."""
    name = "-".join((*slugs, fingerprint()))
    PREPARED.mkdir(parents=True, exist_ok=True)
    with (PREPARED / ".kunci").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (PREPARED / name).exists():
            _prepare(PREPARED / name, slugs)
        shutil.copytree(PREPARED / name, folder, dirs_exist_ok=True)


def _prepare(source, slugs):
    for old in PREPARED.glob("-".join((*slugs, "[0-9a-f]" * 16)) + "*"):
        shutil.rmtree(old)
    half = source.with_name(f"{source.name}.setengah")
    half.mkdir()
    portal = Gallery(half, slugs)
    portal.run(sys.executable, "manage.py", "siapkan", DEMO="", DEBUG="1")
    portal.shell(LOAD.format(slugs=slugs))
    if not slugs:
        portal.shell(DRAIN)
    half.rename(source)


def fingerprint():
    """Return a hash over what the demo's data are made of; code around them may change."""
    digest = hashlib.sha256()
    for path in sorted(path for pattern in MADE_OF for path in ROOT.glob(pattern)):
        digest.update(f"{path.relative_to(ROOT)} ".encode() + path.read_bytes())
    return digest.hexdigest()[:16]


os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
