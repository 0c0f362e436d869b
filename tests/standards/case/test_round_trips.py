"""Packages out and in again: ours give the same pack, others' come back whole."""

import copy
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from standards.actions import load_pack
from standards.case.exporting import package_of
from standards.case.importing import read_package
from standards.case.outgoing import package_json
from standards.models import CaseObject
from standards.pack_files import fingerprint
from standards.packs_check import check
from standards.queries import pack_of
from tests.examples import examples
from tests.standards.case import makers
from tests.standards.case.loss import lost
from tests.standards.case.oracle import problems
from tests.standards.packs import SHIPPED, shipped, small_pack

LANGUAGES = st.sampled_from(["vi", "en", "th", "ru"])
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=30).filter(
    str.strip
)
TEXTS = st.dictionaries(LANGUAGES, WORDS, min_size=1, max_size=3)


def sent(value):
    """As JSON of a file brings it."""
    return json.loads(json.dumps(value))


@st.composite
def packs(draw) -> dict:
    """Packs of any tree, with whatever is optional in the format."""
    pack = small_pack()
    pack["title"] = draw(TEXTS)
    pack["rule"] = {"kind": "none"}
    pack.pop("vectors", None)
    pack["audience"] = draw(TEXTS)
    pack["extensions"] = draw(st.dictionaries(WORDS, st.integers() | WORDS, max_size=2))
    codes, numbers = iter(range(1, 10_000)), iter(range(1, 10_000))

    def node(kind: str) -> dict:
        found = {"code": f"{kind[0].upper()}{next(codes)}", "name": draw(TEXTS)}
        for name in ("description", "alternative_name"):
            if draw(st.booleans()):
                found[name] = draw(TEXTS)
        if draw(st.booleans()):
            found["id"] = str(draw(st.uuids(version=4)))
        if draw(st.booleans()):
            found["descriptors"] = {"Y": draw(TEXTS)}
        return found

    def criterion() -> dict:
        found = node("criterion") | {"number": next(numbers)}
        if draw(st.booleans()):
            found["label"] = draw(st.from_regex(r"[A-Z]{1,3}\.[0-9]", fullmatch=True))
            found["key"] = True
        if draw(st.booleans()):
            found["examples"] = {"N": [draw(TEXTS)]}
        return found

    def standard(depth: int) -> dict:
        found = node("standard")
        found["criteria"] = [criterion() for _ in range(draw(st.integers(0, 2)))]
        if depth < 3:
            found["standards"] = [standard(depth + 1) for _ in range(draw(st.integers(0, 2)))]
        return found

    pack["standards"] = [standard(1) for _ in range(draw(st.integers(1, 3)))]
    return pack


@pytest.mark.parametrize("code", SHIPPED)
def test_a_shipped_pack_comes_back_as_it_was(code):
    reading = read_package(json.dumps(package_of(shipped(code)).as_json()).encode())
    assert reading.problems == []
    assert fingerprint(reading.pack) == fingerprint(SHIPPED[code])


@settings(max_examples=examples(40))
@given(packs())
def test_any_pack_comes_back_as_it_was(pack):
    assert check(pack) == []
    reading = read_package(sent(package_of(pack).as_json()))
    assert reading.problems == []
    assert fingerprint(reading.pack) == fingerprint(pack)


@pytest.mark.django_db
@pytest.mark.parametrize("code", SHIPPED)
def test_what_is_written_for_a_version_holds_its_pack(code):
    version, _what = load_pack(pack=shipped(code))
    package = sent(package_json(version))
    assert problems(package, "CFPackageDType") == []
    assert fingerprint(read_package(package).pack) == version.fingerprint
    assert fingerprint(pack_of(version)) == version.fingerprint


@pytest.mark.parametrize("wrap", [lambda p: p, lambda p: {"CFPackage": p}, lambda p: [p]])
@pytest.mark.parametrize("package", [makers.opensalt(), makers.opencase()], ids=["opensalt", "opencase"])
@pytest.mark.django_db
def test_a_foreign_package_comes_back_whole(package, wrap):
    reading = read_package(json.dumps(wrap(package)).encode("utf-8-sig"))
    assert reading.problems == []
    assert check(reading.pack) == []
    version, _what = load_pack(pack=reading.pack, case=reading.case)
    again = sent(package_json(version))
    assert lost(package, again) == []
    assert problems(again, "CFPackageDType") == []
    assert len(again["CFItems"]) == len(package["CFItems"])
    assert len(again["CFAssociations"]) == len(package["CFAssociations"])


@pytest.mark.django_db
@pytest.mark.usefixtures("no_frameworks")
def test_the_same_package_twice_is_one_version():
    reading = read_package(makers.opensalt())
    load_pack(pack=reading.pack, case=reading.case)
    assert load_pack(pack=read_package(makers.opensalt()).pack, case=reading.case)[1] == "unchanged"
    assert CaseObject.objects.filter(kind="CFDocument").count() == 1


@pytest.mark.django_db
def test_a_foreign_package_exported_and_imported_elsewhere_is_the_same_framework():
    reading = read_package(makers.opencase())
    version, _what = load_pack(pack=reading.pack, case=reading.case)
    elsewhere = read_package(sent(package_json(version)))
    assert fingerprint(elsewhere.pack) == version.fingerprint


def edited(pack: dict) -> dict:
    """A text reworded, a descriptor changed, a criterion added, one removed, two siblings exchanged."""
    pack = copy.deepcopy(pack)
    teaching = pack["standards"][0]
    teaching["criteria"][0]["name"]["en"] = "Plans lessons with every learner"
    teaching["criteria"][0]["descriptors"]["L3"]["en"] = "Plans with them"
    teaching["criteria"].reverse()
    gone = pack["standards"][1]["criteria"].pop()
    new = {"code": "R-2", "number": 9, "name": {"en": "Writes a diary"}, "id": "7d8f2d1c-52a4-4a3e-9a52-3f6b7d1f4c11"}
    pack["standards"][1]["criteria"].append(new)
    return pack, gone


@pytest.mark.django_db
def test_what_was_edited_here_is_exported_and_the_rest_stays():
    package = makers.opencase()
    reading = read_package(package)
    pack, gone = edited(reading.pack)
    pack["code"] = "mau-2"
    version, _what = load_pack(pack=pack, case=reading.case)
    again = sent(package_json(version))
    assert problems(again, "CFPackageDType") == []
    items = {row["humanCodingScheme"]: row for row in again["CFItems"]}
    assert items["T-1"]["fullStatement"] == "Plans lessons with every learner"
    assert items["T-1"]["extensions"]["canvas"] == {"x": 12, "y": 7.5}
    assert items["R-2"]["fullStatement"] == "Writes a diary"
    assert gone["id"] not in {row["identifier"] for row in again["CFItems"]}
    ends = {
        row[end]["identifier"] for row in again["CFAssociations"] for end in ("originNodeURI", "destinationNodeURI")
    }
    assert gone["id"] not in ends
    texts = [
        level["description"]
        for row in again["CFRubrics"][0]["CFRubricCriteria"]
        for level in row["CFRubricCriterionLevels"]
    ]
    assert "Plans with them" in texts
    assert "Good: Checks what learners have understood" in texts
    untouched = [row for row in package["CFItems"] if row["humanCodingScheme"] in {"T", "T-2", "R"}]
    assert lost({**package, "CFItems": untouched, "CFAssociations": [], "CFRubrics": []}, again) == []
    assert fingerprint(read_package(again).pack) == version.fingerprint


def test_what_others_change_in_our_package_is_read():
    package = sent(package_of(shipped("vn-tt20-2018")).as_json())
    item = next(row for row in package["CFItems"] if row["humanCodingScheme"] == "TC01")
    item["fullStatement"] = "Đạo đức của nhà giáo"
    row = next(
        r for r in package["CFRubrics"][0]["CFRubricCriteria"] if r["CFItemURI"]["identifier"] == item["identifier"]
    )
    row["CFRubricCriterionLevels"][1]["description"] = "Chấp hành quy định."
    package["CFDocument"]["title"] = "Chuẩn mới"
    pack = read_package(package).pack
    criterion = pack["standards"][0]["criteria"][0]
    assert criterion["name"] == {"vi": "Đạo đức của nhà giáo", "en": "Teacher ethics"}
    assert criterion["descriptors"]["D"]["vi"] == "Chấp hành quy định."
    assert (
        criterion["descriptors"]["D"]["en"]
        == SHIPPED["vn-tt20-2018"]["standards"][0]["criteria"][0]["descriptors"]["D"]["en"]
    )
    assert pack["title"]["vi"] == "Chuẩn mới"
    assert pack["standards"][1:] == SHIPPED["vn-tt20-2018"]["standards"][1:]
