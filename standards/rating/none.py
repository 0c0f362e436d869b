"""The kind `none`: the text knows no overall result, and this engine invents none."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

from . import parsing
from .base import Ratings, Rule
from .explanations import Explanation, Outcome
from .parsing import ABSENCES, INCOMPLETE, LEFT_OUT, NOT_RATED
from .shape import Shape


@dataclass(frozen=True)
class NoneRule(Rule):
    """Criteria without an overall result; they are complete when each that has a scale says something."""

    kind: ClassVar[str] = "none"

    @cached_property
    def asked(self) -> tuple[str, ...]:
        """The criteria that can be rated at all."""
        scales = {code: self.shape.scale(code) for code in self.criteria}
        return tuple(code for code, scale in scales.items() if scale.levels or scale.is_score)

    def outcome(self, ratings: Ratings) -> Outcome:
        """No result; complete when nothing is missing."""
        reading = self.read(ratings)
        missing = self.blocked(reading)
        if missing:
            return self.open(reading, missing)
        told = {why: found for why, codes in reading.apart().items() if (found := self._can_be_rated(codes))}
        return Outcome(None, True, (), Explanation(None, (), (), self.article, kind=self.kind, absent=told))

    def _can_be_rated(self, codes: tuple[str, ...]) -> tuple[str, ...]:
        asked = set(self.asked)
        return tuple(code for code in codes if code in asked)

    def result(self, ratings: Ratings) -> str | None:
        """None; ratings are read all the same, so that wrong ones are refused."""
        self.read(ratings)
        return None

    def ends(self, ratings: Ratings) -> tuple[str, str]:
        """No result can still come."""
        self.read(ratings)
        return "", ""


def parse_none(data: Any, shape: Shape) -> NoneRule:
    """The rule. What nobody saw or what does not concern a person is an answer; only not rated is none."""
    entry = parsing.fields(data, "", {"kind", "article", *ABSENCES})
    policy = {
        name: parsing.one_of(
            entry.get(name, INCOMPLETE if name == NOT_RATED else LEFT_OUT),
            (INCOMPLETE, LEFT_OUT),
            name,
            "not_rated_policy",
        )
        for name in ABSENCES
    }
    return NoneRule(shape, parsing.article(entry), policy)
