"""Real worker processes, killed in the middle, against a real gateway on loopback."""

import os
import shutil
import subprocess
import sys
import time
from contextlib import contextmanager
from urllib.parse import urlsplit

import psycopg2
import pytest
from django.conf import settings
from django.db import connection

from tests.notifications.gateway import Gateway

MESSAGES, KILLS, LEASE = 60, 5, 2
FILL = f"""
from django.db import transaction
from notifications import outbox
with transaction.atomic():
    for n in range({MESSAGES}):
        outbox.send(template="akun_ada", key=f"uji:{{n}}", user=None,
                    channels=[("sms", f"+62812000000{{n:02}}")], context={{}})
"""
LEFT = """
from notifications.models import Job
print("left", Job.objects.filter(kind="kirim_pesan").exclude(status="selesai").count())
"""
MANAGE = [sys.executable, "-W", "ignore", str(settings.BASE_DIR / "manage.py")]


class Portal:
    """The portal's processes on a database of their own."""

    def __init__(self, address, gateway=None):
        self.gateway = gateway
        self.environment = os.environ | {
            "DATABASE_URL": address,
            "DEBUG": "1",
            "DEMO": "0",
            "REDIS_URL": "",
            "JOBS_LEASE": str(LEASE),
            "SMS_GATEWAY": gateway.url if gateway else "",
        }

    def manage(self, *words):
        command = [*MANAGE, *words]
        answer = subprocess.run(command, env=self.environment, capture_output=True, text=True)
        assert answer.returncode == 0, answer.stderr
        return answer.stdout

    def worker(self):
        return subprocess.Popen([*MANAGE, "pekerja", "--skip-checks"], env=self.environment)

    def left(self):
        return int(self.manage("shell", "-c", LEFT).rsplit("left", 1)[1])

    def kill_in_the_middle(self):
        """Let a worker deliver some and begin others, then kill it without warning."""
        before, worker = len(self.gateway.delivered), self.worker()
        busy = wait(lambda: before + 4 <= len(self.gateway.delivered) < len(self.gateway.calls) - 1)
        worker.kill()
        worker.wait()
        assert busy

    def finish(self, until):
        """Let a worker go on and stop it as an operator would."""
        worker = self.worker()
        wait(until)
        time.sleep(1)
        worker.terminate()
        assert worker.wait(20) == 0


def wait(until, seconds=20):
    end = time.monotonic() + seconds
    while not until() and time.monotonic() < end:
        time.sleep(0.01)
    return until()


@contextmanager
def sqlite_copies(folder):
    """Give a maker of databases: copies of one file that has all tables."""
    first = folder / "db.sqlite3"
    Portal(f"sqlite:///{first}").manage("migrate", "notifications", "--skip-checks")
    yield lambda name: f"sqlite:///{shutil.copy(first, folder / name)}"


@contextmanager
def postgresql_copies(folder):
    """The same on the server under test; all are dropped in the end."""
    made, server = [], psycopg2.connect(os.environ["DATABASE_URL"])
    server.autocommit = True

    def make(name, template="template1"):
        made.append(f"{name}_{os.getpid()}")
        with server.cursor() as cursor:
            cursor.execute(f"CREATE DATABASE {made[-1]} TEMPLATE {template}")
        return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{made[-1]}").geturl()

    Portal(make("pekerja")).manage("migrate", "notifications", "--skip-checks")
    yield lambda name: make(name, made[0])
    with server.cursor() as cursor:
        for name in made:
            cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")
    server.close()


@pytest.fixture(scope="module")
def database(tmp_path_factory):
    """A maker of databases that processes share."""
    copies = postgresql_copies if connection.vendor == "postgresql" else sqlite_copies
    with copies(tmp_path_factory.mktemp("pekerja")) as make:
        yield make


@pytest.fixture
def portal(database, request):
    """Sixty messages that wait for a worker."""
    with Gateway(delay=0.15) as gateway:
        portal = Portal(database(request.node.name), gateway)
        portal.manage("shell", "-c", FILL)
        yield portal


def test_killed_workers_lose_no_message(portal):
    for _ in range(KILLS):
        portal.kill_in_the_middle()
    portal.finish(lambda: len(portal.gateway.delivered) == MESSAGES)
    assert len(portal.gateway.delivered) == MESSAGES and portal.left() == 0
    assert len(portal.gateway.calls) <= MESSAGES + KILLS * 4


def test_without_the_sweep_killed_workers_lose_messages(portal):
    portal.environment["JOBS_SWEEP"] = "0"
    portal.kill_in_the_middle()
    portal.finish(lambda: len(portal.gateway.delivered) >= MESSAGES - 4)
    assert len(portal.gateway.delivered) < MESSAGES and portal.left() > 0
