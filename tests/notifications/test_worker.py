"""Real worker processes, killed in the middle, against a real gateway on loopback."""

import os
import subprocess
import sys
import time

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

    def __init__(self, address, gateway):
        self.gateway = gateway
        self.environment = os.environ | {
            "DATABASE_URL": address,
            "DEBUG": "1",
            "DEMO": "0",
            "REDIS_URL": "",
            "JOBS_LEASE": str(LEASE),
            "SMS_GATEWAY": gateway.url,
        }

    def manage(self, *words):
        return subprocess.run(
            [*MANAGE, *words], env=self.environment, capture_output=True, check=True, text=True
        ).stdout

    def worker(self):
        return subprocess.Popen([*MANAGE, "pekerja"], env=self.environment)

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


@pytest.fixture
def portal(request, tmp_path):
    """Sixty messages that wait for a worker, in a database that processes share."""
    address = f"sqlite:///{tmp_path / 'db.sqlite3'}"
    if connection.vendor == "postgresql":
        request.getfixturevalue("transactional_db")
        there = connection.settings_dict
        address = "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**there)
    with Gateway(delay=0.15) as gateway:
        portal = Portal(address, gateway)
        if connection.vendor == "sqlite":
            portal.manage("migrate", "notifications", "--verbosity=0")
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
