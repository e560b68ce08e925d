"""A whole portal as the processes of ``deploy/run``, with their own data directory and ports."""

import os
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import prepared
import tables
from _processes import die_with_parent, free_port

ROOT = Path(__file__).resolve().parents[2]
PEOPLE = """
from imbportal.daerah import registry
from imbportal.demo import people
people.applicants()
for slug in registry.slugs():
    people.officers(slug)
"""
PATIENCE = 120
"""Seconds that the web process has to answer for the first time."""


class Portal:
    """Runs until closed; ``url`` answers. With Redis a Celery worker and beat do the work."""

    root = ROOT
    patience = 600
    """Seconds that one command may take."""

    def __init__(self, folder, **environment):
        self.port, self.folder = free_port(), Path(folder)
        self.url = f"http://127.0.0.1:{self.port}"
        self.env = os.environ | {
            "DEMO": "1", "DATA_DIR": str(folder), "SITE_URL": self.url, "TESTING": "",
            "DJANGO_SETTINGS_MODULE": "imbportal.settings", "SECRET_KEY": "walk-" + "x1" * 40,
            "PYTHON": sys.executable, "BIND": f"127.0.0.1:{self.port}", "WEB_WORKERS": "2",
            "WORKER_CONCURRENCY": "2",
        } | environment  # fmt: skip
        self.env.pop("PYTEST_VERSION", None)
        self.children = []

    def __enter__(self):
        try:
            self.prepare()
            with_redis = self.env.get("REDIS_URL")
            for process in ("web", *(("worker", "beat") if with_redis else ("pekerja",))):
                self.start("deploy/run", process)
            self.wait()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *exception):
        for child in reversed(self.children):
            child.terminate()
        for child in self.children:
            try:
                child.wait(15)
            except subprocess.TimeoutExpired:
                child.kill()

    def prepare(self):
        """Prepare the data directory, with the demo's people but none of its cases."""
        elsewhere = self.env.get("DATABASE_URL", "").startswith("postgres")
        prepared.copy("orang", self.folder, fill, only="static" if elsewhere else "")
        if elsewhere:
            self.fill()

    def fill(self):
        self.run("deploy/run", "siapkan", DEMO="", DEBUG="1")
        self.manage("shell", "-v0", "-c", PEOPLE)

    def manage(self, *command, **environment):
        return self.run(sys.executable, "manage.py", *command, **environment)

    def run(self, *command, **environment):
        """Run one command to its end; return what it printed."""
        done = subprocess.run(
            command, cwd=self.root, env=self.env | environment, capture_output=True, text=True,
            timeout=self.patience,
        )  # fmt: skip
        assert done.returncode == 0, f"{command}: {done.stdout}\n{done.stderr}"
        return done.stdout

    def start(self, *command):
        log = (self.folder / f"{len(self.children)}.log").open("wb")
        self.children.append(
            subprocess.Popen(
                command,
                cwd=self.root,
                env=self.env,
                stdout=log,
                stderr=log,
                preexec_fn=die_with_parent,
            )  # fmt: skip
        )

    def wait(self):
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/sehat/", timeout=5):
                    return
            except OSError:
                time.sleep(0.2)
        raise AssertionError(f"the portal does not answer\n{self.logs()}")

    def logs(self):
        return "\n".join(path.read_text()[-2000:] for path in sorted(self.folder.glob("*.log")))


def fill(folder):
    """Fill a data directory and the SQLite database in it."""
    portal = Portal(folder)
    ready(portal)
    portal.manage("shell", "-v0", "-c", PEOPLE)


def ready(portal):
    """Let a portal have its own SQLite database and its static files, as ``siapkan`` makes them."""
    for name in tables.ELSEWHERE:
        portal.env.pop(name, None)
    prepared.copy("siap", portal.folder, _first)


def _first(folder):
    portal = Portal(folder)
    for name in tables.ELSEWHERE:
        portal.env.pop(name, None)
    tables.sqlite_file(folder / tables.FILE)
    portal.run("deploy/run", "siapkan", DEMO="", DEBUG="1")
