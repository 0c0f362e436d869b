"""What would it take: the smallest sets of criteria to raise for a higher result, counted exactly."""

from .base import Ratings, Rule
from .conditions import ConditionsRule
from .counting import CountingRule
from .errors import RatingError
from .paths_conditions import Search, terms_for
from .paths_sums import SumSearch
from .ways import Paths, TooTangled


def what_would_it_take(rule: Rule, ratings: Ratings, target: str, *, limit: int = 12) -> Paths:
    """The smallest sets of criteria to raise for `target` or better; at most `limit` of them listed, all counted.

    Criteria whose absence leaves the result open must be rated in any case, so they are in every set; criteria that
    are left out stay out. Raises RatingError for unknown criteria or levels and for an unknown target.
    """
    if not rule.order:
        rule.read(ratings)
        return Paths.none(target, None, "no_overall")
    if target not in rule.place:
        raise RatingError("unknown_target" if rule.shape.results else "unknown_level", value=target)
    result = rule.result(ratings)
    if result is not None and rule.place[result] >= rule.place[target]:
        return Paths(target, result, True, True, 0, 0, ())
    if isinstance(rule, ConditionsRule):
        return _conditions(rule, ratings, target, result, limit)
    if isinstance(rule, CountingRule):
        return _sums(rule, ratings, target, result, limit)
    return Paths.none(target, result, "no_overall")


def _conditions(rule: ConditionsRule, ratings: Ratings, target: str, result: str | None, limit: int) -> Paths:
    reading = rule.read(ratings)
    reduced, ranks, _missing = rule.ready(reading)
    if not reduced.criteria:
        return Paths.none(target, result, "too_little")
    terms = terms_for(reduced, rule.place[target])
    if not terms:
        return Paths.none(target, result, "no_result")
    search = Search(reduced, ranks, reading.ranks, terms)
    try:
        size, count = search.smallest()
        paths = sorted(search.first(limit), key=search.steps)
        choice = search.choice(paths[0]) if paths else None
    except TooTangled:
        return Paths.none(target, result, "too_tangled")
    return Paths(target, result, False, True, size, count, tuple(paths), choice)


def _sums(rule: CountingRule, ratings: Ratings, target: str, result: str | None, limit: int) -> Paths:
    reading = rule.read(ratings)
    wanted = rule.sum_for(reading, rule.place[target])
    if isinstance(wanted, str):
        return Paths.none(target, result, wanted)
    search = SumSearch(rule, reading, wanted)
    found = search.smallest()
    if found is None:
        return Paths.none(target, result, "out_of_reach")
    paths = sorted(search.first(limit), key=search.steps)
    return Paths(target, result, False, True, *found, tuple(paths), search.choice(paths[0]) if paths else None)
