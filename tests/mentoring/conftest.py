from copy import deepcopy
from types import SimpleNamespace

import pytest
from django.db import connection

from tests.factories.mentoring import mentoring_world
from tests.factories.people import people_world


@pytest.fixture(scope="module")
def made(module_db) -> SimpleNamespace:
    """The people of people_world(): nobody has been evaluated yet."""
    return people_world()


@pytest.fixture(scope="module")
def _judged(module_db) -> SimpleNamespace:
    judged = mentoring_world()
    connection.check_constraints()
    return judged


@pytest.fixture
def judged(_judged, db) -> SimpleNamespace:
    """The people of mentoring_world(): some have announced results."""
    return deepcopy(_judged)
