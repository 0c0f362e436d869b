"""What every kind of rule has in common: its shape, what it does with absences, and the reading of ratings."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from types import MappingProxyType
from typing import Any, ClassVar

from .errors import RatingError
from .explanations import Explanation, Outcome, Step
from .numbers import exact, number_text
from .parsing import ABSENCES, INCOMPLETE, NOT_RATED
from .shape import Scale, Shape

Rating = str | int | Decimal | Fraction | None
Ratings = Mapping[str, Rating]


@dataclass(slots=True)
class Reading:
    """Ratings as the engine counts them: places on scales of levels (the lowest 0), scores, and why others have none.

    `absent` goes in pack order: criterion to "not_rated", "not_observed" or "not_applicable".
    """

    ranks: dict[str, int] = field(default_factory=dict)
    scores: dict[str, Fraction] = field(default_factory=dict)
    absent: dict[str, str] = field(default_factory=dict)

    def apart(self) -> dict[str, tuple[str, ...]]:
        """The criteria without a rating, by the kind of absence."""
        found = {why: tuple(code for code, said in self.absent.items() if said == why) for why in ABSENCES}
        return {why: codes for why, codes in found.items() if codes}


@dataclass(frozen=True)
class Rule(ABC):
    """A rule of any kind. `policy` says for each kind of absence whether it leaves the result open, is left out, or
    counts as the lowest level. Raising one criterion never lowers the result, whatever the kind."""

    kind: ClassVar[str]
    shape: Shape
    article: str
    policy: Mapping[str, str]

    @property
    def criteria(self) -> tuple[str, ...]:
        """The framework's criteria in pack order."""
        return self.shape.criteria

    @property
    def levels(self) -> tuple[str, ...]:
        """The codes of the main levels, lowest first."""
        return self.shape.levels

    @property
    def order(self) -> tuple[str, ...]:
        """The codes of the overall results, lowest first."""
        return self.shape.order

    @property
    def rank(self) -> Mapping[str, int]:
        """Main level code to its place, the lowest 0."""
        return self.shape.main.rank

    @cached_property
    def place(self) -> Mapping[str, int]:
        """Result code to its place, the lowest 0."""
        return MappingProxyType({code: place for place, code in enumerate(self.order)})

    @cached_property
    def ladders(self) -> Mapping[str, Mapping[str, int]]:
        """Criterion to the places of its levels."""
        return {code: self.shape.scale(code).rank for code in self.criteria}

    @property
    def asked(self) -> tuple[str, ...]:
        """The criteria that the result depends on, in pack order."""
        return self.criteria

    @property
    def articles(self) -> tuple[tuple[str, str], ...]:
        """Each citation in the rule with its place: ("results[0].article", "10.2")."""
        return (("article", self.article),) if self.article else ()

    @property
    def panel(self) -> int:
        """How many people rate independently, each of whom must reach the result; 0: one."""
        return 0

    @abstractmethod
    def outcome(self, ratings: Ratings) -> Outcome:
        """The result with its explanation. Raises RatingError."""

    @abstractmethod
    def result(self, ratings: Ratings) -> str | None:
        """The result alone."""

    @abstractmethod
    def ends(self, ratings: Ratings) -> tuple[str, str]:
        """The lowest and the highest result once everything open is rated; ("", "") for rules without a result."""

    def read(self, ratings: Ratings) -> Reading:
        """Ratings, read. Raises RatingError for a criterion, level or score that the framework does not have."""
        reading = Reading()
        ranks, ladders = reading.ranks, self.ladders
        for code, level in ratings.items():
            try:
                ranks[code] = ladders[code][level]  # type: ignore[index]
            except (KeyError, TypeError):
                self._unusual(code, level, reading)
        if len(ranks) < len(self.criteria):
            said, scores = reading.absent, reading.scores
            reading.absent = {
                code: said.get(code, NOT_RATED) for code in self.criteria if code not in ranks and code not in scores
            }
        return reading

    def _unusual(self, code: str, value: Any, reading: Reading) -> None:
        """Everything but a plain level code: absences, scores, numbers as level codes, and what can't be meant."""
        if code not in self.ladders:
            raise RatingError("rating_unknown_criterion", value=code)
        if value is None or value == "":
            reading.absent[code] = NOT_RATED
        elif isinstance(value, str) and value in ABSENCES:
            reading.absent[code] = value
        else:
            self._number(code, value, self.shape.scale(code), reading)

    @staticmethod
    def _number(code: str, value: Any, scale: Scale, reading: Reading) -> None:
        number = exact(value)
        if scale.is_score:
            if number is None or not scale.takes(number):
                params = {"low": number_text(scale.low), "high": number_text(scale.top), "digits": scale.digits}
                raise RatingError("rating_not_a_score", criterion=code, value=_shown(value), **params)
            reading.scores[code] = number
            return
        text = number_text(number) if number is not None and not isinstance(value, str) else value
        if not scale.levels:
            raise RatingError("rating_no_levels", criterion=code)
        if not isinstance(text, str) or text not in scale.rank:
            raise RatingError("rating_unknown_level", criterion=code, value=_shown(value))
        reading.ranks[code] = scale.rank[text]

    def blocked(self, reading: Reading) -> tuple[str, ...]:
        """The criteria whose absence leaves the result open."""
        absent, asked = reading.absent, self.asked
        return tuple(code for code in asked if code in absent and self.policy[absent[code]] == INCOMPLETE)

    def open(self, reading: Reading, missing: tuple[str, ...], *, steps: tuple[Step, ...] = (), **more: Any) -> Outcome:
        """The outcome of ratings that still lack `missing`."""
        absent = self.told_apart(reading, missing)
        explanation = Explanation(None, missing, steps, self.article, kind=self.kind, absent=absent, **more)
        return Outcome(None, False, missing, explanation)

    def told_apart(self, reading: Reading, missing: tuple[str, ...] = ()) -> dict[str, tuple[str, ...]]:
        """The absences that the explanation must name; plain "not rated" is in `missing` already."""
        apart = reading.apart() if reading.absent else {}
        return {} if set(apart) == {NOT_RATED} and apart[NOT_RATED] == missing else apart


def _shown(value: Any) -> str:
    text = str(value)
    return text if len(text) <= 60 else f"{text[:60]}…"
