"""What another rule would have said of past ratings: who moves where, why, and of whom it cannot be said.

Pure: plain values in, counts out. Nothing is guessed: where the other side asks for a criterion that the past did not
rate, its lowest and its highest level are both tried, and only a result that comes out either way counts as
said, unless the reader wants something supposed.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from standards.rating import RatingError, Rule, rate, result_of

REMEMBERED = 50_000
"""Different sets of ratings whose answer is kept at a time: 20,000 people share far fewer."""

Ratings = tuple[tuple[str, str], ...]
"""(criterion, level) of what was rated, hashable."""


class Why(StrEnum):
    """Why it cannot be said, the weightiest first."""

    NO_RESULT = "no_result"  # the rule knows no overall result, or refuses the ratings
    UNMATCHED = "unmatched"  # a criterion that nothing in the past stands for
    LEVEL = "level"  # a level that the other side does not have
    NOT_RATED = "not_rated"  # a criterion that was not rated
    MERGED = "merged"  # several criteria became one and their levels differ


class Suppose(StrEnum):
    """What is supposed of criteria that nothing in the past stands for."""

    NOTHING = "nothing"
    LOWEST = "lowest"
    MIDDLE = "middle"  # the middle of the person's other levels, the lower of two
    HIGHEST = "highest"


class Direction(StrEnum):
    SAME = "same"
    UP = "up"
    DOWN = "down"
    OTHER = "other"  # another result that is neither above nor below
    OPEN = "open"  # cannot be said


@dataclass(frozen=True)
class Plan:
    """The other side's rule and what of the past stands for each of its criteria.

    `scales`: criterion -> its levels, lowest first; `sources`: criterion -> criteria of the past, none where nothing
    matches, and what is then supposed. `old_results` and `new_results` are the results of both sides, lowest first;
    `old_rule` explains those who move up.
    """

    rule: Rule
    scales: Mapping[str, tuple[str, ...]]
    sources: Mapping[str, tuple[str, ...]]
    old_rule: Rule
    old_results: tuple[str, ...]
    new_results: tuple[str, ...]
    suppose: Suppose = Suppose.NOTHING

    @cached_property
    def is_turned_round(self) -> bool:
        """Do the results that both sides have stand in another order?"""
        common = [code for code in self.old_results if code in self.new_results]
        return common != [code for code in self.new_results if code in self.old_results]


@dataclass(frozen=True)
class Past:
    """`number` people of one `place` with the same result and the same ratings."""

    old: str
    ratings: Ratings
    number: int = 1
    place: int = 0


@dataclass(frozen=True)
class Cause:
    """A condition that keeps people from `result`: by the other rule (`is_new`), or by the present one. `place` is its
    place among the conditions of that result."""

    is_new: bool
    result: str
    place: int


@dataclass(frozen=True)
class Said:
    """What the other rule says of one set of ratings: a result, or why none can be said and which criteria decide."""

    result: str | None
    why: Why | None = None
    criteria: tuple[str, ...] = ()
    causes: tuple[Cause, ...] = ()


@dataclass
class Findings:
    """The counts of a simulation. `moves`: (old, new or None) -> people."""

    moves: Counter[tuple[str, str | None]] = field(default_factory=Counter)
    directions: Counter[Direction] = field(default_factory=Counter)
    whys: Counter[tuple[Why, tuple[str, ...]]] = field(default_factory=Counter)
    causes: Counter[Cause] = field(default_factory=Counter)
    places: dict[int, Counter[Direction]] = field(default_factory=lambda: defaultdict(Counter))

    @property
    def people(self) -> int:
        """Everybody looked at."""
        return sum(self.moves.values())


def simulate(plan: Plan, people: Iterable[Past]) -> Findings:
    """Everybody through the other rule.

    Memory grows with the places, the different conditions and the different sets of criteria that leave a result open
    (`Findings.whys`: at most one for each different set of ratings); beside them the answers to at most REMEMBERED sets
    of ratings are kept.
    """
    found, known = Findings(), {}
    for past in people:
        key = (past.old, past.ratings)
        said = known.get(key)
        if said is None:
            if len(known) >= REMEMBERED:
                known.clear()
            said = known[key] = say(plan, past.old, past.ratings)
        way = direction(plan, past.old, said.result)
        found.moves[past.old, said.result] += past.number
        found.directions[way] += past.number
        found.places[past.place][way] += past.number
        if said.why:
            found.whys[said.why, said.criteria] += past.number
        for cause in said.causes:
            found.causes[cause] += past.number
    return found


def say(plan: Plan, old: str, ratings: Ratings) -> Said:
    """The other rule's result of `ratings`, with the conditions that move somebody who had `old`."""
    levels = dict(ratings)
    low, high, doubts = _bounds(plan, levels)
    try:
        result = result_of(plan.rule, low)
        if doubts and result != result_of(plan.rule, high):
            why = min(doubts, key=list(Why).index)
            return Said(None, why, tuple(doubts[why]))
    except RatingError:
        result = None
    if result is None:
        return Said(None, Why.NO_RESULT)
    return Said(result, causes=_causes(plan, old, result, levels, high))


def direction(plan: Plan, old: str, new: str | None) -> Direction:
    """Up or down, where the two sides' results can be compared at all."""
    if new is None:
        return Direction.OPEN
    if plan.is_turned_round:
        return Direction.OTHER
    if old == new:
        return Direction.SAME
    for order in (plan.new_results, plan.old_results):
        if old in order and new in order:
            return Direction.UP if order.index(new) > order.index(old) else Direction.DOWN
    return Direction.OTHER


def _bounds(plan: Plan, levels: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str], dict[Why, list[str]]]:
    """The lowest and the highest ratings that the past allows for the other side's criteria, and where they differ."""
    low: dict[str, str] = {}
    high: dict[str, str] = {}
    doubts: dict[Why, list[str]] = defaultdict(list)
    for code, scale in plan.scales.items():
        sources = plan.sources.get(code, ())
        if len(sources) == 1 and (level := levels.get(sources[0])) in scale:
            low[code] = high[code] = level
            continue
        given = [levels.get(source, "") for source in sources]
        why = Why.UNMATCHED if not given else Why.NOT_RATED if not all(given) else None
        if why is None and not all(level in scale for level in given):
            why = Why.LEVEL
        ranks = range(len(scale)) if why else sorted(scale.index(level) for level in given)
        if why is None and ranks[0] != ranks[-1]:
            why = Why.MERGED
        if why:
            doubts[why].append(code)
        low[code], high[code] = scale[ranks[0]], scale[ranks[-1]]
    if plan.suppose is not Suppose.NOTHING and Why.UNMATCHED in doubts:
        _suppose(plan, low, high, doubts.pop(Why.UNMATCHED))
    return low, high, doubts


def _suppose(plan: Plan, low: dict[str, str], high: dict[str, str], codes: list[str]) -> None:
    """Writes the supposed level of the unmatched criteria `codes` over their bounds."""
    known = {code: level for code, level in low.items() if code not in codes}
    for code in codes:
        scale = plan.scales[code]
        ranks = sorted(scale.index(level) for level in known.values() if level in scale)
        if plan.suppose is Suppose.MIDDLE and ranks:
            low[code] = high[code] = scale[ranks[(len(ranks) - 1) // 2]]
        elif plan.suppose is Suppose.HIGHEST:
            low[code] = high[code]
        else:
            high[code] = low[code]


def _causes(plan: Plan, old: str, new: str, levels: Mapping[str, str], high: Mapping[str, str]) -> tuple[Cause, ...]:
    """Down: what the other rule asks for the old result and does not find, even at the best that is possible. Up: what
    the present rule misses for the new one."""
    way = direction(plan, old, new)
    if way is Direction.DOWN:
        return tuple(Cause(True, old, place) for place in _failed(plan.rule, high, old))
    if way is Direction.UP:
        return tuple(Cause(False, new, place) for place in _failed(plan.old_rule, levels, new))
    return ()


def _failed(rule: Rule, ratings: Mapping[str, str], result: str) -> list[int]:
    """The places of the conditions of `result` that do not hold; none where a rule has no conditions."""
    steps = [step for step in rate(rule, ratings).explanation.steps if step.result == result]
    return [place for step in steps for place, check in enumerate(step.checks) if not check.held]
