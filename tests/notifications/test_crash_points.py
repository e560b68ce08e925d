"""Processes that die between the database's commit and the ring, or never come to the commit."""

import time

import pytest

from tests.notifications.figures import write
from tests.notifications.gateway import Gateway
from tests.notifications.postbox import Postbox
from tests.notifications.processes import WISH, celery_panjang, wait

DIE_AT_THE_BELL = """
import os, signal
from django.db import connections
from notifications import bell
def die(*words, **more):
    os.kill(os.getpid(), signal.SIGKILL)
bell.ring = die
for n in range({count}):
    child = os.fork()
    if not child:
        with transaction.atomic():
            wish(n, ("sms", "email")[n % 2])
        os._exit(0)
    assert os.waitpid(child, 0)[1] == signal.SIGKILL
"""
ROLL_BACK = """
class Undo(Exception):
    pass
for n in range({count}):
    try:
        with transaction.atomic():
            wish(n, ("sms", "email")[n % 2])
            raise Undo
    except Undo:
        pass
with transaction.atomic():
    wish({count}, "sms")
"""
SECONDS = {
    "sqlite": "MAX((julianday(sent_at) - julianday(created_at)) * 86400)",
    "postgres": "MAX(EXTRACT(EPOCH FROM sent_at - created_at))",
}


@pytest.fixture
def portal(start):
    with Gateway() as gateway, Postbox() as postbox:
        yield start(gateway=gateway, postbox=postbox)


def slowest(portal):
    """Return how many seconds the slowest message took from its commit to its record."""
    column = SECONDS[portal.address.partition(":")[0]]
    return round(float(portal.sql(f"SELECT {column} FROM notifications_message")[0][0]), 1)


def figures(portal, name, count, **more):
    kind = "celery" if portal.redis else "pekerja"
    delivered = len(portal.gateway.delivered) + len(portal.postbox.delivered)
    return write(name, worker=kind, count=count, delivered=delivered, **more)


@pytest.mark.parametrize("count", [10, pytest.param(100, marks=pytest.mark.panjang)])
def test_whoever_dies_before_the_ring_leaves_no_message_behind(portal, count):
    portal.worker(), portal.beat()
    portal.shell(WISH + DIE_AT_THE_BELL.format(count=count))
    assert wait(lambda: portal.jobs() == {"selesai": count}, 90)
    found = figures(portal, "before-the-ring", count, slowest=slowest(portal))
    assert found["delivered"] == count and found["slowest"] < 90


@pytest.mark.services
@pytest.mark.panjang
@pytest.mark.parametrize("start", ["celery"], indirect=True)
def test_without_beat_and_ring_nobody_hears_of_them(portal):
    portal.worker()
    portal.shell(WISH + DIE_AT_THE_BELL.format(count=4))
    time.sleep(5)
    assert portal.jobs() == {"menunggu": 4} and not portal.gateway.calls


@celery_panjang(100, 1000)
def test_what_is_rolled_back_is_never_sent(portal, count):
    portal.worker(), portal.beat()
    portal.shell(WISH + ROLL_BACK.format(count=count))
    assert wait(lambda: portal.jobs() == {"selesai": 1}, 30)
    time.sleep(1)
    assert figures(portal, "rolled-back", count)["delivered"] == 1  # the one that was committed
    assert portal.sql("SELECT COUNT(*) FROM notifications_message") == [(1,)]
