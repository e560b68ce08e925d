"""A whole portal as processes: web and worker, with their own data directory and port."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PEOPLE = """
from imbportal.daerah import registry
from imbportal.demo import people
people.applicants()
for slug in registry.slugs():
    people.officers(slug)
"""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Portal:
    """Runs until closed; ``url`` answers. With Redis a Celery worker and beat do the work."""

    def __init__(self, folder, **environment):
        self.port, self.folder = free_port(), Path(folder)
        self.url = f"http://127.0.0.1:{self.port}"
        self.env = os.environ | {
            "DEMO": "1", "DATA_DIR": str(folder), "SITE_URL": self.url, "TESTING": "",
            "DJANGO_SETTINGS_MODULE": "imbportal.settings", "SECRET_KEY": "walk-" + "x1" * 40,
        } | environment  # fmt: skip
        self.env.pop("PYTEST_VERSION", None)
        self.children = []

    def __enter__(self):
        for step in (
            ["migrate", "-v0"],
            ["createcachetable"],
            COLLECT,
            ["shell", "-v0", "-c", PEOPLE],
        ):
            self.manage(*step)
        web = (
            f"gunicorn imbportal.wsgi -b 127.0.0.1:{self.port} -k gthread --threads 4 --timeout 120"
        )
        self.start("-m", *web.split())
        if self.env.get("REDIS_URL"):
            celery = ("-m", "celery", "-A", "imbportal")
            self.start(*celery, "worker", "-c", "2", "-l", "WARNING", "--pool", "prefork")
            self.start(*celery, "beat", "-l", "WARNING", "-s", str(self.folder / "beat"))
        else:
            self.start("manage.py", "pekerja")
        self.wait()
        return self

    def __exit__(self, *exception):
        for child in reversed(self.children):
            child.terminate()
        for child in self.children:
            try:
                child.wait(15)
            except subprocess.TimeoutExpired:
                child.kill()

    def manage(self, *arguments):
        subprocess.run(
            [sys.executable, "manage.py", *arguments], cwd=ROOT, env=self.env, check=True,
            capture_output=True, timeout=120,
        )  # fmt: skip

    def start(self, *command):
        log = (self.folder / f"{len(self.children)}.log").open("wb")
        self.children.append(
            subprocess.Popen(
                [sys.executable, *command], cwd=ROOT, env=self.env, stdout=log, stderr=log
            )
        )

    def wait(self):
        until = time.monotonic() + 60
        while time.monotonic() < until:
            try:
                with urllib.request.urlopen(f"{self.url}/sehat/", timeout=5):
                    return
            except OSError:
                time.sleep(0.2)
        logs = "\n".join(path.read_text()[-2000:] for path in self.folder.glob("*.log"))
        raise AssertionError(f"the portal does not answer\n{logs}")


UNUSED = ("bootstrap/js", "bootstrap/css/bootstrap-*", "bootstrap/css/bootstrap.[cr]*")
COLLECT = ["collectstatic", "--noinput", "-v0", *(f"--ignore={part}" for part in UNUSED)]
