"""The portal's processes on a database of their own, to be killed without warning."""

import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from urllib.parse import urlsplit

import psycopg2
import pytest
import tables
from _processes import die_with_parent
from django.conf import settings

LEASE = 2
COMPOSE = (settings.BASE_DIR / "docker-compose.yml").read_text()
STOPPING = int(re.search(r"run worker\n    stop_grace_period: (\d+)s", COMPOSE)[1])
"""Seconds that an installation gives a worker to end. Celery drops a task that comes in the moment
of the stop from its book; the process that does it then waits 30 s to be told that it is done."""
RUN = settings.BASE_DIR / "deploy" / "run"
MANAGE = ["-W", "ignore", str(settings.BASE_DIR / "manage.py")]
WISH = """
from django.db import transaction
from notifications import outbox
def wish(n, way):
    address = f"+62812{n:08}" if way == "sms" else f"p{n}@contoh.test"
    outbox.send(template="akun_ada", key=f"uji:{n}", user=None, channels=[(way, address)],
                context={})
"""
FILL = """
with transaction.atomic():
    for n in range({count}):
        wish(n, {ways}[n % len({ways})])
"""
CELERY_PANJANG = pytest.mark.parametrize(
    "start",
    ["pekerja", pytest.param("celery", marks=[pytest.mark.services, pytest.mark.panjang])],
    indirect=True,
)
"""For tests that tell little more of Celery, whose processes take long to start."""


def celery_panjang(quick, long):
    """Return the same for a test with two counts: of Celery and on PostgreSQL the larger alone."""
    celery = [pytest.mark.services, pytest.mark.panjang]
    return pytest.mark.parametrize(
        ("start", "count"),
        [pytest.param("pekerja", quick, marks=pytest.mark.satu_basis_data),
         pytest.param("pekerja", long, marks=pytest.mark.panjang),
         pytest.param("celery", long, marks=celery)],
        indirect=["start"],
    )  # fmt: skip


THREADS_PANJANG = pytest.mark.parametrize(
    "start",
    [pytest.param("pekerja", marks=pytest.mark.panjang),
     pytest.param("celery", marks=pytest.mark.services)],
    indirect=True,
)  # fmt: skip
"""For tests of the clock, which in production is Celery's beat."""


class Portal:
    """``pekerja`` does the work, or with a Redis Celery's worker and beat; all end with the block.

    ``gateway`` and ``postbox`` are the providers that its messages go to.
    """

    def __init__(self, address, folder, *, gateway=None, postbox=None, redis=None, **environment):
        self.address, self.folder, self.redis = address, folder, redis
        self.gateway, self.postbox = gateway, postbox
        self.children, self.keepers, self.over = [], [], threading.Event()
        (folder / "static").mkdir(exist_ok=True)  # whitenoise warns where there is none
        self.environment = os.environ | {
            "PYTHON": sys.executable,
            "PYTHONWARNINGS": "ignore",
            "DATABASE_URL": address,
            "DATA_DIR": str(folder),
            "DEBUG": "1",
            "DEMO": "0",
            "REDIS_URL": f"{redis.address}/0" if redis else "",
            "CACHE_URL": f"{redis.address}/1".replace("redis", "rediscache", 1) if redis else "",
            "JOBS_LEASE": str(LEASE),
            "JOBS_BEAT": str(LEASE),
            "SMS_GATEWAY": gateway.url if gateway else "",
            **(postbox.environment if postbox else {}),
            **environment,
        }

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.over.set()
        for keeper in self.keepers:
            keeper.join()
        for child in self.children:
            self.kill(child)

    def manage(self, *words):
        command = [sys.executable, *MANAGE, *words]
        answer = subprocess.run(command, env=self.environment, capture_output=True, text=True)
        assert answer.returncode == 0, answer.stderr
        return answer.stdout

    def shell(self, code):
        return self.manage("shell", "-v0", "-c", code)

    def fill(self, count, ways=("sms",)):
        """Let so many messages wait for a worker."""
        self.shell(WISH + FILL.format(count=count, ways=ways))

    # -- Processes --------------------------------------------------------------------------
    def start(self, process, *options, **environment):
        """Start a process as an installation does, in a group of its own; it logs to a file."""
        with (self.folder / f"log-{len(self.children)}").open("w") as log:
            child = subprocess.Popen(
                [RUN, process, *options], env=self.environment | environment, stdout=log,
                stderr=log, start_new_session=True, preexec_fn=die_with_parent,
            )  # fmt: skip
        self.children.append(child)
        return child

    def worker(self, *options, **environment):
        process = ("worker",) if self.redis else ("pekerja", "--skip-checks")
        return self.start(*process, *options, **environment)

    def beat(self):
        """Celery's clock; ``pekerja`` has its own."""
        if not self.redis:
            return None
        return self.start("beat", "-s", str(self.folder / f"beat-{len(self.children)}"))

    def keep(self, begin):
        """Begin a process and begin it anew where it ends, as ``restart: unless-stopped`` does."""

        def watch(child):
            while not self.over.wait(0.2):
                if child.poll() is not None:
                    child = begin()

        keeper = threading.Thread(target=watch, args=(begin(),), daemon=True)
        self.keepers.append(keeper)
        keeper.start()

    @staticmethod
    def kill(child):
        """Kill the whole group without warning."""
        try:
            os.killpg(child.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        child.wait()

    @staticmethod
    def stop(child):
        """Stop it as an operator would; it ends well."""
        child.terminate()
        assert child.wait(STOPPING) == 0

    # -- Rows -------------------------------------------------------------------------------
    def sql(self, statement):
        """Run a statement on the portal's database; return the rows that it gives."""
        with closing(self._connect()) as connection:
            cursor = connection.cursor()
            cursor.execute(statement)
            rows = cursor.fetchall() if cursor.description else []
            connection.commit()
        return rows

    def jobs(self, kind="kirim_pesan"):
        """Return how many jobs of a kind stand how."""
        where = f"WHERE kind = '{kind}' GROUP BY status"
        return dict(self.sql(f"SELECT status, COUNT(*) FROM notifications_job {where}"))

    def leases(self):
        """Return the leases of all jobs that somebody holds, dead or alive."""
        return set(self.sql("SELECT lease FROM notifications_job WHERE status = 'dikerjakan'"))

    def left(self):
        return sum(number for status, number in self.jobs().items() if status != "selesai")

    def let_time_pass(self):
        """End the pauses of all jobs that wait for another try."""
        zone = "" if self.address.startswith("sqlite") else "+00"
        now = f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S.%f}{zone}"
        self.sql(f"UPDATE notifications_job SET due_at = '{now}' WHERE status = 'menunggu'")

    def _connect(self):
        if self.address.startswith("sqlite"):
            return sqlite3.connect(self.address.removeprefix("sqlite:///"), timeout=20)
        return psycopg2.connect(self.address)


PATIENCE = 180
"""Seconds for what takes a few where the machine is not shared with the long figures."""


def wait(until, seconds=20):
    """Wait until it holds; return whether it does."""
    end = time.monotonic() + seconds
    while not until() and time.monotonic() < end:
        time.sleep(0.01)
    return until()


@contextmanager
def sqlite_copies(folder):
    """Give a maker of databases: copies of one file that has all tables."""
    first = folder / "db.sqlite3"
    tables.sqlite_file(first)
    yield lambda name: f"sqlite:///{shutil.copy(first, folder / name)}"


@contextmanager
def postgresql_copies(folder):
    """The same on the server under test; all are dropped in the end."""
    made, server = [], psycopg2.connect(os.environ["DATABASE_URL"])
    server.autocommit = True

    template = tables.postgresql_template(os.environ["DATABASE_URL"])

    def make(name):
        made.append(f"{name}_{os.getpid()}_{len(made)}")
        with server.cursor() as cursor:
            cursor.execute(f"CREATE DATABASE {made[-1]} TEMPLATE {template}")
        return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{made[-1]}").geturl()

    yield lambda name: make("uji")
    with server.cursor() as cursor:
        for name in made:
            cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")
    server.close()
