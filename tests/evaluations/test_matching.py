"""Which criterion stands for which: mappings either way, drafts by origin, codes within one framework only."""

import pytest

from evaluations.matching import Tie, ties_between
from standards.actions import load_pack
from standards.enums import Relation
from standards.framework_data import from_pack
from standards.models import Mapping, MappingLink
from standards.queries import framework_data
from tests.standards.packs import TT14, TT20, shipped, shipped_data

pytestmark = pytest.mark.django_db


def test_a_version_is_itself():
    data = shipped_data(TT20)
    assert {(tie.source == tie.target, tie.relation) for tie in ties_between(data, data)} == {(True, Relation.EXACT)}


def test_codes_count_within_one_framework_only():
    assert ties_between(shipped_data(TT14), shipped_data(TT20)) == []
    other = shipped(TT20) | {"code": "vn-khac"}
    assert len(ties_between(shipped_data(TT20), from_pack(other))) == 15


def test_a_draft_remembers_where_its_criteria_came_from():
    old = from_pack(shipped(TT20))
    content = _clone()
    standard = content["standards"][0]
    first, second = standard["criteria"][:2]
    first["code"], first["name"] = "MOI", {"vi": "Gọi khác đi"}
    second["origins"] = [*second["origins"], *first["origins"]]
    content["rule"] = {"kind": "none"}
    content["vectors"] = []
    ties = ties_between(old, from_pack(content, status="draft"))
    assert Tie("TC03", "TC03", Relation.EXACT) in ties
    assert {tie.relation for tie in ties if tie.target in ("MOI", "TC02")} == {Relation.RELATED}


def _clone() -> dict:
    pack = shipped(TT20) | {"code": "vn-nhap"}
    ids = {criterion.code: str(criterion.identifier) for criterion in shipped_data(TT20).criteria}
    for standard in pack["standards"]:
        for criterion in standard["criteria"]:
            criterion["origins"] = [ids[criterion["code"]]]
    return pack


def test_a_mapping_is_read_either_way_and_goes_before_codes():
    one = load_pack(pack=shipped(TT20))[0]
    other = load_pack(pack=shipped(TT20) | {"code": "vn-khac"})[0]
    mapping = Mapping.objects.create(source=one, target=other)
    codes = {version: {c.code: c for c in version.criteria.all()} for version in (one, other)}
    for source, target, relation in (("TC01", "TC02", Relation.BROADER), ("TC03", "TC03", Relation.EXACT)):
        MappingLink.objects.create(
            mapping=mapping, source=codes[one][source], target=codes[other][target], relation=relation
        )
    forth = ties_between(framework_data(one), framework_data(other))
    assert forth == [Tie("TC03", "TC03", Relation.EXACT), Tie("TC01", "TC02", Relation.NARROWER)]
    back = ties_between(framework_data(other), framework_data(one))
    assert back == [Tie("TC03", "TC03", Relation.EXACT), Tie("TC02", "TC01", Relation.BROADER)]
