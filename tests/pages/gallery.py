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
from notifications import jobs
from notifications.models import Job
Job.objects.filter(status=Job.Status.PENDING).update(due_at=timezone.now())
while jobs.run_one():
    pass
"""


class Gallery(Portal):
    """Runs on SQLite without a worker. ``printed``: what is to be printed or sent has been."""

    patience = 2400

    def __init__(self, folder, *, printed=False, **environment):
        super().__init__(folder, SEAL="lokal", **environment)
        self.printed = printed
        for name in ELSEWHERE:
            self.env.pop(name, None)

    def __enter__(self):
        if self.printed:
            prepared.copy("demo-tercetak", self.folder, load_and_print)
        else:
            demo_data.copy(self.folder)
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


def load_and_print(folder):
    """Load it, and let the worker print and send all."""
    demo_data.copy(folder)
    Gallery(folder).shell(DRAIN)


os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
