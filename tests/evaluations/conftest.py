"""What most tests of evaluations start from."""

from types import SimpleNamespace

import pytest

from tests.factories.evaluations import evaluation_world


@pytest.fixture(scope="module")
def made(module_db) -> SimpleNamespace:
    return evaluation_world()
