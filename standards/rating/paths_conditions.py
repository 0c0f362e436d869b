"""The smallest sets for rules of conditions.

Every upward condition means "at least so many of these criteria at this level" (`Need`). A result asks for one of
several lists of needs (several only where a rule says "one of these"). Raising a criterion can only help, so a set
of criteria is enough exactly when raising all of it to the top is. Criteria that help the same needs are interchangeable:
walking through these groups once, so many of each raised, with what is still lacking as the state, gives the fewest
criteria and the number of such sets without listing them; the walk is then followed again to list the first ones.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import accumulate, islice, pairwise, product
from math import comb

from .conditions import Condition, ConditionsRule, Need
from .ways import Choice, Raise, TooTangled

MOST_CASES = 100_000  # about a second

Lacks = tuple[int, ...]  # what each need of each term still lacks, one after the other
Counts = tuple[int, ...]


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
        self.levels = {code: rule.shape.scale(code).levels for code in rule.criteria}
        self.top = {code: len(levels) - 1 for code, levels in self.levels.items()}
        self.needs = [need for term in terms for need in term]
        ends = [0, *accumulate(len(term) for term in terms)]
        self.terms = [range(start, end) for start, end in pairwise(ends)]
        self.start: Lacks = tuple(
            max(0, need.count - sum(self.ranks[code] >= need.level for code in need.criteria)) for need in self.needs
        )
        # what raising a criterion to the top helps; those that help the same form a group
        helps = {code: self._helped(code) for code in rule.criteria}
        self.group = {code: helped for code, helped in helps.items() if helped}
        self.groups = sorted(set(self.group.values()))
        self.counts: Counts = tuple(sum(h == group for h in self.group.values()) for group in self.groups)
        self.cases = 0
        self.best = cache(self._best)

    def _helped(self, code: str) -> tuple[int, ...]:
        now = self.ranks[code]
        return tuple(n for n, need in enumerate(self.needs) if now < need.level and code in need.criteria)

    def smallest(self) -> tuple[int, int]:
        """The size of the smallest sets and how many there are."""
        size, count = self.best(self.counts, self.start)
        assert size is not None, "with every criterion at the top each result of a rule holds"
        return size, count

    def _best(self, counts: Counts, lacks: Lacks) -> tuple[int | None, int]:
        """Fewest criteria of the last groups (so many of each are left) that fill a term, and the number of ways."""
        self.cases += 1
        if self.cases > MOST_CASES:
            raise TooTangled
        if any(not any(lacks[n] for n in term) for term in self.terms):
            return 0, 1
        groups = self.groups[len(self.groups) - len(counts) :]
        room = dict.fromkeys(range(len(lacks)), 0)
        for group, count in zip(groups, counts, strict=True):
            for n in group:
                room[n] += count
        if not any(all(lacks[n] <= room[n] for n in term) for term in self.terms):
            return None, 0
        best, ways = None, 0
        for picked in range(min(counts[0], max(lacks[n] for n in groups[0])) + 1):
            more, found = self.best(counts[1:], _less(lacks, groups[0], picked))
            if more is None:
                continue
            if best is None or more + picked < best:
                best, ways = more + picked, 0
            if more + picked == best:
                ways += found * comb(counts[0], picked)
        return best, ways

    def first(self, limit: int) -> Iterator[tuple[Raise, ...]]:
        """The first `limit` smallest sets in pack order, each with the lowest levels that are enough."""
        for chosen in islice(self._sets(), limit):
            yield self._cheapest(chosen)

    def _sets(self) -> Iterator[tuple[str, ...]]:
        """The smallest sets in pack order: a criterion is raised first, then left as it is, where either leads on."""
        helpful = list(self.group)
        size, _ = self.smallest()
        waiting: list[tuple[int, Counts, Lacks, int, tuple[str, ...]]] = [(0, self.counts, self.start, size, ())]
        while waiting:
            place, counts, lacks, left, chosen = waiting.pop()
            if left == 0:
                yield chosen
                continue
            code = helpful[place]
            group = self.groups.index(self.group[code])
            rest = (*counts[:group], counts[group] - 1, *counts[group + 1 :])
            raised = _less(lacks, self.group[code], 1)
            if self.best(rest, lacks)[0] == left:
                waiting.append((place + 1, rest, lacks, left, chosen))
            if self.best(rest, raised)[0] == left - 1:
                waiting.append((place + 1, rest, raised, left - 1, (*chosen, code)))

    def choice(self, path: tuple[Raise, ...]) -> Choice | None:
        """The sets said at once, when those criteria that are in some sets only are interchangeable; `path` is one."""
        size, count = self.smallest()
        uses = self._uses(size, count)
        some = tuple(code for code in self.rule.criteria if 0 < uses[code] < count)
        pick = size - sum(uses[code] == count for code in self.rule.criteria)
        picked = [raising for raising in path if raising.criterion in some]
        alike = {(self.levels[c], self._before(c), *(c in need.criteria for need in self.needs)) for c in some}
        if len(alike) != 1 or count != comb(len(some), pick) or len({raising.to for raising in picked}) != 1:
            return None
        fixed = tuple(raising for raising in path if raising.criterion not in some)
        before = self._before(some[0])
        return Choice(fixed, pick, some, before, picked[0].to) if before else None

    def _uses(self, size: int, count: int) -> dict[str, int]:
        """In how many of the smallest sets each criterion is: all of them but those that can do without it."""
        uses = {}
        for place, group in enumerate(self.groups):
            fewer = (*self.counts[:place], self.counts[place] - 1, *self.counts[place + 1 :])
            without, ways = self.best(fewer, self.start)
            uses[group] = count - ways if without == size else count
        return {code: uses[self.group[code]] if code in self.group else 0 for code in self.rule.criteria}

    def _cheapest(self, chosen: tuple[str, ...]) -> tuple[Raise, ...]:
        """The lowest levels to raise exactly the `chosen` criteria to: fewest levels up in sum."""
        plans = [self._plan(term, chosen) for term in self.terms]
        _, levels = min(plan for plan in plans if plan is not None)
        return tuple(
            Raise(code, self._before(code), self.levels[code][to]) for code, to in zip(chosen, levels, strict=True)
        )

    def _before(self, code: str) -> str | None:
        return self.levels[code][self.rated[code]] if code in self.rated else None

    def _plan(self, term: range, chosen: tuple[str, ...]) -> tuple[int, tuple[int, ...]] | None:
        """The fewest levels up in sum that fill one term, and the levels; None if these criteria can't."""
        room = Counter(n for code in chosen for n in self.group[code] if n in term)
        best: dict[Lacks, tuple[int, tuple[int, ...]]] = {tuple(self.start[n] for n in term): (0, ())}
        for code in chosen:
            helped, now = [n for n in self.group[code] if n in term], self.ranks[code]
            room.subtract(helped)
            onward: dict[Lacks, tuple[int, tuple[int, ...]]] = {}
            for to in range(now + 1, self.top[code] + 1):
                filled = [n - term.start for n in helped if self.needs[n].level <= to]
                for lacks, (cost, levels) in best.items():
                    after = _less(lacks, filled, 1)
                    if all(lack <= room[n] for n, lack in zip(term, after, strict=True)):
                        plan = (cost + to - now, (*levels, to))
                        onward[after] = min(plan, onward.get(after, plan))
            best = onward
        return best.get((0,) * len(term))

    def steps(self, path: tuple[Raise, ...]) -> int:
        """How many levels up a path goes in sum."""
        return sum(self.levels[r.criterion].index(r.to) - self.rated.get(r.criterion, -1) for r in path)


def _less(lacks: Lacks, helped: Iterable[int], number: int) -> Lacks:
    """What is still lacking after `number` criteria have helped these needs."""
    left = list(lacks)
    for n in helped:
        left[n] = max(0, left[n] - number)
    return tuple(left)
