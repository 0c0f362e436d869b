"""The factories bring an evaluation to every status by the real actions."""

import pytest

from evaluations.enums import Status
from tests.factories.evaluations import bring_to, evaluation_world

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("status", Status.values)
def test_every_status_can_be_reached(status):
    w = evaluation_world()
    assert bring_to(w.mine, Status(status), head=w.head).status == status
