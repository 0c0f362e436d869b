"""A reset throws away what was made and nothing else."""

import pytest

from demo.seed import reset
from people.models import Unit, UnitKind, User
from standards.actions import load_pack
from standards.models import FrameworkVersion
from standards.pack_files import find_pack, read_pack
from tests.factories.evaluations import tt20
from tests.factories.people import people_world


@pytest.mark.django_db
def test_reset_keeps_frameworks_and_kinds_of_units():
    world = people_world()
    tt20()
    own = read_pack(find_pack("vn-tt14-2018")) | {"code": "published-here"}
    load_pack(pack=own, by=world.officer)
    kinds = UnitKind.objects.count()
    reset()
    assert not User.objects.exists()
    assert not Unit.objects.exists()
    assert UnitKind.objects.count() == kinds
    assert [version.code for version in FrameworkVersion.objects.order_by("code")] == ["vn-tt20-2018"]
