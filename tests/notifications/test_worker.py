"""Real worker processes, killed in the middle, against a real mail server and gateway."""

import time

import pytest

from tests.notifications.figures import write
from tests.notifications.gateway import Gateway
from tests.notifications.postbox import Postbox
from tests.notifications.processes import CELERY_PANJANG, PATIENCE, wait

THREADS = 4
FEW = 5
"""Messages that a worker delivers before it is killed."""


@pytest.fixture
def portal(start):
    """Sixty messages or more will go to providers that take them before they say so."""
    with Gateway(delay=0.1, silence=0.05) as gateway, Postbox(delay=0.1) as postbox:
        yield start(gateway=gateway, postbox=postbox)


def delivered(portal):
    return len(portal.gateway.delivered) + len(portal.postbox.delivered)


def kill_in_the_middle(portal, **environment):
    """Kill a worker that has delivered some; return how many jobs it held."""
    before, earlier, worker = delivered(portal), portal.leases(), portal.worker(**environment)
    assert wait(lambda: delivered(portal) >= before + FEW, 120)
    portal.kill(worker)
    return len(portal.leases() - earlier)


def finish(portal, until, **environment):
    """Let a worker go on and stop it as an operator would."""
    worker = portal.worker(**environment)
    wait(until, PATIENCE)
    time.sleep(1)
    portal.stop(worker)


def doubles(portal):
    """Return what people got twice from providers that honour the key."""
    people = [sms["to"] for sms in portal.gateway.delivered.values()]
    people += [mail["To"] for mail in portal.postbox.received]
    return len(people) - len(set(people))


ALL = pytest.param(500, 50, marks=[pytest.mark.panjang, pytest.mark.satu_basis_data])
"""On PostgreSQL Celery's workers alone are killed as often."""


@pytest.mark.parametrize("count, kills", [(60, 5), ALL])
def test_killed_workers_lose_no_message(portal, count, kills):
    portal.fill(count, ways=("sms", "email"))
    portal.beat()
    begin = time.monotonic()
    held = [kill_in_the_middle(portal) for _ in range(kills)]
    finish(portal, lambda: portal.left() == 0)
    repeats = len(portal.gateway.calls) + len(portal.postbox.calls) - delivered(portal)
    found = write(
        "kill", worker="celery" if portal.redis else "pekerja", count=count, kills=kills,
        held=sum(held), delivered=delivered(portal), left=portal.left(), repeats=repeats,
        doubles=doubles(portal), seconds=round(time.monotonic() - begin),
    )  # fmt: skip
    assert min(held) > 0, "a worker was killed that held nothing"
    assert (found["delivered"], found["left"], found["doubles"]) == (count, 0, 0)
    assert repeats <= kills * THREADS


@CELERY_PANJANG
def test_without_the_sweep_killed_workers_lose_messages(portal):
    portal.environment["JOBS_SWEEP"] = "0"
    portal.gateway.delay = 1  # time to kill a sender before the gateway takes anything
    portal.fill(12)
    portal.beat()
    worker, gateway = portal.worker(), portal.gateway
    assert wait(lambda: 4 <= len(gateway.delivered) < len(gateway.calls) - 1, 30)
    portal.kill(worker)
    held = len(portal.leases())
    finish(portal, lambda: portal.jobs().get("menunggu", 0) == 0)
    # What a killed thread had sent to the database before may still be written.
    assert 0 < portal.left() <= held and len(gateway.delivered) < 12
