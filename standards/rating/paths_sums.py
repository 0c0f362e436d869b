"""The smallest sets for rules that count: a sum of criteria that must reach a bound.

Raising a criterion to the top adds its gain, so the fewest criteria are those with the greatest gains, and a set of
that size is enough exactly when its gains reach what is lacking. Criteria that must be rated, and closed gates, are in
every set. What is too much is then taken back, as many levels as possible.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import accumulate, islice
from math import comb

from .base import Reading
from .counting import CountingRule, Sum
from .numbers import number_text
from .shape import Scale
from .ways import Choice, Raise

ZERO = Fraction(0)


@dataclass(frozen=True)
class Item:
    """One criterion: where it stands (`place` on a scale of levels, or `score`; None: not rated), what it counts, and
    the lowest place it must come to."""

    criterion: str
    scale: Scale
    factor: Fraction
    place: int | None
    score: Fraction | None
    floor: int = 0

    @property
    def now(self) -> Fraction:
        """What it adds to the sum today."""
        if self.scale.is_score:
            return self.factor * (self.score or ZERO)
        return ZERO if self.place is None else self.worth(self.place)

    @cached_property
    def gain(self) -> Fraction:
        """What raising it to the top adds."""
        top = self.factor * self.scale.top if self.scale.is_score else self.worth(len(self.scale.levels) - 1)
        return top - self.now

    def worth(self, place: int) -> Fraction:
        """What the level at `place` adds to the sum; nothing for a criterion that is only a gate."""
        return self.factor * self.scale.ladder[place] if self.factor else ZERO

    @property
    def before(self) -> str | None:
        """The level or score of today."""
        if self.scale.is_score:
            return None if self.score is None else number_text(self.score)
        return None if self.place is None else self.scale.levels[self.place]

    @property
    def kind(self) -> tuple[str, Fraction, str | None]:
        """Equal for criteria that may take each other's place."""
        return (self.scale.code, self.factor, self.before)


class SumSearch:
    """One person's way up to a bound."""

    def __init__(self, rule: CountingRule, reading: Reading, wanted: Sum):
        self.floors: Mapping[str, int] = wanted.floors or {}
        codes = [c for c in rule.criteria if c in wanted.factors or c in self.floors or c in wanted.asked]
        items = [
            Item(
                code,
                rule.shape.scale(code),
                wanted.factors.get(code, ZERO),
                reading.ranks.get(code),
                reading.scores.get(code),
                self.floors.get(code, 0),
            )
            for code in codes
        ]
        self.items = items
        self.must = tuple(item for item in items if item.criterion in wanted.asked or self._closed(item))
        compelled = {item.criterion for item in self.must}
        self.free = tuple(item for item in items if item.criterion not in compelled and item.gain > 0)
        self.bound = wanted.least - sum((item.now for item in items), ZERO)
        self.lack = self.bound - sum((item.gain for item in self.must), ZERO)
        self.pick = self._fewest()
        self.sums: dict[int, list[Fraction]] = {}

    def _closed(self, item: Item) -> bool:
        return item.criterion in self.floors and item.place is not None and item.place < item.floor

    def _fewest(self) -> int | None:
        """How many of the free criteria it takes at least; None when all of them are not enough."""
        left, number = self.lack, 0
        for gain in sorted((item.gain for item in self.free), reverse=True):
            if left <= 0:
                break
            left, number = left - gain, number + 1
        return number if left <= 0 else None

    def smallest(self) -> tuple[int, int] | None:
        """The size of the smallest sets and how many there are; None when there is none."""
        if self.pick is None:
            return None
        return len(self.must) + self.pick, _ways([item.gain for item in self.free], self.pick, self.lack)

    def first(self, limit: int) -> Iterator[tuple[Raise, ...]]:
        """The first `limit` smallest sets in pack order, each with the lowest levels that are enough."""
        order = {item.criterion: place for place, item in enumerate(self.items)}
        for chosen in islice(self._sets(), limit):
            yield self._cheapest(sorted((*self.must, *chosen), key=lambda item: order[item.criterion]))

    def _sets(self) -> Iterator[tuple[Item, ...]]:
        """The smallest sets of free criteria in pack order: each is raised first, then left, where either leads on."""
        waiting: list[tuple[int, int, Fraction, tuple[Item, ...]]] = [(0, self.pick or 0, self.lack, ())]
        while waiting:
            place, pick, lack, chosen = waiting.pop()
            if pick == 0:
                yield chosen
                continue
            item = self.free[place]
            if self._leads_on(place + 1, pick, lack):
                waiting.append((place + 1, pick, lack, chosen))
            if self._leads_on(place + 1, pick - 1, lack - item.gain):
                waiting.append((place + 1, pick - 1, lack - item.gain, (*chosen, item)))

    def _leads_on(self, place: int, pick: int, lack: Fraction) -> bool:
        """Whether so many of the free criteria from `place` on can gain what is lacking."""
        if place not in self.sums:
            gains = sorted((item.gain for item in self.free[place:]), reverse=True)
            self.sums[place] = list(accumulate(gains, initial=ZERO))
        sums = self.sums[place]
        return pick < len(sums) and sums[pick] >= lack

    def _cheapest(self, chosen: list[Item]) -> tuple[Raise, ...]:
        """The lowest levels for exactly these criteria: as many levels down from the top as the bound allows."""
        slack = sum((item.gain for item in chosen), ZERO) - self.bound
        # by levels lowered in sum: the least that it costs, and the place of each criterion
        best: dict[int, tuple[Fraction, tuple[int, ...]]] = {0: (ZERO, ())}
        for item in (item for item in chosen if not item.scale.is_score):
            top = len(item.scale.levels) - 1
            onward: dict[int, tuple[Fraction, tuple[int, ...]]] = {}
            for lowered, (cost, places) in best.items():
                for to in range(self._lowest(item), top + 1):
                    loss = cost + item.worth(top) - item.worth(to)
                    number = lowered + top - to
                    if loss <= slack and (number not in onward or loss < onward[number][0]):
                        onward[number] = (loss, (*places, to))
            best = onward
        cost, places = best[max(best)]
        slack -= cost
        ends, levels = [], iter(places)
        for item in chosen:
            if item.scale.is_score:
                score = self._score(item, slack)
                slack -= item.factor * (item.scale.top - score)
                ends.append(number_text(score))
            else:
                ends.append(item.scale.levels[next(levels)])
        return tuple(Raise(item.criterion, item.before, end) for item, end in zip(chosen, ends, strict=True))

    @staticmethod
    def _lowest(item: Item) -> int:
        """The lowest place that is above today's and passes the gate."""
        return max(item.floor, 0 if item.place is None else item.place + 1)

    @staticmethod
    def _score(item: Item, slack: Fraction) -> Fraction:
        """The lowest score that costs no more than `slack`, in the steps that the scale knows."""
        step = Fraction(1, 10**item.scale.digits)
        least = item.scale.low if item.score is None else item.score + step
        room = item.scale.top - least
        lowered = room if not item.factor else min(room, (slack / item.factor / step).__floor__() * step)
        return item.scale.top - lowered

    def choice(self, path: tuple[Raise, ...]) -> Choice | None:
        """All sets said at once, when those criteria that are in some sets only are interchangeable."""
        found = self.smallest()
        if found is None or self.pick is None:
            return None
        gains = [item.gain for item in self.free]
        with_it = {
            gain: _ways(_without(gains, gain), self.pick - 1, self.lack - gain) if self.pick else 0
            for gain in set(gains)
        }
        some = tuple(item for item in self.free if 0 < with_it[item.gain] < found[1])
        codes = tuple(item.criterion for item in some)
        pick = self.pick - sum(with_it[item.gain] == found[1] for item in self.free)
        picked = [raising for raising in path if raising.criterion in codes]
        if len({item.kind for item in some}) != 1 or found[1] != comb(len(some), pick):
            return None
        if len({raising.to for raising in picked}) != 1 or some[0].before is None:
            return None
        fixed_raises = tuple(raising for raising in path if raising.criterion not in codes)
        return Choice(fixed_raises, pick, codes, some[0].before, picked[0].to)

    def steps(self, path: tuple[Raise, ...]) -> Fraction:
        """How far a path goes up in sum: levels, and for scores what they gain."""
        scales = {item.criterion: item for item in self.items}
        far = ZERO
        for raising in path:
            item = scales[raising.criterion]
            if item.scale.is_score:
                far += Fraction(raising.to) - (item.score or ZERO)
            else:
                far += item.scale.levels.index(raising.to) - (-1 if item.place is None else item.place)
        return far


def _without(gains: list[Fraction], gain: Fraction) -> list[Fraction]:
    left = list(gains)
    left.remove(gain)
    return left


def _ways(gains: list[Fraction], pick: int, lack: Fraction) -> int:
    """How many sets of `pick` criteria gain `lack` or more. Equal gains are counted together."""
    groups = sorted(Counter(gains).items(), reverse=True)
    ordered = sorted(gains, reverse=True)
    ways: dict[tuple[int, Fraction], int] = {(0, min(lack, ZERO)): 1}
    used = 0
    for gain, number in groups:
        used += number
        rest = [sum(ordered[used : used + n], ZERO) for n in range(pick + 1)]
        onward: dict[tuple[int, Fraction], int] = {}
        for (picked, reached), count in ways.items():
            for more in range(min(number, pick - picked) + 1):
                total = min(reached + more * gain, lack)  # beyond enough is enough
                left = pick - picked - more
                if left <= len(ordered) - used and total + rest[left] >= lack:
                    key = (picked + more, total)
                    onward[key] = onward.get(key, 0) + count * comb(number, more)
        ways = onward
    return sum(count for (picked, _), count in ways.items() if picked == pick)
