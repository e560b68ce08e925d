"""The cache counts tries (logins, codes, look-ups, uploads): it must neither fail nor forget.

With Redis the counts stand there; while it is away, in the table that serves where there is none.
A count that begins anew with the change gives one more allowance; the lock-out after failed logins
is kept elsewhere in the database and does not notice.
"""

import base64
import logging
import pickle
import time

from django.core.cache import caches
from django.core.cache.backends.db import DatabaseCache
from django.core.cache.backends.redis import RedisCache
from django.db import connections, router, transaction
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

logger = logging.getLogger(__name__)

PATIENCE = 0.5
"""Seconds for Redis to take a connection, and again to answer."""
QUIET = 30
"""Seconds without asking Redis after it did not answer, so that no request waits for it."""
STAND_IN = "table"
"""The cache in ``CACHES`` that serves meanwhile."""


class TableCache(DatabaseCache):
    """Django's table, with counters that lose no count and end when they were to end."""

    def incr(self, key, delta=1, version=None):
        """Add to a counter. ValueError where there is none, or its time is over."""
        stored = self.make_and_validate_key(key, version=version)
        database = router.db_for_write(self.cache_model_class)
        table = connections[database].ops.quote_name(self._table)
        change = f"UPDATE {table} SET value = "  # noqa: S608 - the name comes from the settings
        with transaction.atomic(using=database), connections[database].cursor() as cursor:
            cursor.execute(f"{change} value WHERE cache_key = %s", [stored])  # ours until the end
            value = self.get(key, version=version)
            if value is None:
                raise ValueError(f"no counter {key}")
            value += delta
            packed = base64.b64encode(pickle.dumps(value, self.pickle_protocol)).decode()
            cursor.execute(f"{change} %s WHERE cache_key = %s", [packed, stored])
        return value


def _steady(name):
    """Return a method that asks Redis, or the table where Redis does not answer."""
    of_redis = getattr(RedisCache, name)

    def method(self, *args, **kwargs):
        if time.monotonic() >= SteadyCache.quiet_until:
            try:
                return of_redis(self, *args, **kwargs)
            except RedisError as error:
                SteadyCache.quiet_until = time.monotonic() + QUIET
                logger.warning("cache: Redis does not answer: %s", type(error).__name__)
        return getattr(caches[STAND_IN], name)(*args, **kwargs)

    return method


class SteadyCache(RedisCache):
    """Redis that fails neither the request nor the limit."""

    quiet_until = 0.0
    """Of the whole process: each thread has a cache of its own."""

    def __init__(self, server, params):
        waits = {"socket_connect_timeout": PATIENCE, "socket_timeout": PATIENCE}
        once = {"retry": Retry(NoBackoff(), 0)}
        super().__init__(server, params | {"OPTIONS": waits | once | params.get("OPTIONS", {})})

    add, get, set, touch = map(_steady, ("add", "get", "set", "touch"))
    delete, incr, has_key, clear = map(_steady, ("delete", "incr", "has_key", "clear"))
    get_many, set_many, delete_many = map(_steady, ("get_many", "set_many", "delete_many"))
