"""Who drafts and who publishes; and frameworks from nothing, as a new installation has them."""

import pgtrigger
import pytest

from people.enums import Role
from people.models import Unit, User
from standards.models import Framework, FrameworkVersion
from tests.factories.people import CommuneFactory, ProvinceFactory, member


@pytest.fixture
def no_frameworks(db) -> None:
    """Takes away what every other test stands on, until this test ends."""
    with pgtrigger.ignore():  # a published version can't be removed otherwise
        FrameworkVersion.objects.all().delete()
        Framework.objects.all().delete()


@pytest.fixture
def province(db) -> Unit:
    return ProvinceFactory()


@pytest.fixture
def chief(province: Unit) -> User:
    """An officer of the highest office: may publish."""
    return member(province, Role.OFFICER, full_name="Lê Thị Tỉnh")


@pytest.fixture
def officer(province: Unit) -> User:
    """An officer of a commune of that province: may draft."""
    return member(CommuneFactory(parent=province), Role.OFFICER, full_name="Trần Văn Xã")
