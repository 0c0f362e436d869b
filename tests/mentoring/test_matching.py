"""Matching is pure: no database, the same answer every time, a reason for everything."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentoring.enums import MAX_MENTEES
from mentoring.matching import Profile, Scale, assess, refusal, suggest, weak_criteria

CODES = ("A", "B", "C", "D")
SCALE = Scale(
    levels=("CĐ", "Đ", "K", "T"), criteria={code: f"{n}. {code}" for n, code in enumerate(CODES, 1)}, key=frozenset("B")
)
MENTEE = Profile(1, "Mentee", "School", "Math", "Toán", {"A": 1, "B": 1, "C": 2, "D": 0})


def mentor(id: int = 2, **fields) -> Profile:
    return Profile(**{"id": id, "name": f"Mentor {id}", "levels": {"A": 3, "B": 3, "C": 3, "D": 3}} | fields)


def test_weak_criteria_are_the_lower_half_key_ones_first_then_lowest():
    assert weak_criteria(MENTEE.levels, SCALE) == ["B", "D", "A"]


def test_without_weak_criteria_the_lowest_ones_count_unless_all_is_at_the_top():
    assert weak_criteria({"A": 2, "B": 3, "C": 2}, SCALE) == ["A", "C"]
    assert weak_criteria({"A": 3, "B": 3}, SCALE) == []
    assert weak_criteria({}, SCALE) == []


def test_reasons_name_criterion_and_both_levels():
    found = assess(MENTEE, mentor(group="Math", school="School", subject="toán"), SCALE)
    assert found.reasons == (
        "2. B: T (mentee: Đ)",
        "4. D: T (mentee: CĐ)",
        "1. A: T (mentee: Đ)",
        "Same professional group, same subject: toán",
    )
    assert found.helps == ("B", "D", "A")


def test_a_level_above_that_is_not_the_top_counts_little_and_does_not_make_a_suggestion():
    good = mentor(levels={"A": 2, "B": 2, "D": 2})
    assert 0 < assess(MENTEE, good, SCALE).score < assess(MENTEE, mentor(), SCALE).score
    assert suggest(MENTEE, [good], SCALE) == []


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"id": 1}, "Nobody mentors themselves"),
        ({"leads_mentee": True}, "Whoever evaluates"),
        ({"is_active": False}, "closed"),
        ({"at_school": False}, "does not work at a school"),
        ({"mentees": frozenset({1})}, "already"),
        ({"mentees": frozenset(range(10, 10 + MAX_MENTEES))}, "at most"),
    ],
)
def test_each_refusal_has_its_sentence_and_is_never_suggested(fields, words):
    candidate = mentor(**fields)
    assert words in refusal(MENTEE, candidate)
    assert assess(MENTEE, candidate, SCALE).refusal
    assert suggest(MENTEE, [candidate], SCALE) == []


def test_mentees_one_has_already_count_against():
    busy, free = mentor(2, mentees=frozenset({8, 9})), mentor(3)
    assert [found.profile.id for found in suggest(MENTEE, [busy, free], SCALE)] == [3, 2]


levels = st.dictionaries(st.sampled_from(CODES), st.integers(0, 3))
profiles = st.builds(
    Profile,
    id=st.integers(2, 60),
    name=st.text(max_size=5),
    school=st.sampled_from(["", "School", "Other"]),
    group=st.sampled_from(["", "Math"]),
    levels=levels,
    mentees=st.frozensets(st.integers(1, 6), max_size=4),
    is_active=st.booleans(),
    leads_mentee=st.booleans(),
)


@given(mine=levels, candidates=st.lists(profiles, max_size=12, unique_by=lambda profile: profile.id), data=st.data())
def test_suggestions_are_allowed_helpful_ordered_and_do_not_hang_on_the_order_of_rows(mine, candidates, data):
    mentee = Profile(1, "Mentee", "School", "Math", levels=mine)
    found = suggest(mentee, candidates, SCALE)
    assert found == suggest(mentee, data.draw(st.permutations(candidates)), SCALE)
    assert [row.score for row in found] == sorted((row.score for row in found), reverse=True)
    for row in found:
        assert not row.profile.leads_mentee
        assert row.profile.is_active
        assert len(row.profile.mentees) < MAX_MENTEES
        assert row.reasons
        assert all(row.profile.levels[code] == SCALE.top > mine[code] for code in row.helps)
