"""What the kinds that count numbers share: the points of levels, bands, and the way up as a sum."""

from abc import abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from .banding import Band, BandSet
from .base import Ratings, Reading, Rule
from .errors import RuleError
from .numbers import Rounding
from .parsing import INCOMPLETE, NOT_RATED
from .shape import Shape


@dataclass(frozen=True)
class Sum:
    """What a result asks of the ratings: the sum of each criterion's number times its factor, `least` or more.

    Only criteria in `factors` count. Those in `asked` have no rating yet and must get one; those in `floors` must be at
    that place of their scale or above, whatever the sum (gates).
    """

    factors: Mapping[str, Fraction]
    least: Fraction
    asked: tuple[str, ...] = ()
    floors: Mapping[str, int] | None = None


@dataclass(frozen=True)
class CountingRule(Rule):
    """A rule whose result is the band of a number."""

    rounding: Rounding
    bands: BandSet
    band_sets: tuple[BandSet, ...]

    @property
    def order(self) -> tuple[str, ...]:
        """The codes of the overall results, lowest first."""
        return self.shape.order

    @property
    def articles(self) -> tuple[tuple[str, str], ...]:
        """Each citation in the rule with its place."""
        found = list(super().articles)
        for place, bands in enumerate((self.bands, *self.band_sets)):
            path = "bands" if place == 0 else f"band_sets[{place - 1}].bands"
            found += [(f"{path}[{n}].article", band.article) for n, band in enumerate(bands.bands) if band.article]
        return tuple(found)

    def numbers(self, reading: Reading) -> dict[str, Fraction]:
        """Criterion to the points of its level, or its score, for those that are rated."""
        shape = self.shape
        found = {code: shape.scale(code).ladder[place] for code, place in reading.ranks.items() if code in self.counted}
        return found | {code: score for code, score in reading.scores.items() if code in self.counted}

    @property
    def counted(self) -> Iterable[str]:
        """The criteria whose numbers count."""
        return self.criteria

    def band_for(self, goal: int) -> Band | None:
        """The lowest band that gives the result at this place or a better one."""
        return next((band for band in self.bands.bands if self.place[band.result] >= goal), None)

    @abstractmethod
    def sum_for(self, reading: Reading, goal: int) -> Sum | str:
        """What the result at this place (or better) asks for, or the reason why it can't be reached."""

    def ends(self, ratings: Ratings) -> tuple[str, str]:
        """The lowest and the highest result once everything open is rated."""
        reading = self.read(ratings)
        still = [code for code, why in reading.absent.items() if why == NOT_RATED or self.policy[why] == INCOMPLETE]
        still = [code for code in still if self.shape.scale(code).levels or self.shape.scale(code).is_score]
        ends = []
        for highest in (False, True):
            filled: dict[str, str | Fraction] = {}
            for code in still:
                scale = self.shape.scale(code)
                if scale.is_score:
                    filled[code] = scale.top if highest else scale.low
                else:
                    filled[code] = scale.levels[-1 if highest else 0]
            result = self.result({**ratings, **filled})
            ends.append(result or self.bands.bands[-1 if highest else 0].result)
        return ends[0], ends[1]


def check_points(shape: Shape, criteria: Iterable[str], path: str) -> None:
    """Every criterion has numbers, and a higher level never has fewer points."""
    for code in criteria:
        scale = shape.scale(code)
        ladder = scale.ladder
        if not scale.is_score and not ladder:
            raise RuleError(path, "no_points", criterion=code)
        for low, high, level in zip(ladder, ladder[1:], scale.levels[1:], strict=False):
            if high < low:
                raise RuleError(path, "points_fall", criterion=code, value=level)


def span_of(shape: Shape, code: str) -> tuple[Fraction, Fraction]:
    """The lowest and the highest number that a criterion can have."""
    scale = shape.scale(code)
    return (scale.low, scale.top) if scale.is_score else (scale.ladder[0], scale.ladder[-1])
