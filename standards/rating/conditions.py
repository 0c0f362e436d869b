"""The kind `conditions`: results tried from the highest down, the first whose conditions all hold wins."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from typing import ClassVar

from .base import Ratings, Reading, Rule
from .explanations import Check, Explanation, Outcome, Step
from .parsing import INCOMPLETE, LEFT_OUT, LOWEST, NOT_RATED

UPWARD = frozenset({"all_at_least", "share_at_least", "named_at_least", "at_most"})
DOWNWARD = frozenset({"any_below", "more_than_below"})
NESTED = frozenset({"any_of", "all_of"})
KINDS = UPWARD | DOWNWARD | NESTED | {"always"}
MOST_REDUCED = 500

Ranks = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Need:
    """The one shape behind every upward condition: at least `count` of `criteria` at `level` (a rank) or above."""

    criteria: frozenset[str]
    level: int
    count: int


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition of a result.

    `criteria` are the members of `group` in pack order, `level` the level's code and `rank` its place from 0 up.
    `needed` counts criteria: at least so many at the level (upward kinds), at most so many below it (`at_most`),
    at least so many below it (downward kinds). `share` is what the text says, for example "2/3", or "". `members` are
    the criteria of a condition that lists them itself, also those that are left out for somebody.
    """

    kind: str
    group: str = ""
    criteria: tuple[str, ...] = ()
    level: str = ""
    rank: int = 0
    needed: int = 0
    share: str = ""
    conditions: tuple["Condition", ...] = ()
    members: tuple[str, ...] = ()

    @property
    def total(self) -> int:
        """How many criteria the condition speaks about."""
        return len(self.criteria)

    @property
    def need(self) -> Need:
        """The condition as a `Need`; only for upward kinds."""
        count = max(0, self.total - self.needed) if self.kind == "at_most" else self.needed
        return Need(frozenset(self.criteria), self.rank, count)

    def without(self, gone: frozenset[str]) -> "Condition":
        """The same condition about fewer criteria: shares are of what is left, counts are at most all that is left."""
        if self.conditions:
            return replace(self, conditions=tuple(inner.without(gone) for inner in self.conditions))
        criteria = tuple(code for code in self.criteria if code not in gone)
        needed = self.needed
        if self.share:
            needed = needed_of(self.kind, len(criteria), Fraction(self.share))
        elif self.kind in {"all_at_least", "named_at_least", "share_at_least"}:
            needed = min(needed, len(criteria))
        return replace(self, criteria=criteria, needed=needed)


def needed_of(kind: str, total: int, share: Fraction) -> int:
    """How many of `total` criteria a share means: never fewer than it says, "more than" always one beyond."""
    whole, rest = divmod(total * share.numerator, share.denominator)
    return whole + (kind == "more_than_below" or (kind == "share_at_least" and rest > 0))


@dataclass(frozen=True, slots=True)
class ResultRule:
    """One result and the conditions that must all hold for it."""

    result: str
    conditions: tuple[Condition, ...]
    article: str = ""


@dataclass(frozen=True)
class ConditionsRule(Rule):
    """Results with their conditions. `groups` name sets of criteria, "all" and "key" always among them.

    Raising one criterion can never lower the result: the parser refuses conditions that would break this.
    """

    kind: ClassVar[str] = "conditions"
    groups: Mapping[str, tuple[str, ...]]
    results: tuple[ResultRule, ...]

    @property
    def articles(self) -> tuple[tuple[str, str], ...]:
        """Each citation in the rule with its place."""
        own = [(f"results[{place}].article", entry.article) for place, entry in enumerate(self.results)]
        return (*super().articles, *((place, article) for place, article in own if article))

    def outcome(self, ratings: Ratings) -> Outcome:
        """The result with every condition tried."""
        reading = self.read(ratings)
        rule, ranks, missing = self.ready(reading)
        if missing or not rule.criteria:
            return self.open(reading, missing)
        steps = []
        for entry in rule.results:
            checks = tuple([_check(condition, ranks) for condition in entry.conditions])
            held = all(check.held for check in checks)
            steps.append(Step(entry.result, held, checks, entry.article or self.article))
            if held:
                break
        result = steps[-1].result
        absent = self.told_apart(reading) if reading.absent else {}
        return Outcome(result, True, (), Explanation(result, (), tuple(steps), self.article, "conditions", absent))

    def result(self, ratings: Ratings) -> str | None:
        """The result alone: what tallies and simulations of many people need."""
        rule, ranks, missing = self.ready(self.read(ratings))
        return None if missing or not rule.criteria else rule.first(ranks)

    def ends(self, ratings: Ratings) -> tuple[str, str]:
        """The lowest and the highest result once everything open is rated."""
        reading = self.read(ratings)
        still = [c for c, why in reading.absent.items() if why == NOT_RATED or self.policy[why] == INCOMPLETE]
        gone = frozenset(reading.absent.keys() - set(still))
        rule, lowest, _ = self.ready(
            Reading(reading.ranks | dict.fromkeys(still, 0), {}, {c: reading.absent[c] for c in gone})
        )
        if not rule.criteria:
            return self.order[0], self.order[-1]
        highest = {**lowest, **{code: len(self.ladders[code]) - 1 for code in still}}
        return rule.first(lowest), rule.first(highest)

    def ready(self, reading: Reading) -> tuple["ConditionsRule", dict[str, int], tuple[str, ...]]:
        """The rule without the criteria left out, the places that count, and the criteria whose absence blocks."""
        if not reading.absent:
            return self, reading.ranks, ()
        ranks, policy = dict(reading.ranks), self.policy
        ranks.update(dict.fromkeys((code for code, why in reading.absent.items() if policy[why] == LOWEST), 0))
        gone = frozenset(code for code, why in reading.absent.items() if policy[why] == LEFT_OUT)
        return self.without(gone) if gone else self, ranks, self.blocked(reading)

    def without(self, gone: frozenset[str]) -> "ConditionsRule":
        """The rule as it is for somebody whose criteria `gone` are left out."""
        if gone not in self._reduced:
            if len(self._reduced) >= MOST_REDUCED:
                self._reduced.clear()
            left = tuple(code for code in self.criteria if code not in gone)
            groups = {name: tuple(code for code in codes if code not in gone) for name, codes in self.groups.items()}
            results = tuple(
                replace(entry, conditions=tuple(condition.without(gone) for condition in entry.conditions))
                for entry in self.results
            )
            self._reduced[gone] = replace(
                self, shape=replace(self.shape, criteria=left), groups=groups, results=results
            )
        return self._reduced[gone]

    @cached_property
    def _reduced(self) -> dict[frozenset[str], "ConditionsRule"]:
        return {}

    def first(self, ranks: Ranks) -> str:
        """The first result whose conditions all hold."""
        for entry in self.results:
            for condition in entry.conditions:
                if not _holds(condition, ranks):
                    break
            else:
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
    rank, needed, total = condition.rank, condition.needed, len(condition.criteria)
    below = tuple([code for code in condition.criteria if ranks[code] < rank])
    if kind in ("any_below", "more_than_below"):
        actual, held = len(below), len(below) >= needed
        deciding = below if held else ()
    else:
        actual = len(below) if kind == "at_most" else total - len(below)
        held = actual <= needed if kind == "at_most" else actual >= needed
        deciding = () if held else below
    group, members = condition.group, condition.members
    check = Check(kind, held, group, condition.level, condition.share, needed, actual, total, deciding)
    return replace(check, members=members) if members else check
