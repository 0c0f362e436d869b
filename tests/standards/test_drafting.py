"""Steps on pack documents: what each does, what follows it, and that every one can be taken back."""

from decimal import Decimal

import pytest

from standards.drafting import Clash, StepRefused, Tree, apply, blank, copied, prepared
from standards.drafting.fields import TEXT_LIMIT, path_of
from standards.drafting.nodes import free_code
from standards.packs_check import check
from tests.standards.documents import did, node, scaled
from tests.standards.packs import SHIPPED, TT20, shipped, small_pack, text


@pytest.fixture
def document():
    return scaled()


# --- fields -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "parts"),
    [
        ("name.vi", ("name", "vi")),
        ("descriptors.CC1.1.vi", ("descriptors", "CC1.1", "vi")),
        ("descriptors.CC1.1", ("descriptors", "CC1.1")),
        ("descriptors.vi", ("descriptors", "vi")),
        ("legal.articles.10.2.vi", ("legal", "articles", "10.2", "vi")),
        ("legal.articles.10.2", ("legal", "articles", "10.2")),
        ("legal.name.vi", ("legal", "name", "vi")),
        ("examples.1.0.vi", ("examples", "1", "0", "vi")),
        ("examples.1.0", ("examples", "1", "0")),
        ("examples.1", ("examples", "1")),
        (["provenance", "sources", "a.b", "text", "vi"], ("provenance", "sources", "a.b", "text", "vi")),
    ],
)
def test_paths(field, parts):
    assert path_of(field) == parts


def test_the_same_text_from_two_people_is_no_conflict(document):
    step = {
        "do": "set",
        "node": node(document, "A1").id,
        "field": "name.vi",
        "value": "Như nhau",
        "before": "First (vi)",
    }
    once = did(document, step)
    assert apply(once, step).undo is None


def test_another_text_meanwhile_is_a_clash_with_both(document):
    a1 = node(document, "A1").id
    step = {"do": "set", "node": a1, "field": "name.vi", "value": "Của tôi", "before": "First (vi)"}
    with pytest.raises(Clash) as clash:
        apply(did(document, step | {"value": "Của chị"}), step)
    assert (clash.value.current, clash.value.given, clash.value.field) == ("Của chị", "Của tôi", ("name", "vi"))


def test_a_text_for_a_place_believed_empty_does_not_overwrite(document):
    with pytest.raises(Clash):
        apply(document, {"do": "set", "node": node(document, "A1").id, "field": "name.vi", "value": "x"})


def test_no_tick_and_no_field_are_the_same(document):
    step = {"do": "set", "node": node(document, "A2").id, "field": "key", "value": True}
    for before in ({}, {"before": False}, {"before": None}):
        ticked = did(document, step | before)
        assert node(ticked, "A2").data["key"] is True
    assert apply(document, step | {"value": False}).undo is None
    assert not node(did(ticked, step | {"value": False, "before": True}), "A2").data["key"]


def test_lines_of_a_browser_are_the_same_text(document):
    step = {"do": "set", "node": node(document, "A1").id, "field": "description.vi", "value": "a\r\nb"}
    changed = did(document, step)
    assert node(changed, "A1").data["description"] == {"vi": "a\nb"}
    assert did(changed, step | {"value": "c", "before": "a\r\nb"})


@pytest.mark.parametrize(
    "value",
    ["x" * (TEXT_LIMIT + 1), "a\x00b", "\ud800", 5, ["x"], {"vi": "x"}],
    ids=["long", "nul", "surrogate", "number", "list", "object"],
)
def test_what_is_no_text_is_refused_and_given_back(document, value):
    with pytest.raises(StepRefused) as refusal:
        apply(document, {"do": "set", "node": node(document, "A1").id, "field": "alternative_name.vi", "value": value})
    assert refusal.value.given


@pytest.mark.parametrize(
    "step",
    [
        None,
        {},
        {"do": "dance"},
        {"do": ["set"]},
        {"do": "set", "node": "", "field": "standards", "value": []},
        {"do": "set", "node": "", "field": "format", "value": 2},
        {"do": "set", "node": "", "field": "nonsense", "value": "x"},
        {"do": "set", "node": 5, "field": "title.vi", "value": "x"},
        {"do": "set", "node": "", "field": "", "value": "x"},
        {"do": "set", "node": "", "field": [1], "value": "x"},
        {"do": "set", "node": "", "field": "title.english", "value": "x"},
        {"do": "set", "node": "", "field": "scales", "value": "x"},
        {"do": "set", "node": "", "field": "scales.x", "value": {"levels": {}}},
        {"do": "set", "node": "", "field": "scales.marks.levels", "value": []},
        {"do": "set", "node": "", "field": "vectors.99", "value": {"expected": "Y"}},
        {"do": "set", "node": "", "field": "extensions.x", "value": float("nan")},
        {"do": "add", "kind": "criterion", "parent": "", "value": {}},
        {"do": "add", "kind": "level", "parent": "scales.none", "value": {}},
        {"do": "add", "kind": "criterion", "value": "x"},
        {"do": "add", "kind": "standard", "parent": "", "value": {"code": "A"}},
        {"do": "add", "node": "", "field": "standards", "value": {}},
        {"do": "add", "node": "", "field": "title", "value": {}},
        {"do": "remove", "node": ""},
        {"do": "remove", "node": "", "field": "levels.0"},
        {"do": "rename", "node": "", "code": "X"},
        {"do": "rename", "kind": "result", "from": "PASS", "code": "FAIL"},
        {"do": "rename", "kind": "result", "from": "NONE", "code": "X"},
        {"do": "merge", "nodes": []},
        {"do": "all", "steps": "x"},
        {"do": "all", "steps": [5]},
    ],
)
def test_impossible_steps_are_refused_with_a_sentence(document, step):
    with pytest.raises(StepRefused) as refusal:
        apply(document, step)
    assert len(str(refusal.value)) > 10


def test_several_steps_are_done_whole_or_not_at_all(document):
    good = {"do": "set", "node": "", "field": "title.th", "value": "x"}
    with pytest.raises(StepRefused):
        apply(document, {"do": "all", "steps": [good, {"do": "split", "node": "gone"}]})
    assert "th" not in document["title"]


def test_a_document_has_a_largest_size(document, monkeypatch):
    monkeypatch.setattr("standards.drafting.steps.SIZE_LIMIT", 2000)
    with pytest.raises(StepRefused, match="too large"):
        apply(document, {"do": "set", "node": "", "field": "title.th", "value": "x" * 2000})


# --- the tree ---------------------------------------------------------------------------------------------------------


def test_added_things_get_the_next_code_number_and_an_id(document):
    aa = node(document, "AA", "standard").id
    done = apply(document, {"do": "add", "kind": "criterion", "parent": aa, "at": 1, "value": {"name": text("New")}})
    added = Tree(done.document).find(done.nodes[0])
    assert (added.code, added.data["number"], added.at, added.parent) == ("B2", 5, 1, aa)
    assert free_code("TC15", {"TC15"}) == "TC16"
    assert free_code("TC09", {"TC09", "TC10"}) == "TC11"
    assert free_code("A", {"A"}) == "A2"


def test_a_standard_cannot_become_part_of_itself(document):
    a, aa = node(document, "A", "standard").id, node(document, "AA", "standard").id
    for target in (a, aa):
        with pytest.raises(StepRefused, match="part of itself"):
            apply(document, {"do": "move", "node": a, "parent": target, "at": 0})


def test_moving_between_parents_keeps_the_order_asked_for(document):
    a1, aa = node(document, "A1").id, node(document, "AA", "standard").id
    moved = did(document, {"do": "move", "node": a1, "parent": aa, "at": 1})
    assert [n.code for n in Tree(moved).of("criterion")] == ["A2", "A1", "A3", "B1"]
    renumbered = did(moved, {"do": "renumber"})
    assert [n.data["number"] for n in Tree(renumbered).of("criterion")] == [1, 2, 3, 4]


def test_a_removed_criterion_leaves_the_examples_of_the_rule(document):
    removed = did(document, {"do": "remove", "node": node(document, "A2").id})
    assert removed["vectors"][0]["ratings"] == {"A1": "Y", "A3": "Y", "B1": 1}
    assert removed["vectors"][1]["assessors"][2] == {"A1": "Y", "A3": "Y", "B1": 1}


def test_a_removed_level_takes_its_texts_along(document):
    removed = did(document, {"do": "remove", "node": node(document, "Y", "level").id})
    assert "descriptors" not in node(removed, "A2").data
    assert "examples" not in node(removed, "A3").data
    assert node(removed, "B1").data["descriptors"] == {"1": text("One")}


# --- renaming ---------------------------------------------------------------------------------------------------------


def test_rule_and_vectors_follow_a_criterion(document):
    renamed = did(document, {"do": "rename", "node": node(document, "A2").id, "code": "X2"})
    rule = renamed["rule"]
    assert rule["groups"]["some"] == rule["parts"][0]["criteria"] == ["A1", "X2"]
    assert rule["parts"][0]["weight"] == {"A1": "10", "X2": "5"}
    assert renamed["vectors"][0]["ratings"]["X2"] == "N"
    gate = did(document, {"do": "rename", "node": node(document, "A3").id, "code": "X3"})["rule"]["gates"][0]
    assert gate["criterion"] == "X3"


def test_rule_and_vectors_follow_a_standard(document):
    renamed = did(document, {"do": "rename", "node": node(document, "AA", "standard").id, "code": "BB"})
    assert renamed["rule"]["parts"][1]["standards"] == ["BB"]
    assert list(renamed["vectors"][0]["scores"]) == ["BB"]


def test_only_what_is_on_its_scale_follows_a_level(document):
    renamed = did(document, {"do": "rename", "node": node(document, "Y", "level").id, "code": "YES"})
    assert renamed["rule"]["gates"][0]["at_least"] == "YES"
    assert node(renamed, "A2").data["descriptors"] == {"YES": text("Does it")}
    assert node(renamed, "A", "standard").data["descriptors"] == {"YES": text("All of it")}
    assert renamed["vectors"][0]["ratings"] == {"A1": "YES", "A2": "N", "A3": "YES", "B1": 1}
    other = did(document, {"do": "rename", "node": node(document, "1", "level").id, "code": "one"})
    assert other["rule"]["conditions"][0]["level"] == "one"
    assert other["vectors"][0]["ratings"]["B1"] == "one"
    assert node(other, "B1").data["descriptors"] == {"one": text("One")}


def test_a_main_level_is_a_result_where_there_are_no_results():
    document = prepared(small_pack())
    renamed = did(document, {"do": "rename", "node": node(document, "Y", "level").id, "code": "YES"})
    assert [entry["result"] for entry in renamed["rule"]["results"]] == ["YES", "N"]
    assert renamed["vectors"][0]["expected"] == "YES"
    assert check(renamed) == []


def test_a_scale_can_be_added_and_its_name_taken_by_one_that_lacked(document):
    value = {"name": text("New"), "levels": [{"code": "a", "name": text("A")}]}
    added = apply(document, {"do": "set", "node": "", "field": "scales.new", "value": value})
    assert node(added.document, "a", "level").scale == "new"
    lost = did(
        added.document,
        {"do": "set", "node": node(document, "B1").id, "field": "scale", "value": "other", "before": "marks"},
    )
    renamed = apply(lost, {"do": "rename", "kind": "scale", "from": "new", "code": "other"})
    assert apply(renamed.document, renamed.undo).document == lost


def test_names_in_the_pack_are_followed(document):
    renamed = did(
        document,
        {"do": "rename", "kind": "result", "from": "PASS", "code": "OK"},
        {"do": "rename", "kind": "scale", "from": "marks", "code": "points"},
        {"do": "rename", "kind": "article", "from": "4.1", "code": "5"},
        {"do": "rename", "kind": "source", "from": "ours", "code": "mine"},
    )
    assert renamed["rule"]["bands"][0]["result"] == renamed["rule"]["assessors"]["each"] == "OK"
    assert renamed["results"][1]["code"] == renamed["vectors"][0]["expected"] == "OK"
    assert renamed["vectors"][0]["scores"]["AA"]["result"] == "OK"
    assert node(renamed, "B1").scale == "points" == node(renamed, "1", "level").scale
    assert renamed["rule"]["article"] == node(renamed, "A", "standard").data["article"] == "5"
    assert set(renamed["provenance"]["default"].values()) == set(renamed["provenance"]["sources"]) == {"mine"}


@pytest.mark.parametrize("code", SHIPPED)
def test_a_clone_renamed_all_over_still_holds_its_vectors(code):
    document = copied(SHIPPED[code], code="xx-next")
    assert check(document) == []
    for kind in ("criterion", "standard", "level"):
        for place, item in enumerate(Tree(document).of(kind)):
            document = did(document, {"do": "rename", "node": item.id, "code": f"{kind[:2]}-x{place}"})
    names = {
        "result": [item["code"] for item in document.get("results", ())],
        "scale": list(document.get("scales", ())),
        "article": list(document["legal"].get("articles", ())),
        "source": list(document["provenance"]["sources"]),
    }
    for kind, old in names.items():
        for place, name in enumerate(old):
            step = {"do": "rename", "node": "", "kind": kind, "from": name, "code": f"{kind[:2]}-x{place}"}
            document = did(document, step)
    assert check(document) == []


# --- split and merge --------------------------------------------------------------------------------------------------


def test_a_split_criterion_has_two_of_one_origin():
    document = copied(shipped(TT20), code="vn-next")
    done = apply(document, {"do": "split", "node": node(document, "TC05").id})
    one, two = node(done.document, "TC05"), node(done.document, "TC16")
    assert one.data["origins"] == two.data["origins"]
    assert (two.at, two.data["number"], two.data["name"]) == (one.at + 1, 16, one.data["name"])
    assert all(vector["ratings"].get("TC16") == vector["ratings"].get("TC05") for vector in done.document["vectors"])


def test_merged_criteria_keep_every_text_and_origin(document):
    a1, a2 = node(document, "A1"), node(document, "A2")
    document = did(document, {"do": "set", "node": a1.id, "field": "descriptors.Y.en", "value": "Always"})
    merged = did(document, {"do": "merge", "nodes": [a1.id, a2.id]})
    one = node(merged, "A1").data
    assert one["name"] == {"vi": "First (vi); Second (vi)", "en": "First; Second"}
    assert one["descriptors"]["Y"]["en"] == "Always\nDoes it"
    assert merged["rule"]["parts"][0]["criteria"] == ["A1"]
    assert merged["rule"]["parts"][0]["weight"] == {"A1": "10"}
    assert "A2" not in merged["vectors"][0]["ratings"]
    clone = copied(shipped(TT20), code="vn-next")
    five, six = node(clone, "TC05"), node(clone, "TC06")
    both = did(clone, {"do": "merge", "nodes": [five.id, six.id]})
    assert node(both, "TC05").data["origins"] == five.data["origins"] + six.data["origins"]


def test_criteria_of_different_scales_are_not_merged(document):
    with pytest.raises(StepRefused, match="different scales"):
        apply(document, {"do": "merge", "nodes": [node(document, "A1").id, node(document, "B1").id]})


# --- beginning --------------------------------------------------------------------------------------------------------


def test_ids_used_twice_are_given_anew():
    pack = small_pack()
    same = "7c6e2f6c-0c0f-4a39-9b4a-1f6f6a1c1a11"
    for criterion in pack["standards"][0]["standards"][0]["criteria"]:
        criterion["id"] = same
    document = prepared(pack)
    assert len({n.id for n in Tree(document).of("criterion")}) == 3
    taken = prepared(pack, taken={same})
    assert node(taken, "A2").data["origins"] == [same]
    assert node(taken, "A2").id != same


def test_numbers_are_kept_exactly():
    numbers = [Decimal("0.1"), Decimal("2.50"), Decimal("0.12345678901234567890123"), 10**30]
    document = prepared(small_pack() | {"extensions": {"numbers": numbers}})
    assert document["extensions"]["numbers"] == [0.1, 2.5, "0.12345678901234567890123", 10**30]
    with pytest.raises(StepRefused):
        prepared(small_pack() | {"extensions": {"number": Decimal("NaN")}})


def test_a_blank_document_is_a_tree():
    document = blank(code="x-1", title=text("X"), framework={"code": "x"})
    assert Tree(document).nodes == {}
    assert did(document, {"do": "add", "kind": "standard", "parent": "", "value": {}})["standards"][0]["code"] == "S1"
