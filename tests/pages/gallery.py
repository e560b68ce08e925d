"""A whole demo portal for looking at: prepared once, then copied, so that each run starts alike."""

import json
import os
import sys
from pathlib import Path

import demo_data
import prepared
from portal import ROOT, Portal
from tables import ELSEWHERE

HERE = Path(__file__).resolve().parent
DRAIN = """
from django.utils import timezone
from documents import rendering
from notifications import jobs
from notifications.models import Job
Job.objects.filter(status=Job.Status.PENDING).update(due_at=timezone.now())
{once}
while jobs.run_one():
    pass
"""
ONCE = """
typeset, made = rendering.pdf, {}
def once(page):
    key = page.layout, page.content.title, str(page.content.letterhead)
    if key not in made:
        made[key] = typeset(page)
    return made[key]
rendering.pdf = once
"""
"""Typesets one paper of each title of each office; the others are copies of it."""


class Gallery(Portal):
    """Runs on SQLite without a worker, on what ``fill`` puts into its folder."""

    patience = 2400

    def __init__(self, folder, fill=demo_data.copy, **environment):
        super().__init__(folder, SEAL="lokal", **environment)
        self.fill_with = fill
        for name in ELSEWHERE:
            self.env.pop(name, None)

    def __enter__(self):
        self.fill_with(self.folder)
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


def printed(folder):
    """Fill a folder with the demo of which all is printed and sent."""
    prepared.copy("demo-tercetak", folder, lambda new: _drain(new, DRAIN.format(once="")))


def shown(folder):
    """Fill a folder with the same for whoever looks at pages only: papers alike are copies."""
    prepared.copy("demo-tersalin", folder, lambda new: _drain(new, DRAIN.format(once=ONCE)))


def _drain(folder, code):
    demo_data.copy(folder)
    Gallery(folder).shell(code)


os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
