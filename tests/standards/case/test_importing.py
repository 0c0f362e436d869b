"""Reading what others write: liberal in form, strict where a tree would be wrong."""

import json

import pytest

from standards.case.importing import read_package
from standards.case.reading import LARGEST
from standards.packs_check import check
from tests.standards.case import makers


def codes(node: dict) -> list[str]:
    below = [codes(child) for child in node.get("standards", ())]
    return [node["code"], *(c["code"] for c in node.get("criteria", ())), *(code for part in below for code in part)]


def package(*rows: dict, associations: list[dict] = (), **more) -> dict:
    return {"CFDocument": {"title": "T"}, "CFItems": list(rows), "CFAssociations": list(associations), **more}


def item(name: str, **fields) -> dict:
    return {"identifier": name, "fullStatement": f"Item {name}", "humanCodingScheme": name, **fields}


def below(child: str, parent: str, **fields) -> dict:
    ends = {"originNodeURI": {"identifier": child}, "destinationNodeURI": {"identifier": parent}}
    return {"identifier": f"{child}-{parent}", "associationType": "isChildOf", **ends, **fields}


def sentences(data) -> list[str]:
    reading = read_package(data)
    assert reading.pack is None
    assert reading.problems
    return [str(problem) for problem in reading.problems]


def test_standards_of_learners_become_a_framework_without_a_rule():
    pack = read_package(makers.opensalt(items=30)).pack
    assert check(pack) == []
    assert (pack["framework"]["purpose"], pack["framework"]["subject_role"]) == ("learning", "learner")
    assert pack["framework"]["jurisdiction"] == "US"
    assert (pack["rule"], pack["levels"]) == ({"kind": "none"}, [])
    root = pack["standards"][0]
    assert root["code"] == "M"
    assert [node["code"] for node in root["standards"]] == ["M.1", "M.2"]
    assert [node["code"] for node in root["criteria"]] == [f"M.{n}" for n in range(3, 11)]


def test_rubrics_that_share_their_levels_become_levels_lowest_first():
    pack = read_package(makers.opencase()).pack
    assert [(level["code"], level["name"]["en"], level["points"]) for level in pack["levels"]] == [
        ("L1", "Begins", "1"),
        ("L2", "Good", "2"),
        ("L3", "Excellent", "3"),
    ]
    assert pack["standards"][0]["criteria"][0]["descriptors"]["L1"] == {"en": "Begins: Plans lessons for every learner"}
    assert check(pack) == []


def test_rubrics_of_several_kinds_are_kept_for_export_only():
    data = makers.opencase()
    data["CFRubrics"][0]["CFRubricCriteria"][1]["CFRubricCriterionLevels"].pop()
    reading = read_package(data)
    assert reading.pack["levels"] == []
    assert any("different levels" in note for note in reading.notes)


def test_a_short_form_is_the_name_and_the_statement_its_description():
    criterion = read_package(makers.opencase()).pack["standards"][0]["criteria"][1]
    assert criterion["name"] == {"en": "Checks"}
    assert criterion["description"] == {"en": "Checks what learners have understood"}


def test_siblings_stand_by_sequence_then_enumeration_then_code():
    rows = [item("R"), item("a10"), item("a9"), item("b", listEnumeration="1"), item("c")]
    found = read_package(
        package(*rows, associations=[below(n, "R") for n in ("a10", "a9", "b")] + [below("c", "R", sequenceNumber=1)])
    )
    assert codes(found.pack["standards"][0]) == ["R", "c", "a9", "a10", "b"]


def test_several_parents_show_at_the_first_and_are_said():
    rows = [item(name) for name in ("A", "B", "x", "y")]
    reading = read_package(package(*rows, associations=[below("x", "A"), below("x", "B"), below("y", "B")]))
    assert [codes(node) for node in reading.pack["standards"]] == [["A", "x"], ["B", "y"]]
    assert any("second place" in note for note in reading.notes)


def test_leaves_at_the_root_get_a_standard_to_stand_under():
    reading = read_package(package(item("a"), item("b")))
    assert codes(reading.pack["standards"][0]) == ["ITEMS", "a", "b"]
    assert check(reading.pack) == []


@pytest.mark.parametrize(
    ("given", "code", "label"),
    [
        ("CCSS.Math 3.(a)", "CCSS.Math-3.-a", "CCSS.Math 3.(a)"),
        ("Tiêu chí Đ1", "Tieu-chi-D1", "Tiêu chí Đ1"),
        ("—", None, "—"),
        ("x" * 60, None, None),
    ],
)
def test_codes_are_made_safe_and_the_label_stays(given, code, label):
    pack = read_package(package(item("a", humanCodingScheme=given))).pack
    criterion = pack["standards"][0]["criteria"][0]
    assert criterion.get("label") == label
    assert code in {None, criterion["code"]}
    assert check(pack) == []


def test_missing_and_repeated_codes_are_made_single():
    rows = [item("a", humanCodingScheme=None), item("b", humanCodingScheme="1"), item("c", humanCodingScheme="1")]
    pack = read_package(package(*rows)).pack
    found = [criterion["code"] for criterion in pack["standards"][0]["criteria"]]
    assert found[:2] == ["1", "1-2"] or len(set(found)) == 3
    assert check(pack) == []


def test_tags_are_read_as_words_and_markdown_stays():
    html = "<p>Adds <b>two</b> numbers &amp; more</p><ul><li>one</li></ul><script>x()</script>"
    rows = [item("a", fullStatement=html), item("b", fullStatement="5 < 6 is *true*"), item("c", fullStatement=" ")]
    names = [c["name"]["en"] for c in read_package(package(*rows)).pack["standards"][0]["criteria"]]
    assert names == ["Adds two numbers & more\n\none", "5 < 6 is *true*", "c"]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda d: d["CFDocument"].clear(),
        lambda d: d.update(CFDefinitions=None, CFRubrics=None, CFAssociations=None),
        lambda d: d["CFItems"][0].update(uri=None, lastChangeDateTime=None, fullStatement=None),
        lambda d: d["CFItems"][0].update(licenseURI="https://x.example/l", subject="Maths", educationLevel="KG"),
        lambda d: d["CFItems"][0].update(conceptKeywords=["a", None], language="english", extensions=None),
        lambda d: d["CFAssociations"][0].update(sequenceNumber="3", associationType="ISCHILDOF", uri=""),
        lambda d: d["CFAssociations"][-1].update(associationType="is like", notes=7),
        lambda d: d["CFAssociations"][-1].update(destinationNodeURI="https://other.example/CFItems/77"),
        lambda d: d["CFItems"].__setitem__(3, {"CFItem": d["CFItems"][3]}),
        lambda d: d.update(CFItems={"CFItems": d["CFItems"]}),
        lambda d: d["CFItems"][2].update(lastChangeDateTime="2020-01-01", statusStartDate="2020-01-01T00:00:00Z"),
        lambda d: d["CFItems"][2].update(humanCodingScheme=3.1, extensions=[{"a": 1}], oddity={"deep": [1, 2]}),
        lambda d: d["CFDocument"].update(language="vie", caseVersion="1.0", statusEndDate="1999-01-01"),
        lambda d: d["CFItems"][1].update(fullStatement="a\x00b\ud800c"),
        lambda d: d["CFItems"][1].update(identifier=d["CFItems"][1]["identifier"].upper()),
    ],
)
def test_liberal_in_form(spoil):
    data = makers.opensalt()
    spoil(data)
    reading = read_package(data)
    assert reading.problems == []
    assert check(reading.pack) == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_any_usual_encoding(encoding):
    assert read_package(json.dumps(makers.opensalt(), ensure_ascii=False).encode(encoding)).problems == []


def test_names_that_are_no_uuids_hold_together():
    reading = read_package(package(item("R"), item("a"), associations=[below("a", "R")]))
    again = read_package(package(item("R"), item("a"), associations=[below("a", "R")]))
    assert reading.pack == again.pack
    assert codes(reading.pack["standards"][0]) == ["R", "a"]
    assert reading.package.items[1]["extensions"]["identifier"] == "a"


def test_a_parent_on_another_server_is_a_strangers():
    data = makers.opensalt()
    far = {"title": "X", "identifier": "0d3f9c5e-4f4b-4f0e-9d6c-1c8f5d1b7a11", "uri": "https://far.example/1"}
    data["CFAssociations"][0]["destinationNodeURI"] = far
    reading = read_package(data)
    assert reading.problems == []
    assert reading.pack["standards"][0]["code"] == "M"


# --- refused, with the place and a sentence -------------------------------------------------------------------------


def test_a_parent_that_is_not_there():
    data = makers.opensalt()
    name = "0d3f9c5e-4f4b-4f0e-9d6c-1c8f5d1b7a11"
    data["CFAssociations"][4]["destinationNodeURI"] = makers.link("https://salt.example/x", "CFItems", name, "M")
    (found,) = sentences(data)
    assert found.startswith("CFAssociations[4].destinationNodeURI: “M.4” stands below something")
    (found,) = sentences(package(item("a"), associations=[below("a", "nobody")]))
    assert "nobody" in found


@pytest.mark.parametrize(
    "pairs", [[("a", "b"), ("b", "a")], [("a", "a")], [("a", "b"), ("b", "c"), ("c", "a"), ("a", "R")]]
)
def test_a_circle(pairs):
    rows = [item(name) for name in ("R", "a", "b", "c")]
    (found,) = sentences(package(*rows, associations=[below(*pair) for pair in pairs]))
    assert "circle" in found


def test_two_items_with_one_identifier():
    (found,) = sentences(package(item("a"), item("a", fullStatement="Other")))
    assert found.startswith("CFItems[1].identifier: Two items")


def test_too_deep_a_tree():
    rows = [item(str(n)) for n in range(30)]
    found = sentences(package(*rows, associations=[below(str(n + 1), str(n)) for n in range(29)]))
    assert "deeper than 20" in found[0]


def test_an_association_of_nothing():
    (found,) = sentences(package(item("a"), associations=[below("a", "a") | {"originNodeURI": None}]))
    assert found.startswith("CFAssociations[0].originNodeURI:")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"PK\x03\x04 workbook", "not valid JSON"),
        (b"\xff\x00\xfa not text", "not text"),
        (b'{"CFDocument": {"title": NaN}}', "not valid JSON"),
        (b"[" * 200_000, "too deeply"),
        (b"[" * 100 + b"]" * 100, "too deeply"),
        (b'{"a": 1}', "no CFDocument"),
        (b"[]", "no CFDocument"),
        (b"7", "no CFDocument"),
        (b'{"CFDocuments": []}', "list of documents"),
        (b'{"imsx_codeMajor": "failure"}', "error message"),
        (b'[{"CFDocument": {}}, {"CFDocument": {}}]', "several packages"),
        (b'{"CFDocument": {}, "CFItems": []}', "no items"),
        (b'{"CFDocument": {}, "CFItems": 5}', "must be a list"),
        (b'{"CFDocument": {}, "CFItems": [5]}', "CFItems[0]"),
        (b" " * (LARGEST + 1), "larger than 25 MB"),
    ],
)
def test_what_is_no_package_is_told_in_a_sentence(data, words):
    assert words in sentences(data)[0]
