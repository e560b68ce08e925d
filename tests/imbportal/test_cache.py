"""Limits are counted in the cache: what it promises with Redis, without, and while that is away."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
import time_machine
from django.core.cache import caches
from django.core.cache.backends.db import DatabaseCache
from django.db import connections

from imbportal.cache import STAND_IN, SteadyCache, TableCache
from tests.notifications.redis_server import RedisServer

table = caches[STAND_IN]


@pytest.mark.django_db
def test_a_counter_ends_when_it_was_to_end():
    with time_machine.travel("2026-11-16 03:00Z", tick=False) as clock:
        table.add("coba", 0, 600)
        clock.shift(500)
        assert table.incr("coba") == 1
        clock.shift(99)
        assert table.incr("coba") == 2
        clock.shift(2)
        with pytest.raises(ValueError):
            table.incr("coba")


@pytest.fixture
def count_at_once(django_db_setup, django_db_blocker):
    """Four threads that count to ten each; nothing is rolled back, so the counter is removed."""

    def work(increment):
        for _ in range(10):
            increment(caches[STAND_IN], "serentak")
        connections.close_all()

    def count(increment):
        table.set("serentak", 0, 600)
        with ThreadPoolExecutor(4) as pool:
            list(pool.map(work, [increment] * 4))
        return table.get("serentak")

    with django_db_blocker.unblock():
        yield count
        table.delete("serentak")


@pytest.mark.services
def test_no_count_is_lost_between_threads(count_at_once):
    assert count_at_once(TableCache.incr) == 40


@pytest.mark.services
def test_django_s_own_counter_loses_some(count_at_once):
    assert any(count_at_once(DatabaseCache.incr) < 40 for _ in range(10))


@pytest.fixture
def steady(tmp_path, monkeypatch):
    """The cache of an installation with Redis, and that Redis."""
    monkeypatch.setattr(SteadyCache, "quiet_until", 0.0)
    with RedisServer(tmp_path) as server:
        yield SteadyCache(f"{server.address}/1", {}), server


@pytest.mark.services
@pytest.mark.django_db
@pytest.mark.parametrize("fault", ["kill", "freeze"])
def test_limits_are_still_counted_while_redis_is_away(steady, fault, monkeypatch):
    cache, server = steady
    cache.add("coba", 0, 600)
    assert cache.incr("coba") == 1 and table.get("coba") is None
    getattr(server, fault)()
    begin = time.monotonic()
    assert cache.add("coba", 0, 600)
    assert [cache.incr("coba") for _ in range(20)] == list(range(1, 21))
    assert time.monotonic() - begin < 5
    server.thaw() if fault == "freeze" else server.start()
    monkeypatch.setattr(SteadyCache, "quiet_until", 0.0)
    assert (cache.get("coba") or 0) <= 1


@pytest.mark.services
@pytest.mark.django_db
def test_a_full_redis_costs_no_count(steady):
    cache, server = steady
    server.client.config_set("maxmemory", "1")
    assert cache.add("coba", 0, 600) and cache.incr("coba") == 1
