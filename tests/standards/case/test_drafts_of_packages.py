"""A package of another product taken up, edited step by step, published, and given out again."""

from datetime import date

import pytest
from django.test import Client

from people.enums import Role
from standards.actions.drafts import change_draft, publish_draft, start_draft
from standards.case.importing import read_package
from standards.case.outgoing import draft_package_json, package_json
from standards.drafting import Tree
from standards.enums import DraftOrigin
from tests.factories.people import ProvinceFactory, member
from tests.standards.case import makers
from tests.standards.case.loss import lost
from tests.standards.case.oracle import problems
from tests.standards.case.test_round_trips import sent

pytestmark = pytest.mark.django_db
HEAD = ("CFDocument.statusStartDate", "CFDocument.adoptionStatus")


@pytest.fixture
def officer():
    return member(ProvinceFactory(), Role.OFFICER, full_name="Lê Thị Mẫu")


def taken_up(package: dict, officer):
    reading = read_package(package)
    return start_draft(by=officer, content=reading.pack, origin=DraftOrigin.CASE, case=reading.case)


def node(draft, code: str) -> dict:
    draft.refresh_from_db()
    return next(one for one in Tree(draft.content).of("criterion") if one.code == code).data


def published(draft, officer) -> dict:
    return sent(package_json(publish_draft(draft=draft, by=officer, valid_from=date(2027, 1, 1))))


@pytest.mark.parametrize("package", [makers.opensalt(), makers.opencase()], ids=["opensalt", "opencase"])
def test_without_an_edit_the_package_is_the_same(package, officer):
    draft = taken_up(package, officer)
    before = sent(draft_package_json(draft))
    after = published(draft, officer)
    for again in (before, after):
        assert problems(again, "CFPackageDType") == []
        assert [place for place in lost(package, again) if not place.startswith(HEAD)] == []
        assert len(again["CFItems"]) == len(package["CFItems"])
        assert len(again["CFAssociations"]) == len(package["CFAssociations"])


def test_with_edits_the_rest_stays(officer):
    package = makers.opencase()
    draft = taken_up(package, officer)
    plans, checks = node(draft, "T-1")["id"], node(draft, "T-2")["id"]
    steps = [
        {"do": "set", "node": plans, "field": "name.en", "value": "Plans", "before": "Plans lessons for every learner"},
        {"do": "set", "node": checks, "field": "descriptors.L1.en", "value": "Not yet", "before": None},
        {"do": "move", "node": plans, "parent": node_of_standard(draft, "R"), "at": 0},
    ]
    steps[1]["before"] = node(draft, "T-2")["descriptors"]["L1"]["en"]
    for step in steps:
        change_draft(draft_id=draft.pk, by=officer, step=step)
    draft.refresh_from_db()
    again = published(draft, officer)
    assert problems(again, "CFPackageDType") == []
    items = {row["identifier"]: row for row in again["CFItems"]}
    assert items[plans]["fullStatement"] == "Plans"
    assert items[plans]["extensions"]["canvas"] == {"x": 12, "y": 7.5}
    places = {
        row["originNodeURI"]["identifier"]: row
        for row in again["CFAssociations"]
        if row["associationType"] == "isChildOf"
    }
    assert items[places[plans]["destinationNodeURI"]["identifier"]]["humanCodingScheme"] == "R"
    texts = [
        level["description"]
        for row in again["CFRubrics"][0]["CFRubricCriteria"]
        for level in row["CFRubricCriterionLevels"]
    ]
    assert "Not yet" in texts
    assert "Keep going" in str(again["CFRubrics"])
    kinds = {row["associationType"] for row in again["CFAssociations"]}
    assert kinds == {"isChildOf", "precedes", "ext:inspires"}
    reading = read_package(again)
    assert [node["code"] for node in reading.pack["standards"][1]["criteria"]] == ["T-1", "R-1"]


def node_of_standard(draft, code: str) -> str:
    return next(one for one in Tree(draft.content).of("standard") if one.code == code).data["id"]


def test_a_later_edition_keeps_the_names_of_its_items(officer):
    first = taken_up(makers.opencase(), officer)
    published(first, officer)
    package = makers.opencase()
    package["CFItems"][1]["fullStatement"] = "Plans lessons for all"
    package["CFDocument"]["version"] = "3.0"
    draft = taken_up(package, officer)
    change_draft(
        draft_id=draft.pk,
        by=officer,
        step={"do": "set", "node": "", "field": "code", "value": "mau-3", "before": draft.content["code"]},
    )
    draft.refresh_from_db()
    again = published(draft, officer)
    assert [place for place in lost(package, again) if not place.startswith(HEAD)] == []
    assert {row["identifier"] for row in again["CFItems"]} == {row["identifier"] for row in package["CFItems"]}
    assert "replacedBy" not in {row["associationType"] for row in again["CFAssociations"]}
    draft.refresh_from_db()
    for name in (draft.published_as.identifier, package["CFDocument"]["identifier"]):
        served = Client().get(f"/ims/case/v1p1/CFPackages/{name}").json()
        assert served["CFDocument"]["version"] == "3.0"
