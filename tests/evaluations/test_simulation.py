"""The simulator's core: nobody moves under the same rule, movers are counted with their cause, nothing is guessed."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluations.simulation import Cause, Direction, Past, Plan, Suppose, Why, direction, say, simulate
from standards.rating import parse_rule, result_of
from tests.standards.rules import one_scale

LEVELS = ("CD", "D", "K", "T")
CODES = ("A", "B", "C", "D4", "E")


def rule(*, share: str = "2/3", key: str = "A", codes=CODES, levels=LEVELS):
    """The rule of Circular 20/2018 over a few criteria."""
    data = {
        "kind": "conditions",
        "results": [
            {
                "result": top,
                "conditions": [
                    {"kind": "all_at_least", "level": low},
                    {"kind": "share_at_least", "share": share, "level": top},
                    {"kind": "named_at_least", "criteria": [key], "level": top},
                ],
            }
            for top, low in (("T", "K"), ("K", "D"))
        ]
        + [
            {"result": "D", "conditions": [{"kind": "all_at_least", "level": "D"}]},
            {"result": "CD", "conditions": [{"kind": "any_below", "level": "D"}]},
        ],
    }
    return parse_rule(data, one_scale(codes, levels))


def plan(new=None, *, codes=CODES, sources=None, **fields) -> Plan:
    return Plan(
        **{
            "rule": new or rule(),
            "scales": dict.fromkeys(codes, LEVELS),
            "sources": sources if sources is not None else {code: (code,) for code in codes if code in CODES},
            "old_rule": rule(),
            "old_results": LEVELS,
            "new_results": LEVELS,
            **fields,
        }
    )


def past(levels: str, number: int = 1, place: int = 0) -> Past:
    """ "T T K K K" in the order of CODES, with the result of today's rule."""
    ratings = dict(zip(CODES, levels.split(), strict=True))
    return Past(result_of(rule(), ratings), tuple(ratings.items()), number, place)


people = st.lists(
    st.builds(
        lambda levels, number, place: past(" ".join(levels), number, place),
        st.tuples(*[st.sampled_from(LEVELS)] * len(CODES)),
        st.integers(1, 9),
        st.integers(1, 3),
    ),
    max_size=30,
)


@given(people)
def test_the_same_rule_moves_nobody(everybody):
    found = simulate(plan(), everybody)
    number = sum(one.number for one in everybody)
    assert found.people == number == found.directions[Direction.SAME]
    assert all(old == new for old, new in found.moves)
    assert not found.causes
    assert not found.whys


@given(people)
def test_everybody_is_counted_once_and_a_stricter_rule_lifts_nobody(everybody):
    found = simulate(plan(rule(share="1/1")), everybody)
    assert sum(found.directions.values()) == sum(one.number for one in everybody)
    assert found.directions[Direction.UP] == found.directions[Direction.OPEN] == 0
    assert sum((Counter(place) for place in found.places.values()), Counter()) == +found.directions
    for (old, new), number in found.moves.items():
        assert direction(plan(), old, new) in (Direction.SAME, Direction.DOWN)
        assert number > 0


@given(people)
def test_an_unmatched_criterion_never_gives_a_result_that_a_level_could_refute(everybody):
    """What is said with criterion E unknown is what comes out at every level of E."""
    blind = plan(sources={code: (code,) for code in CODES if code != "E"})
    for one in everybody:
        said = say(blind, one.old, one.ratings).result
        results = {result_of(rule(), {**dict(one.ratings), "E": level}) for level in LEVELS}
        assert results == {said} if said else len(results) > 1


def test_a_mover_down_is_moved_by_what_the_new_rule_asks():
    found = simulate(plan(rule(share="4/5")), [past("T T T T T", 5), past("K K K D D", 2)])
    assert found.moves == {("T", "T"): 5, ("D", "D"): 2}
    strict = simulate(plan(rule(key="E")), [past("T T T T K", 3)])
    assert strict.moves == {("T", "K"): 3}
    (cause,) = strict.causes
    assert cause == Cause(is_new=True, result="T", place=2)


def test_a_mover_up_was_kept_by_what_the_present_rule_asks():
    found = simulate(plan(rule(share="1/5")), [past("T K K K K", 4)])
    assert found.moves == {("K", "T"): 4}
    (cause,) = found.causes
    assert cause == Cause(is_new=False, result="T", place=1)
    assert found.causes[cause] == 4


def test_a_new_criterion_opens_only_those_whom_it_decides():
    codes = (*CODES, "F")
    wide = plan(rule(codes=codes), codes=codes)
    assert say(wide, "CD", past("CD T T T T").ratings).result == "CD", "below anyway"
    said = say(wide, "T", past("T T T T T").ratings)
    assert (said.result, said.why, said.criteria) == (None, Why.UNMATCHED, ("F",))


@pytest.mark.parametrize(("suppose", "result"), [("lowest", "CD"), ("middle", "K"), ("highest", "T")])
def test_what_is_supposed_of_a_new_criterion_is_the_readers_choice(suppose, result):
    codes = (*CODES, "F")
    wide = plan(rule(codes=codes, key="F"), codes=codes, suppose=Suppose(suppose))
    assert say(wide, "T", past("T T K K K").ratings).result != "T" or suppose == "highest"
    assert (
        say(wide, "T", past("T T T T K").ratings if suppose == "highest" else past("T T K K K").ratings).result
        == result
    )


def test_criteria_that_became_one_count_where_their_levels_do_not_matter():
    codes = ("A", "B", "C", "D4")
    merged = plan(rule(codes=codes), codes=codes, sources={"A": ("A",), "B": ("B",), "C": ("C",), "D4": ("D4", "E")})
    assert say(merged, "K", past("K K K K K").ratings).result == "K"
    said = say(merged, "K", past("K K K K CD").ratings)
    assert (said.why, said.criteria) == (Why.MERGED, ("D4",))


def test_levels_that_the_other_side_lacks_and_gaps_are_named():
    three = ("D", "K", "T")
    rules = {
        "kind": "conditions",
        "results": [
            {"result": "T", "conditions": [{"kind": "all_at_least", "level": "T"}]},
            {"result": "D", "conditions": [{"kind": "always"}]},
        ],
    }
    other = parse_rule(rules, one_scale(CODES, three))
    narrow = plan(other, scales=dict.fromkeys(CODES, three), new_results=three)
    assert say(narrow, "CD", past("CD T T T T").ratings).why is Why.LEVEL
    gap = tuple((code, "" if code == "E" else "T") for code in CODES)
    assert say(narrow, "T", gap).why is Why.NOT_RATED


def test_results_are_compared_only_where_their_order_is_common():
    assert direction(plan(), "K", "T") is Direction.UP
    assert direction(plan(), "K", "D") is Direction.DOWN
    assert direction(plan(new_results=("PASS", "FAIL")), "K", "PASS") is Direction.OTHER
    assert direction(plan(new_results=("T", "K", "D", "CD")), "K", "K") is Direction.OTHER
    assert direction(plan(new_results=("D", "K", "T")), "CD", "D") is Direction.UP
    assert direction(plan(), "K", None) is Direction.OPEN
