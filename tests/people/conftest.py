"""What every test of people may count on."""

from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from django.utils import translation

from tests.factories.people import people_world


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """Sentences are compared in English, whatever language an earlier test left behind."""
    with translation.override("en"):
        yield


@pytest.fixture(scope="module")
def made(module_db) -> SimpleNamespace:
    return people_world()
