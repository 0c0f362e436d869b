"""The smallest sets for rules of conditions.

Every upward condition means "at least so many of these criteria at this level" (`Need`). A result asks for one of
several lists of needs (several only where a rule says "one of these"). Raising a criterion can only help, so a set
of criteria is enough exactly when raising all of it to the top is. Walking through the criteria once, each raised or
not, with what is still lacking as the state, gives the fewest criteria and the number of such sets without listing
them; the walk is then followed again to list the first ones.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from itertools import product
from math import comb

from .conditions import Condition, ConditionsRule, Need
from .ways import Choice, Raise

Lacks = tuple[tuple[int, ...], ...]


def terms_for(rule: ConditionsRule, goal: int) -> list[frozenset[Need]]:
    """The alternative lists of needs that give `goal` or better. Each also needs every criterion rated."""
    rated = Need(frozenset(rule.criteria), 0, len(rule.criteria))
    terms = [
        frozenset({rated, *needs})
        for entry in rule.results
        if rule.place[entry.result] >= goal
        for needs in _alternatives(entry.conditions)
    ]
    # a term that asks for at least as much as another adds nothing: "all Tốt" is already "all Khá"
    kept: list[frozenset[Need]] = []
    for term in reversed(terms):
        if not any(_implies(term, other) for other in kept):
            kept.append(term)
    return kept


def _alternatives(conditions: tuple[Condition, ...]) -> Iterator[frozenset[Need]]:
    choices: list[list[frozenset[Need]]] = []
    for condition in conditions:
        if condition.kind == "any_of":
            choices.append([needs for inner in condition.conditions for needs in _alternatives((inner,))])
        elif condition.kind == "all_of":
            choices.append(list(_alternatives(condition.conditions)))
        elif condition.kind in ("any_below", "more_than_below"):
            return  # only at the lowest result, which nobody has to climb to
        elif condition.kind != "always":
            choices.append([frozenset({condition.need})])
    for combination in product(*choices):
        yield frozenset().union(*combination)


def _implies(term: frozenset[Need], other: frozenset[Need]) -> bool:
    return all(
        any(n.level >= need.level and n.count - len(n.criteria - need.criteria) >= need.count for n in term)
        for need in other
    )


class Search:
    """One person's way up: `ranks` are the places that count, `rated` those of criteria that really have a rating."""

    def __init__(
        self,
        rule: ConditionsRule,
        ranks: Mapping[str, int],
        rated: Mapping[str, int],
        terms: list[frozenset[Need]],
    ):
        self.rule = rule
        self.ranks = {code: ranks.get(code, -1) for code in rule.criteria}
        self.rated = rated
        self.terms = [tuple(term) for term in terms]
        self.levels = {code: rule.shape.scale(code).levels for code in rule.criteria}
        self.top = {code: len(levels) - 1 for code, levels in self.levels.items()}
        self.start: Lacks = tuple(
            tuple(max(0, n.count - sum(self.ranks[c] >= n.level for c in n.criteria)) for n in term)
            for term in self.terms
        )
        self.best = cache(self._best)

    def smallest(self) -> tuple[int, int]:
        """The size of the smallest sets and how many there are."""
        size, count = self.best(0, self.start)
        assert size is not None, "with every criterion at the top each result of a rule holds"
        return size, count

    def _best(self, place: int, lacks: Lacks) -> tuple[int | None, int]:
        """Fewest criteria from `place` on that fill one of `lacks`, and the number of ways; (None, 0) if none do."""
        if any(not any(lack) for lack in lacks):
            return 0, 1
        if place == len(self.rule.criteria):
            return None, 0
        size, count = self.best(place + 1, lacks)
        more, ways = self.best(place + 1, self._raised(place, lacks)) if self._can_rise(place) else (None, 0)
        if more is None:
            return size, count
        if size is None or more + 1 < size:
            return more + 1, ways
        return size, count + (ways if more + 1 == size else 0)

    def first(self, limit: int) -> Iterator[tuple[Raise, ...]]:
        """The first `limit` smallest sets in pack order, each with the lowest levels that are enough."""
        for found, chosen in enumerate(self._sets(0, self.start, ())):
            if found == limit:
                return
            yield self._cheapest(chosen)

    def _sets(self, place: int, lacks: Lacks, chosen: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        size, _ = self.best(place, lacks)
        if size == 0:
            yield chosen
        elif size is not None:
            if self._can_rise(place):
                raised = self._raised(place, lacks)
                if self.best(place + 1, raised)[0] == size - 1:
                    yield from self._sets(place + 1, raised, (*chosen, self.rule.criteria[place]))
            if self.best(place + 1, lacks)[0] == size:
                yield from self._sets(place + 1, lacks, chosen)

    def choice(self, path: tuple[Raise, ...]) -> Choice | None:
        """The sets said at once, when those criteria that are in some sets only are interchangeable; `path` is one."""
        size, count = self.smallest()
        uses = self._uses()
        some = tuple(code for code in self.rule.criteria if 0 < uses[code] < count)
        pick = size - sum(uses[code] == count for code in self.rule.criteria)
        picked = [raising for raising in path if raising.criterion in some]
        alike = {
            (self.levels[c], self._before(c), *(c in need.criteria for term in self.terms for need in term))
            for c in some
        }
        if len(alike) != 1 or count != comb(len(some), pick) or len({raising.to for raising in picked}) != 1:
            return None
        fixed = tuple(raising for raising in path if raising.criterion not in some)
        before = self._before(some[0])
        return Choice(fixed, pick, some, before, picked[0].to) if before else None

    def _uses(self) -> dict[str, int]:
        """In how many of the smallest sets each criterion is: ways to come to a raise times ways to go on from it."""
        uses = dict.fromkeys(self.rule.criteria, 0)
        ways = {self.start: 1}
        for place, code in enumerate(self.rule.criteria):
            onward: dict[Lacks, int] = {}
            for lacks, number in ways.items():
                size, _ = self.best(place, lacks)
                if not size:  # filled already: nothing more is raised on this walk
                    continue
                options = [(lacks, size, 0)]
                if self._can_rise(place):
                    options.append((self._raised(place, lacks), size - 1, 1))
                for after, left, raised in options:
                    rest, count = self.best(place + 1, after)
                    if rest == left:
                        uses[code] += raised * number * count
                        onward[after] = onward.get(after, 0) + number
            ways = onward
        return uses

    def _can_rise(self, place: int) -> bool:
        return self.ranks[self.rule.criteria[place]] < self.top[self.rule.criteria[place]]

    def _raised(self, place: int, lacks: Lacks) -> Lacks:
        code = self.rule.criteria[place]
        return tuple(self._less(term, lack, code, self.top[code]) for term, lack in zip(self.terms, lacks, strict=True))

    def _less(self, term: tuple[Need, ...], lack: tuple[int, ...], code: str, to: int) -> tuple[int, ...]:
        """What is still lacking after raising `code` to the rank `to`."""
        now = self.ranks[code]
        return tuple(
            left - 1 if left and now < need.level <= to and code in need.criteria else left
            for need, left in zip(term, lack, strict=True)
        )

    def _cheapest(self, chosen: tuple[str, ...]) -> tuple[Raise, ...]:
        """The lowest levels to raise exactly the `chosen` criteria to: fewest levels up in sum."""
        plans = [self._plan(term, lack, chosen) for term, lack in zip(self.terms, self.start, strict=True)]
        _, levels = min(plan for plan in plans if plan is not None)
        return tuple(
            Raise(code, self._before(code), self.levels[code][to]) for code, to in zip(chosen, levels, strict=True)
        )

    def _before(self, code: str) -> str | None:
        return self.levels[code][self.rated[code]] if code in self.rated else None

    def _plan(
        self, term: tuple[Need, ...], lack: tuple[int, ...], chosen: tuple[str, ...]
    ) -> tuple[int, tuple[int, ...]] | None:
        @cache
        def best(place: int, lack: tuple[int, ...]) -> tuple[int, tuple[int, ...]] | None:
            if place == len(chosen):
                return None if any(lack) else (0, ())
            code = chosen[place]
            ends = {
                to: best(place + 1, self._less(term, lack, code, to))
                for to in range(self.ranks[code] + 1, self.top[code] + 1)
            }
            options = [(end[0] + to - self.ranks[code], (to, *end[1])) for to, end in ends.items() if end is not None]
            return min(options, default=None)

        return best(0, lack)

    def steps(self, path: tuple[Raise, ...]) -> int:
        """How many levels up a path goes in sum."""
        return sum(self.levels[r.criterion].index(r.to) - self.rated.get(r.criterion, -1) for r in path)
