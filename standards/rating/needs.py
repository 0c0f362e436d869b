"""The modified priority needs index of Thai need analysis: how far importance is above what there is, relatively."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from .errors import RatingError
from .numbers import Rounding, exact

DIGITS = Rounding(4)


@dataclass(frozen=True, slots=True)
class Need:
    """The need of one thing: (importance - current) / current; 0.5 is half again as much as there is."""

    code: str
    index: Fraction

    @property
    def text(self) -> str:
        """The index with four decimals."""
        return DIGITS.text(self.index)


def needs_index(items: Mapping[str, tuple[Any, Any]]) -> tuple[Need, ...]:
    """The needs of `items` (code to importance and current state), the greatest first, equal ones in the given order.

    Numbers are whole, decimal or decimal text. Raises RatingError for one that is none, and where `current` is not
    above 0, for which the index is not defined.
    """
    needs = []
    for code, (importance, current) in items.items():
        wanted, there = exact(importance), exact(current)
        if wanted is None or there is None or there <= 0:
            raise RatingError("need_not_defined", value=code)
        needs.append(Need(code, (wanted - there) / there))
    return tuple(sorted(needs, key=lambda need: -need.index))
