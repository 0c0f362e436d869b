"""Counting attempts in the cache, so that nobody guesses a code at leisure."""

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest


def too_many(request: HttpRequest, what: str, *, limit: int, seconds: int) -> bool:
    """Counts one attempt at `what` from this address and says whether there were more than `limit` in `seconds`."""
    key = f"attempts:{what}:{get_adapter().get_client_ip(request)}"
    if cache.add(key, 1, seconds):
        return False
    try:
        return cache.incr(key) > limit
    except ValueError:  # it expired between the two lines
        cache.add(key, 1, seconds)
        return False
