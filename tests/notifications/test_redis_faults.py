"""Redis emptied, killed, started anew, frozen and full, while people use the portal."""

import time
from collections import Counter

import pytest
import requests
from _processes import free_port

from tests.notifications.figures import write
from tests.notifications.postbox import Postbox
from tests.notifications.processes import PATIENCE, wait
from tests.notifications.visitors import Visitors

pytestmark = [pytest.mark.services, pytest.mark.parametrize("start", ["celery"], indirect=True)]


@pytest.fixture
def portal(start):
    port = free_port()
    with Postbox() as postbox:
        bind = {"BIND": f"127.0.0.1:{port}", "WEB_WORKERS": "2"}
        portal = start(postbox=postbox, DEBUG="0", BEHIND_PROXY="1", **bind)
        portal.url = f"http://127.0.0.1:{port}"
        yield portal


def web(portal, **environment):
    """Start gunicorn; return once it answers."""
    process = portal.start("web", **environment)
    assert wait(lambda: _answers(portal.url), PATIENCE), "no answer"
    return process


def _answers(url):
    try:
        return requests.get(f"{url}/sehat/", timeout=5).status_code == 200
    except requests.RequestException:
        return False


def spoil(portal, visitors, seconds):
    """Do to Redis, one after the other, all that can happen to it."""
    redis = portal.redis
    visitors.phase = "emptied"
    for _ in range(5):
        redis.client.flushall()
        time.sleep(seconds / 10)
    visitors.phase = "killed"
    redis.kill()
    time.sleep(seconds)
    visitors.phase = "started empty"
    redis.start()
    time.sleep(seconds / 2)
    visitors.phase = "frozen"
    redis.freeze()
    time.sleep(seconds / 2)
    redis.thaw()
    visitors.phase = "full"
    redis.client.config_set("maxmemory", "1")
    time.sleep(seconds / 2)
    redis.client.config_set("maxmemory", "0")
    visitors.phase = "after"


@pytest.mark.parametrize("seconds", [4, pytest.param(60, marks=pytest.mark.panjang)])
def test_redis_may_be_lost_at_any_time(portal, seconds):
    portal.keep(portal.worker), portal.keep(portal.beat), web(portal)
    with Visitors(portal.url) as visitors:
        time.sleep(seconds / 3)
        spoil(portal, visitors, seconds)
    back = time.monotonic()
    drained = wait(lambda: portal.left() == 0, 120)
    found = write(
        "redis", worker="celery", count=len(visitors.answers), signed_up=visitors.signed_up(),
        delivered=len(portal.postbox.delivered), left=portal.left(),
        failures=len(visitors.failures()), p95=visitors.p95(), seconds_away=seconds,
        p95_of={phase: visitors.p95(phase) for phase in Counter(a.phase for a in visitors.answers)},
        statuses=Counter(f"{a.what} {a.status}" for a in visitors.answers),
        slowest=round(max(a.seconds for a in visitors.answers), 2),
        drained_after=round(time.monotonic() - back, 1), processes=len(portal.children),
    )  # fmt: skip
    assert drained and found["failures"] == 0 and found["p95"] < 1
    assert found["delivered"] == found["signed_up"] > 0


def test_django_s_own_cache_answers_500_without_redis(portal):
    web(portal, DJANGO_SETTINGS_MODULE="tests.notifications.plain_cache_settings")
    portal.redis.kill()
    with Visitors(portal.url, hands=1) as visitors:
        time.sleep(2)
    assert visitors.failures()
