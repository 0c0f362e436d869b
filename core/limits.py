"""How often a person may do something costly: a counter in the cache."""

import logging

from django.core.cache import cache

log = logging.getLogger(__name__)


def within_limit(key: str, *, limit: int, seconds: int) -> bool:
    """Counts one more for `key`; False once there were more than `limit` in the last `seconds` (a fixed window).

    A cache that is down lets everything pass: a limit must not stop people's work.
    """
    name = f"limit:{key}"
    try:
        if cache.add(name, 1, seconds):
            return True
        return cache.incr(name) <= limit
    except ValueError:  # the window ended in between
        return True
    except Exception as error:  # noqa: BLE001 - every cache has its own exceptions
        log.warning("cache unreachable, %s is not counted: %s", key, error)
        return True
