from types import SimpleNamespace

import pytest

from tests.factories.mentoring import mentoring_world
from tests.factories.people import people_world


@pytest.fixture
def w(db) -> SimpleNamespace:
    """The people of people_world(): nobody has been evaluated yet."""
    return people_world()


@pytest.fixture
def judged(db) -> SimpleNamespace:
    """The people of mentoring_world(): some have announced results."""
    return mentoring_world()
