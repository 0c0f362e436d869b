"""Random rules and ratings for property tests, and the plainest possible ways to answer the same questions."""

from collections.abc import Mapping
from itertools import combinations
from typing import Any

from hypothesis import strategies as st

from standards.rating import Rule, parse_rule, result_of

LEVELS = ("L0", "L1", "L2", "L3")


@st.composite
def conditions(draw: st.DrawFn, codes: list[str], levels: list[str], depth: int = 0) -> dict[str, Any]:
    """One upward condition over all criteria, the key ones or some by name."""
    kinds = ["all_at_least", "named_at_least", "share_at_least", "at_most"] + (
        ["any_of", "all_of"] if depth < 1 else []
    )
    kind = draw(st.sampled_from(kinds))
    if kind in ("any_of", "all_of"):
        return {
            "kind": kind,
            "conditions": draw(st.lists(conditions(codes, levels, depth + 1), min_size=1, max_size=2)),
        }
    members = draw(st.lists(st.sampled_from(codes), min_size=1, unique=True))
    whom = draw(st.sampled_from([{}, {"group": "key"}, {"criteria": members}]))
    level = draw(st.sampled_from(levels[1:] if kind == "at_most" else levels))
    condition = {"kind": kind, "level": level, **whom}
    if kind in ("share_at_least", "at_most"):
        lower = draw(st.integers(1, 4))
        condition["share"] = f"{draw(st.integers(0, lower))}/{lower}"
    return condition


@st.composite
def rules(draw: st.DrawFn, most_criteria: int = 6) -> Rule:
    """A valid rule of up to six criteria and four levels, the lowest result always holding."""
    codes = [f"C{number}" for number in range(1, draw(st.integers(1, most_criteria)) + 1)]
    levels = list(LEVELS[: draw(st.integers(2, 4))])
    results = draw(st.lists(st.sampled_from(levels[1:]), min_size=1, unique=True))
    entries = [
        {
            "result": result,
            "conditions": draw(st.lists(conditions(codes, levels), min_size=1, max_size=3)),
        }
        for result in sorted(results, reverse=True)
    ]
    entries.append({"result": levels[0], "conditions": [{"kind": "always"}]})
    key = draw(st.lists(st.sampled_from(codes), min_size=1, unique=True))
    return parse_rule({"kind": "conditions", "results": entries}, criteria=codes, levels=levels, key=key)


def ratings_for(rule: Rule, *, complete: bool = True) -> st.SearchStrategy[dict[str, str | None]]:
    """Ratings of every criterion; with None for some unless `complete`."""
    levels = st.sampled_from(rule.levels if complete else (None, *rule.levels))
    return st.fixed_dictionaries(dict.fromkeys(rule.criteria, levels))


def smallest_by_force(rule: Rule, ratings: Mapping[str, str | None], target: str) -> list[tuple[str, ...]]:
    """The smallest sets of criteria to raise, found by trying every set: raise all of it to the top and look."""
    goal = rule.levels.index(target)
    for size in range(len(rule.criteria) + 1):
        found = []
        for chosen in combinations(rule.criteria, size):
            raised = dict(ratings) | dict.fromkeys(chosen, rule.levels[-1])
            changed = [code for code in chosen if ratings.get(code) != rule.levels[-1]]
            result = result_of(rule, raised)
            if len(changed) == size and result is not None and rule.levels.index(result) >= goal:
                found.append(chosen)
        if found:
            return found
    return []
