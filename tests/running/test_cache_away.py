"""Redis goes away while people work: they sign in, pages open, attempts are still counted; it comes back by itself."""

from contextlib import ExitStack

import pytest
from django.core.cache import cache
from django.urls import reverse

from core import caching
from tests.conftest import redis_server
from tests.factories.people import PASSWORD, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.queue]


@pytest.fixture
def redis(tmp_path, settings, monkeypatch):
    """A Redis of this test's own as the cache; `.stop()` and `.start()`."""

    class Switch:
        def __init__(self):
            self.port, self.stack = 0, ExitStack()

        def start(self):
            self.port = self.stack.enter_context(redis_server(tmp_path, self.port))

        def stop(self):
            self.stack.close()

    monkeypatch.setattr(caching, "ASK_AGAIN", 0.0)
    monkeypatch.setattr(caching.ForgivingRedisCache, "down_until", 0.0)
    switch = Switch()
    switch.start()
    settings.CACHES = {
        "default": {
            "BACKEND": "core.caching.ForgivingRedisCache",
            "LOCATION": f"redis://127.0.0.1:{switch.port}/0",
            "OPTIONS": {"fallback": tmp_path / "cache"},
        }
    }
    yield switch
    switch.stop()


def sign_in(client, user, password=PASSWORD):
    return client.post(reverse("account_login"), {"login": user.username, "password": password})


def test_signing_in_and_pages_work_while_redis_is_away_and_when_it_is_back(client, redis):
    user = UserFactory()
    for away in (False, True, False):
        redis.stop()
        if not away:
            redis.start()
        assert sign_in(client, user).status_code == 302
        assert client.get(reverse("home")).status_code == 200
        assert client.post(reverse("account_logout")).status_code == 302
        assert client.get(reverse("account_login")).status_code == 200
        answer = client.get("/readyz")
        assert answer.status_code == 200
        assert (answer.json()["cache"] == "ok") is not away


def test_wrong_passwords_are_counted_while_redis_is_away(client, redis):
    user = UserFactory()
    redis.stop()
    for _attempt in range(5):
        assert "Too many" not in sign_in(client, user, "sai").content.decode()
    refused = sign_in(client, user, PASSWORD)
    assert refused.status_code != 302 or refused.url == reverse("account_login")
    assert client.get(reverse("home")).status_code == 302  # still outside


def test_nobody_waits_twice_for_a_redis_that_does_not_answer(redis, monkeypatch, caplog):
    monkeypatch.setattr(caching, "ASK_AGAIN", 60.0)
    redis.stop()
    for number in range(20):
        cache.set(f"a{number}", number)
        assert cache.get(f"a{number}") == number
    assert len([record for record in caplog.records if "does not answer" in record.message]) == 1


def test_every_method_has_its_stand_in(redis):
    redis.stop()
    assert cache.add("n", 1)
    assert not cache.add("n", 1)
    assert cache.incr("n") == 2
    assert cache.decr("n") == 1
    assert cache.touch("n", 60)
    assert cache.has_key("n")
    cache.set_many({"x": 1, "y": "hai"})
    assert cache.get_many(["x", "y", "z"]) == {"x": 1, "y": "hai"}
    cache.delete_many(["x"])
    assert cache.delete("y")
    assert cache.get_or_set("y", lambda: "ba") == "ba"
    with pytest.raises(ValueError, match="not found"):
        cache.incr("nothing")
    cache.clear()
    assert cache.get("n") is None


def test_what_is_wrong_with_a_value_is_no_outage(redis):
    cache.set("text", "chữ")
    with pytest.raises(Exception, match="not an integer"):
        cache.incr("text")
    assert caching.ForgivingRedisCache.down_until == 0.0
