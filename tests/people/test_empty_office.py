"""An office without anything below it: its page and the form for a first unit."""

import pytest
from django.urls import reverse

from people.enums import Role
from people.models import UnitKind
from people.queries_tree import usual_kind_under
from tests.factories.people import CommuneFactory, SchoolFactory, UnitFactory, member

pytestmark = pytest.mark.django_db
ROSTER = "A roster adds the groups"


def page(client, person, name, unit):
    client.force_login(person)
    return client.get(reverse(f"people:{name}", args=[unit.code]))


def test_an_office_without_units_asks_for_its_schools_and_a_school_without_groups_for_its_roster(client):
    office = CommuneFactory()
    administrator = member(office, Role.ADMINISTRATOR)
    text = page(client, administrator, "unit", office).content.decode()
    assert "Add the schools here" in text
    assert ROSTER not in text
    assert f'class="btn btn-primary" href="{reverse("people:add_unit", args=[office.code])}"' in text
    school = SchoolFactory(parent=office)
    text = page(client, administrator, "unit", school).content.decode()
    assert ROSTER in text
    assert "Add the schools here" not in text
    assert f'<a href="{reverse("people:add_unit", args=[office.code])}"' in (
        page(client, administrator, "unit", office).content.decode()
    )


@pytest.mark.parametrize(
    ("parent", "usual"),
    [
        ("ministry", "province"),
        ("province", "commune"),
        ("area", "school"),
        ("district", "school"),
        ("commune", "school"),
        ("school", "group"),
    ],
)
def test_a_new_unit_is_proposed_as_what_usually_stands_there(client, parent, usual):
    unit = UnitFactory(kind=UnitKind.objects.get(code=parent))
    form = page(client, member(unit, Role.ADMINISTRATOR), "add_unit", unit).context["form"]
    assert f'<option value="{usual}" selected>' in str(form["kind"])


def test_an_office_of_a_kind_of_its_own_stands_above_schools():
    own = UnitKind.objects.create(code="cluster", place="office", name={"en": "Cluster"}, position=5)
    assert usual_kind_under(UnitFactory(kind=own)).code == "school"
