"""What would it take: proven smallest against trying every set."""

import random
from math import comb

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from standards.rating import RatingError, parse_rule, rate, result_of, what_would_it_take
from tests.examples import examples
from tests.standards.packs import TT14, TT20, shipped_data
from tests.standards.rules import one_scale
from tests.standards.strategies import (
    any_rules,
    bands_rules,
    mean_rules,
    points_rules,
    ratings_for,
    ratings_with_absences,
    rules,
    rules_of_two_scales,
    smallest_by_force,
    values,
)


def applied(ratings, path):
    return dict(ratings) | {raising.criterion: raising.to for raising in path}


KINDS = {
    "conditions": rules,
    "two scales": rules_of_two_scales,
    "mean": mean_rules,
    "bands": bands_rules,
    "points": points_rules,
}


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=examples(150))
@given(data=st.data())
def test_sets_are_the_smallest_and_all_of_them_are_counted(kind, data):
    rule = data.draw(KINDS[kind]())
    ratings = data.draw(st.one_of(ratings_for(rule), ratings_with_absences(rule)))
    target = data.draw(st.sampled_from(rule.order))
    paths = what_would_it_take(rule, ratings, target, limit=100)
    by_force = smallest_by_force(rule, ratings, target)
    if paths.reached:
        assert by_force == [()]
        return
    assert paths.reachable == bool(by_force)
    assert paths.reachable == (not paths.reason)
    assert {tuple(r.criterion for r in path) for path in paths.paths} == set(by_force)
    assert paths.count == len(by_force)
    assert all(len(path) == paths.size for path in paths.paths)


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=examples(100))
@given(data=st.data())
def test_each_path_is_enough_and_no_step_of_it_is_too_many(kind, data):
    rule = data.draw(KINDS[kind]())
    ratings = data.draw(st.one_of(ratings_for(rule), ratings_with_absences(rule)))
    target = data.draw(st.sampled_from(rule.order))
    goal = rule.place[target]
    for path in what_would_it_take(rule, ratings, target, limit=5).paths:
        result = result_of(rule, applied(ratings, path))
        assert result is not None
        assert rule.place[result] >= goal
        for raising in path:
            ladder = values(rule, raising.criterion)
            place = ladder.index(raising.to)
            if raising.before:
                assert ladder.index(raising.before) < place
                assert raising.before == ratings[raising.criterion]
            weaker = applied(ratings, path)
            weaker[raising.criterion] = ladder[place - 1] if place else ratings[raising.criterion]
            less = result_of(rule, weaker)
            assert less is None or rule.place[less] < goal


@settings(max_examples=examples(300))
@given(st.data())
def test_a_choice_says_exactly_the_sets_that_are_listed(data):
    rule = data.draw(any_rules())
    ratings = data.draw(st.one_of(ratings_for(rule), ratings_with_absences(rule)))
    paths = what_would_it_take(rule, ratings, data.draw(st.sampled_from(rule.order)), limit=100)
    if (choice := paths.choice) is None:
        return
    assert paths.count == comb(len(choice.among), choice.pick)
    fixed = {raising.criterion for raising in choice.fixed}
    for path in paths.paths:
        codes = {raising.criterion for raising in path}
        assert fixed <= codes
        assert len(codes - fixed) == choice.pick
        assert codes - fixed <= set(choice.among)
        assert {ratings[code] for code in choice.among} == {choice.before}
        said = {r.criterion: r.to for r in choice.fixed} | dict.fromkeys(codes - fixed, choice.to)
        assert rule.place[result_of(rule, dict(ratings) | said)] >= rule.place[paths.target]


def test_circular_20_one_short_of_two_thirds():
    data = shipped_data(TT20)
    ratings = {code.code: "T" for code in data.criteria} | {f"TC{n}": "K" for n in range(10, 16)}
    paths = what_would_it_take(data.rule, ratings, "T")
    assert (paths.result, paths.size, paths.count) == ("K", 1, 6)
    assert paths.choice is not None
    assert (paths.choice.pick, len(paths.choice.among), paths.choice.before, paths.choice.to) == (1, 6, "K", "T")


def test_circular_14_counts_the_ways_of_a_principal_far_from_the_top():
    data = shipped_data(TT14)
    ratings = {criterion.code: "K" for criterion in data.criteria}
    paths = what_would_it_take(data.rule, ratings, "T")
    assert (paths.size, paths.count) == (12, comb(8, 2))
    assert len(paths.paths) == 12
    assert rate(data.rule, applied(ratings, paths.paths[0])).result == "T"


def test_not_rated_criteria_are_in_every_set():
    data = shipped_data(TT20)
    ratings = {criterion.code: "T" for criterion in data.criteria} | {"TC01": None}
    paths = what_would_it_take(data.rule, ratings, "T")
    assert [(r.criterion, r.before, r.to) for r in paths.paths[0]] == [("TC01", None, "K")]
    assert paths.result is None


def test_reached_and_unreachable_are_said():
    data = shipped_data(TT20)
    ratings = {criterion.code: "T" for criterion in data.criteria}
    assert what_would_it_take(data.rule, ratings, "K").reached
    with pytest.raises(RatingError):
        what_would_it_take(data.rule, {"TC77": "T"}, "K")
    with pytest.raises(RatingError, match="“X”"):
        what_would_it_take(data.rule, ratings, "X")


def test_only_so_many_sets_are_listed_but_all_are_counted():
    data = shipped_data(TT20)
    ratings = {criterion.code: "D" for criterion in data.criteria}
    paths = what_would_it_take(data.rule, ratings, "K", limit=3)
    assert (paths.size, paths.count, len(paths.paths)) == (10, comb(10, 5), 3)
    assert what_would_it_take(data.rule, ratings, "K", limit=0).count == comb(10, 5)


def test_a_rule_of_tangled_groups_is_answered_with_a_sentence_soon():
    criteria = [f"C{n:02}" for n in range(30)]
    dice = random.Random(7)
    groups = {f"g{n}": sorted(dice.sample(criteria, 15)) for n in range(12)}
    upper = [{"kind": "share_at_least", "group": name, "level": "B", "share": "1/2"} for name in groups]
    results = [{"result": "B", "conditions": upper}, {"result": "A", "conditions": [{"kind": "always"}]}]
    data = {"kind": "conditions", "groups": groups, "results": results}
    rule = parse_rule(data, one_scale(criteria, ["A", "B"]))
    found = what_would_it_take(rule, dict.fromkeys(criteria, "A"), "B")
    assert (found.reachable, found.reason) == (False, "too_tangled")
