"""Two versions side by side: every kind of difference is found, and nothing else."""

import copy
from dataclasses import replace
from random import Random
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from standards.comparing import _levels, compare, says_the_same
from standards.drafting import Tree, apply, copied
from standards.framework_data import LevelData, from_pack
from standards.tying import MOST_TIES, _Ties
from standards.wording import closest, likeness, pieces
from tests.examples import examples
from tests.standards.packs import SHIPPED, TT14, TT20, shipped, shipped_data

OLD = shipped_data(TT20)


@pytest.fixture
def document():
    return copied(shipped(TT20), code="vn-next")


def node(document, code, kind="criterion"):
    return next(n for n in Tree(document).of(kind) if n.code == code)


def after(document, *steps):
    """The comparison of the circular with its clone after these steps."""
    for step in steps:
        document = apply(document, step).document
    return compare(OLD, from_pack(document))


def changed(comparison):
    """(codes on the old side, codes on the new side): kinds, of every item that changed."""
    return {
        (",".join(item.code for item in found.match.old), ",".join(item.code for item in found.match.new)): found.kinds
        for found in comparison.items
        if found.is_changed
    }


def test_a_version_beside_itself_is_the_same():
    for pack in SHIPPED.values():
        data = from_pack(pack)
        comparison = compare(data, data)
        assert comparison.is_same
        assert comparison.counts["unchanged"] == len(comparison.items)


def test_a_clone_differs_by_nothing_that_is_judged(document):
    comparison = compare(OLD, from_pack(document))
    assert changed(comparison) == {}
    assert (comparison.levels, comparison.results, comparison.rule_changed) == ((), (), False)
    assert {item.match.tied_by for item in comparison.items} == {"origin"}


def test_each_kind_of_difference(document):
    five, six = node(document, "TC05"), node(document, "TC06")
    name = five.data["name"]["vi"]
    comparison = after(
        document,
        {"do": "set", "node": five.id, "field": "name.vi", "value": f"{name} và số", "before": name},
        {"do": "rename", "node": node(document, "TC01").id, "code": "TC1"},
        {"do": "move", "node": node(document, "TC02").id, "parent": node(document, "S2", "standard").id, "at": 0},
        {"do": "remove", "node": node(document, "TC15").id},
        {"do": "split", "node": six.id},
        {"do": "merge", "nodes": [node(document, "TC08").id, node(document, "TC09").id]},
        {"do": "set", "node": node(document, "TC10").id, "field": "key", "value": True, "before": False},
        {
            "do": "set",
            "node": node(document, "TC11").id,
            "field": "descriptors.T.vi",
            "value": "Khác",
            "before": node(document, "TC11").data["descriptors"]["T"]["vi"],
        },
        {"do": "set", "node": node(document, "TC12").id, "field": "number", "value": 99, "before": 12},
        {"do": "move", "node": node(document, "TC14").id, "parent": node(document, "S5", "standard").id, "at": 9},
        {
            "do": "add",
            "kind": "criterion",
            "parent": node(document, "S5", "standard").id,
            "value": {"name": {"vi": "Mới"}},
        },
    )
    found = changed(comparison)
    added = next(new for old, new in found if not old)
    assert found.pop(("", added)) == ("added",)
    assert found == {
        ("TC05", "TC05"): ("reworded",),
        ("TC01", "TC1"): ("recoded",),
        ("TC02", "TC02"): ("moved",),
        ("TC15", ""): ("removed",),
        ("TC06", "TC06,TC15"): ("split",),  # a code that became free was given again
        ("TC08,TC09", "TC08"): ("merged",),
        ("TC10", "TC10"): ("key",),
        ("TC11", "TC11"): ("descriptors",),
        ("TC12", "TC12"): ("renumbered",),
    }
    assert comparison.counts["split"] == comparison.counts["merged"] == 1


def test_order_within_a_standard(document):
    moved = {"do": "move", "node": node(document, "TC03").id, "parent": node(document, "S2", "standard").id, "at": 4}
    assert changed(after(document, moved)) == {("TC03", "TC03"): ("reordered",)}
    standard = {"do": "move", "node": node(document, "S5", "standard").id, "parent": "", "at": 0}
    assert changed(after(document, standard)) == {("S5", "S5"): ("reordered",)}


def test_what_moves_in_does_not_disturb_the_order(document):
    moved = {"do": "move", "node": node(document, "TC02").id, "parent": node(document, "S2", "standard").id, "at": 1}
    assert changed(after(document, moved)) == {("TC02", "TC02"): ("moved",)}


def test_a_standard_that_goes_leaves_moved_criteria(document):
    steps = [
        {"do": "move", "node": node(document, code).id, "parent": node(document, "S2", "standard").id, "at": 0}
        for code in ("TC01", "TC02")
    ]
    found = changed(after(document, *steps, {"do": "remove", "node": node(document, "S1", "standard").id}))
    assert found == {("S1", ""): ("removed",), ("TC01", "TC01"): ("moved",), ("TC02", "TC02"): ("moved",)}


def test_levels_results_rule_and_facts(document):
    top = node(document, "T", "level")
    comparison = after(
        document,
        {"do": "rename", "node": top.id, "code": "TOT"},
        {"do": "set", "node": top.id, "field": "name.vi", "value": "Rất tốt", "before": "Tốt"},
        {"do": "add", "kind": "level", "parent": "", "value": {"code": "XS", "name": {"vi": "Xuất sắc"}}},
        {"do": "set", "node": "", "field": "legal.number", "value": "99/2027", "before": "20/2018/TT-BGDĐT"},
    )
    assert [(d.old and d.old.code, d.new and d.new.code, d.kinds) for d in comparison.levels] == [
        (None, "TOT", ("added",)),
        (None, "XS", ("added",)),
        ("T", None, ("removed",)),
    ]
    assert comparison.rule_changed
    assert [(fact.old, fact.new) for fact in comparison.facts if fact.name == "legal.number"] == [
        ("20/2018/TT-BGDĐT", "99/2027")
    ]
    same_name = after(document, {"do": "rename", "node": top.id, "code": "TOT"})
    assert [(d.old.code, d.new.code, d.kinds) for d in same_name.levels] == [("T", "TOT", ("recoded",))]


def test_levels_of_one_name_are_paired_in_their_order():
    sides = [
        [LevelData(None, code, at, {"en": "Alike"}, {}, {}) for at, code in enumerate(codes)]
        for codes in ("ABCD", "PQRS")
    ]
    paired = [(found.old.code, found.new.code) for found in _levels("", *sides)]
    assert paired == [("A", "P"), ("B", "Q"), ("C", "R"), ("D", "S")]


def test_where_everything_comes_from_everything_it_stays_quick():
    """A thousand criteria a side with one origin in common: not a million ties."""
    shared, criterion = uuid4(), shipped_data(TT20).criteria[0]
    old, new = (
        [replace(criterion, code=f"{side}{n}", identifier=uuid4(), origins=(shared,)) for n in range(1000)]
        for side in "ab"
    )
    ties = _Ties(old, new)
    ties.by_origin()
    assert len(ties.how) == MOST_TIES
    assert sum(len(match.old) for match in ties.matches()) == 1000


def test_backwards_is_the_same_the_other_way_round(document):
    document = apply(document, {"do": "split", "node": node(document, "TC06").id}).document
    document = apply(document, {"do": "remove", "node": node(document, "TC15").id}).document
    new = from_pack(document)
    back = changed(compare(new, OLD))
    assert back == {("TC06,TC16", "TC06"): ("merged",), ("", "TC15"): ("added",)}


def test_two_drafts_of_one_version_know_each_other():
    one, two = copied(shipped(TT20), code="one"), copied(shipped(TT20), code="two")
    two = apply(two, {"do": "rename", "node": node(two, "TC01").id, "code": "X1"}).document
    assert changed(compare(from_pack(one), from_pack(two))) == {("TC01", "X1"): ("recoded",)}


def test_codes_alone_do_not_tie_two_frameworks_together():
    """TC01 of heads is not TC01 of teachers, unless the names say so."""
    comparison = compare(shipped_data(TT14), OLD)
    by_code = [item for item in comparison.items if item.is_criterion and item.match.tied_by == "code"]
    assert all(item.match.old[0].code == item.match.new[0].code for item in by_code)
    assert comparison.counts["removed"] > 10


def test_a_mapping_ties_before_codes_do():
    comparison = compare(shipped_data(TT14), OLD, {"TC01": ["TC01"], "TC17": ["TC14"], "TC18": ["TC15", "TC13"]})
    found = {
        tuple(i.code for i in d.match.old): tuple(i.code for i in d.match.new)
        for d in comparison.items
        if d.match.tied_by == "mapping"
    }
    assert found == {("TC01",): ("TC01",), ("TC17",): ("TC14",), ("TC18",): ("TC13", "TC15")}


def test_a_new_language_is_no_other_demand(document):
    one = OLD.criterion("TC01")
    spoken = apply(
        document, {"do": "set", "node": node(document, "TC01").id, "field": "name.th", "value": "x"}
    ).document
    assert says_the_same(one, from_pack(spoken).criterion("TC01"))
    other = copy.deepcopy(document)
    node(other, "TC01").data["descriptors"].pop("T")
    assert not says_the_same(one, from_pack(other).criterion("TC01"))


# --- words ------------------------------------------------------------------------------------------------------------

SENTENCES = st.text(alphabet="ab cđ ế,\n.ก็ำ", max_size=60)


@settings(max_examples=examples(300))
@given(old=SENTENCES, new=SENTENCES)
def test_pieces_give_back_both_texts(old, new):
    found = pieces(old, new)
    assert "".join(piece.text for piece in found if piece.kind != "new") == old
    assert "".join(piece.text for piece in found if piece.kind != "gone") == new
    assert all(piece.text for piece in found)


def test_a_change_is_read_as_a_phrase():
    found = [
        (p.kind, p.text) for p in pieces("Tự học và rèn luyện đạo đức", "Tự học, tự rèn luyện đạo đức nghề nghiệp")
    ]
    assert found[0] == ("same", "Tự học")
    assert found[-1] == ("new", " nghề nghiệp")
    thai = pieces("ครูมีความรู้", "ครูมีคุณธรรม")
    assert thai[0].kind == "same"
    assert thai[0].text.startswith("ครูมี")


def test_very_long_texts_are_compared_by_lines():
    old = "\n".join(f"dòng {n} có vài chữ" for n in range(3000))
    found = pieces(old, old.replace("dòng 77 ", "dòng 77b "))
    assert [piece.text for piece in found if piece.kind == "gone"] == ["dòng 77 có vài chữ\n"]


@pytest.mark.parametrize("between", ["", " ", "\n"])
def test_texts_of_few_words_often_repeated_cost_no_more_than_others(between):
    """24 of these on one page would keep a reader waiting for a minute."""
    old, new = (between.join(Random(seed).choices(".,", k=1490)) for seed in (1, 2))
    assert [piece.kind for piece in pieces(old, new)] == ["gone", "new"]


def test_likeness_and_the_closest_names():
    assert likeness("Đạo đức nhà giáo", "đạo đức nhà giáo") == 1
    assert likeness("", "") == 0
    names = {c.code: list(c.name.values()) for c in OLD.criteria}
    found = closest(names, names)
    assert all(found[code][0][0] == code for code in names)
    many = {f"C{n}": [f"criterion number {n} about topic {n % 97}"] for n in range(5000)}
    assert closest({"x": ["topic 5 number 4321"]}, many)["x"][0][0] == "C4321"
    assert closest({"x": []}, {}) == {"x": []}
