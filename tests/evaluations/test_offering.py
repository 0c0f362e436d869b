"""Which versions a cycle may use: what is offered, in which order, and the sentence for each of the others."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from evaluations.actions.cycles import open_cycle
from evaluations.enums import CycleStatus
from evaluations.offering import force_words, offers
from standards.actions import load_pack
from standards.models import FrameworkVersion
from tests.evaluations.test_simulator_pages import other_version
from tests.factories.evaluations import CycleFactory, tt20
from tests.factories.people import people_world
from tests.standards.packs import TT14, shipped, small_pack

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)


def why(code: str) -> str:
    title = str(FrameworkVersion.objects.get(code=code))
    return dict(offers(TODAY).others)[title]


def test_an_ended_version_stays_until_another_takes_its_place():
    old = tt20()
    (only,) = offers(TODAY).usable
    assert only.version == old
    assert "13 April 2026. It has ended" in only.hint
    new = other_version("vn-moi", valid_from="2026-04-14", valid_to=None)
    found = offers(TODAY)
    assert [offer.version for offer in found.usable] == [new]
    assert str(new) in why(old.code)


def test_what_is_to_come_can_be_prepared_and_stands_last():
    tt20()
    coming = other_version("vn-sau", valid_from="2027-08-01", valid_to=None)
    found = offers(TODAY)
    assert [offer.version.code for offer in found.usable] == ["vn-tt20-2018", "vn-sau"]
    assert "1 August 2027. It is not in force yet" in found.usable[1].hint
    assert force_words(coming) == "in force from 1 August 2027"


def test_each_of_the_others_has_its_sentence():
    load_pack(pack=shipped(TT14))
    assert "School leaders" in why(TT14)
    results = [{"code": "P", "name": {"vi": "Đạt", "en": "Pass"}}, {"code": "Q", "name": {"vi": "Hơn", "en": "More"}}]
    rule = {
        "kind": "conditions",
        "results": [
            {"result": "Q", "conditions": [{"kind": "all_at_least", "level": "Y"}]},
            {"result": "P", "conditions": [{"kind": "always"}]},
        ],
    }
    load_pack(pack=small_pack("xx-results") | {"results": results, "rule": rule, "vectors": []})
    assert "not one of its levels" in why("xx-results")
    version = other_version("vn-nghi")
    FrameworkVersion.objects.filter(pk=version.pk).update(status="retired", retired_at=timezone.now())
    assert "taken out of use" in why("vn-nghi")


@pytest.fixture(scope="module")
def made(module_db):
    w = people_world()
    w.version = tt20()
    return w


def test_the_form_names_dates_and_reasons(client, world):
    load_pack(pack=shipped(TT14))
    client.force_login(world.officer)
    page = client.get(reverse("evaluations:cycle_new"))
    text = page.content.decode()
    assert "10 October 2018 to 13 April 2026" in text
    assert "Why other standards are not offered" in text
    assert page.context["form"].initial["version"] == world.version.pk
    for name in ("opinions_due", "decision_due"):
        assert "optional" not in page.context["form"][name].label_tag()


def test_a_retired_version_is_refused_when_the_cycle_is_opened(client, world):
    version = other_version("vn-nghi")
    cycle = CycleFactory(
        owner=world.commune,
        created_by=world.officer,
        schools=[world.school],
        version=version,
        status=CycleStatus.DRAFT,
        opened_at=None,
    )
    FrameworkVersion.objects.filter(pk=version.pk).update(status="retired", retired_at=timezone.now())
    client.force_login(world.officer)
    page = client.get(reverse("evaluations:cycle", args=[cycle.code]))
    assert "taken out of use" in page.content.decode()
    assert client.post(reverse("evaluations:cycle_open", args=[cycle.code])).status_code == 409


def test_a_version_from_next_year_is_prepared_and_opened_with_a_warning(client, world):
    version = other_version("vn-sau", valid_from="2099-08-01", valid_to=None)
    cycle = CycleFactory(
        owner=world.commune,
        created_by=world.officer,
        schools=[world.school],
        version=version,
        status=CycleStatus.DRAFT,
        opened_at=None,
    )
    client.force_login(world.officer)
    page = client.get(reverse("evaluations:cycle", args=[cycle.code])).content.decode()
    assert "These standards are not in force yet" in page
    assert open_cycle(cycle=cycle, by=world.officer).is_open
