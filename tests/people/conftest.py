"""What every test of people may count on."""

from collections.abc import Iterator

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """Sentences are compared in English, whatever language an earlier test left behind."""
    with translation.override("en"):
        yield
