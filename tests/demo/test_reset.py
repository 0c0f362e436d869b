"""A reset throws away what was made and nothing else."""

import pytest

from demo.seed import reset
from people.models import Unit, UnitKind, User
from standards.models import FrameworkVersion
from tests.factories.evaluations import tt20
from tests.factories.people import people_world


@pytest.mark.django_db
def test_reset_keeps_frameworks_and_kinds_of_units():
    people_world()
    tt20()
    kinds, versions = UnitKind.objects.count(), FrameworkVersion.objects.count()
    reset()
    assert not User.objects.exists()
    assert not Unit.objects.exists()
    assert (UnitKind.objects.count(), FrameworkVersion.objects.count()) == (kinds, versions)
