"""From the levels of criteria to the overall result."""

from collections.abc import Mapping

from .errors import RatingError
from .explanations import Check, Explanation, Outcome, Step
from .rules import Condition, Rule

Ranks = Mapping[str, int]


def rate(rule: Rule, ratings: Mapping[str, str | None]) -> Outcome:
    """The result of `ratings` (criterion code to level code; absent, None or "" is not rated) with its explanation.

    Raises RatingError for a criterion or level that the framework does not have.
    """
    ranks = ranks_of(rule, ratings)
    missing = tuple(code for code in rule.criteria if code not in ranks)
    if missing:
        return Outcome(None, False, missing, Explanation(None, missing, (), rule.article))
    steps = []
    for entry in rule.results:
        checks = tuple(_check(condition, ranks) for condition in entry.conditions)
        held = all(check.held for check in checks)
        steps.append(Step(entry.result, held, checks, entry.article or rule.article))
        if held:
            break
    result = steps[-1].result
    return Outcome(result, True, (), Explanation(result, (), tuple(steps), rule.article))


def result_of(rule: Rule, ratings: Mapping[str, str | None]) -> str | None:
    """The result alone, None when incomplete: what tallies and simulations of many people need."""
    ranks = ranks_of(rule, ratings)
    if len(ranks) < len(rule.criteria):
        return None
    return _first(rule, ranks)


def possible_results(rule: Rule, ratings: Mapping[str, str | None]) -> tuple[str, str]:
    """The lowest and the highest result that incomplete ratings can still become. Equal when all is decided."""
    ranks = ranks_of(rule, ratings)
    lowest = {code: ranks.get(code, 0) for code in rule.criteria}
    highest = {code: ranks.get(code, len(rule.levels) - 1) for code in rule.criteria}
    return _first(rule, lowest), _first(rule, highest)


def ranks_of(rule: Rule, ratings: Mapping[str, str | None]) -> dict[str, int]:
    """Criterion code to the place of its level, the lowest 0, for the criteria that are rated."""
    ranks: dict[str, int] = {}
    rank, known = rule.rank, rule.known
    for code, level in ratings.items():
        if code not in known:
            raise RatingError("rating_unknown_criterion", value=code)
        if level:
            if level not in rank:
                raise RatingError("rating_unknown_level", criterion=code, value=level)
            ranks[code] = rank[level]
    return ranks


def _first(rule: Rule, ranks: Ranks) -> str:
    for entry in rule.results:
        if all(_holds(condition, ranks) for condition in entry.conditions):
            return entry.result
    raise AssertionError("parse_rule lets no rule through that leaves a case without a result")


def _holds(condition: Condition, ranks: Ranks) -> bool:
    kind = condition.kind
    if kind == "always":
        return True
    if kind == "any_of":
        return any(_holds(inner, ranks) for inner in condition.conditions)
    if kind == "all_of":
        return all(_holds(inner, ranks) for inner in condition.conditions)
    rank = condition.rank
    below = sum([ranks[code] < rank for code in condition.criteria])
    if kind == "at_most":
        return below <= condition.needed
    if kind in ("any_below", "more_than_below"):
        return below >= condition.needed
    return len(condition.criteria) - below >= condition.needed


def _check(condition: Condition, ranks: Ranks) -> Check:
    kind = condition.kind
    if kind == "always":
        return Check(kind, True)
    if condition.conditions:
        checks = tuple(_check(inner, ranks) for inner in condition.conditions)
        held = any(c.held for c in checks) if kind == "any_of" else all(c.held for c in checks)
        return Check(kind, held, checks=checks)
    below = tuple(code for code in condition.criteria if ranks[code] < condition.rank)
    counts_below = kind in ("at_most", "any_below", "more_than_below")
    held = _holds(condition, ranks)
    return Check(
        kind=kind,
        held=held,
        group=condition.group,
        level=condition.level,
        share=condition.share,
        needed=condition.needed,
        actual=len(below) if counts_below else condition.total - len(below),
        total=condition.total,
        criteria=below if held == (kind in ("any_below", "more_than_below")) else (),
    )
