"""The cache in Redis, which may go away: then files on this machine do its work, and nobody is kept from signing in.

Attempts to sign in are counted in the cache. Without it every sign-in would fail; with nothing in its place nobody would
count. Counters in files hold for one machine, which is what a product without Redis has anyway.
"""

import logging
import time
from functools import cached_property

from django.core.cache.backends.filebased import FileBasedCache
from django.core.cache.backends.redis import RedisCache
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError as Unreachable
from redis.exceptions import RedisError
from redis.exceptions import TimeoutError as TooSlow
from redis.retry import Retry

log = logging.getLogger(__name__)

ASK_AGAIN = 10.0
"""Seconds for which a Redis that did not answer is not asked again: nobody's page waits for it twice."""

PATIENCE = 1.0
"""Seconds to wait for a connection, and for an answer."""


class ForgivingRedisCache(RedisCache):
    """Django's Redis cache; while Redis does not answer, a cache of files in the folder of the option `fallback`.

    Values do not move between the two: a counter begins anew with each, a kept value is made again.
    """

    down_until = 0.0  # of the whole process; every thread has its own connection

    def __init__(self, server, params: dict):
        options = dict(params.get("OPTIONS", {}))
        self._folder = options.pop("fallback")
        self._entries = {"OPTIONS": {"MAX_ENTRIES": options.pop("max_entries", 20_000)}}
        patient = {"socket_connect_timeout": PATIENCE, "socket_timeout": PATIENCE, "retry": Retry(NoBackoff(), 1)}
        super().__init__(server, {**params, "OPTIONS": {**patient, **options}})

    @cached_property
    def _files(self) -> FileBasedCache:
        return FileBasedCache(str(self._folder), self._entries)

    def reachable(self) -> bool:
        """Does Redis itself answer now?"""
        try:
            return bool(self._cache.get_client(None, write=True).ping())
        except (RedisError, OSError):
            return False

    def _ask(self, name: str, *args, **kwargs):
        """The method `name` of Redis, or of the files while Redis is away."""
        kind = type(self)
        if time.monotonic() >= kind.down_until:
            try:
                return getattr(super(), name)(*args, **kwargs)
            except (Unreachable, TooSlow, OSError) as error:
                kind.down_until = time.monotonic() + ASK_AGAIN
                log.warning("Redis does not answer, the cache is kept in files for %.0f s: %s", ASK_AGAIN, error)
        return getattr(self._files, name)(*args, **kwargs)


def _forgiving(name: str):
    def method(self, *args, **kwargs):
        return self._ask(name, *args, **kwargs)

    method.__name__ = name
    method.__doc__ = f"As `RedisCache.{name}`; from files while Redis is away."
    return method


for _name in (
    "add",
    "get",
    "set",
    "touch",
    "delete",
    "get_many",
    "has_key",
    "incr",
    "set_many",
    "delete_many",
    "clear",
):
    setattr(ForgivingRedisCache, _name, _forgiving(_name))
