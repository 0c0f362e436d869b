"""The small world of the tests is what its description says."""

import pytest

from people.queries import administered_units, visible_people, visible_units
from tests.factories.people import people_world

pytestmark = pytest.mark.django_db


def test_the_world_has_sight_as_roles_say():
    w = people_world()
    assert set(visible_units(w.head)) == {w.school, w.group_math, w.group_arts}
    assert set(administered_units(w.administrator)) == {
        w.commune, w.school, w.other_school, w.group_math, w.group_arts, w.other_group,
    }  # fmt: skip
    assert not visible_units(w.teacher).exists()
    assert w.other_teacher not in visible_people(w.head)
