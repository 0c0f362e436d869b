"""Exact numbers: read from text, rounded as declared, written as text. Never a float inside."""

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

NUMBER = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,6})?")
MODES = ("half_up", "down")


def exact(value: Any) -> Fraction | None:
    """The exact number that `value` says; None when it says none.

    Whole numbers, Fraction, Decimal and decimal text ("2.5"). A float is read as the decimal text it prints as, so
    that 59.99 from a program that knows no decimals means 59.99.
    """
    if isinstance(value, float):
        value = Decimal(repr(value))
    if isinstance(value, Decimal):
        value = format(value, "f") if value.is_finite() and value.adjusted() < 12 else ""
    if isinstance(value, int) and not isinstance(value, bool):
        value = Fraction(value)
    if isinstance(value, Fraction):
        return value if abs(value) < 10**12 else None
    if isinstance(value, str) and NUMBER.fullmatch(value):
        return Fraction(value)
    return None


def number_text(value: Fraction) -> str:
    """The number as exact text: "70", "27.5", and "425/6" where no decimal is exact."""
    if value.denominator == 1:
        return str(value.numerator)
    for digits in range(1, 7):
        if (value * 10**digits).denominator == 1:
            return fixed(value, digits)
    return f"{value.numerator}/{value.denominator}"


def fixed(value: Fraction, digits: int) -> str:
    """A number that has at most so many decimals, written with all of them: 3.5 with two is "3.50"."""
    units = round(value * 10**digits)
    sign, whole = ("-" if units < 0 else ""), f"{abs(units):0{digits + 1}d}"
    return f"{sign}{whole[:-digits]}.{whole[-digits:]}" if digits else sign + whole


@dataclass(frozen=True, slots=True)
class Rounding:
    """How a number is rounded before it is looked up. `digits` None: it is compared as it is."""

    digits: int | None = None
    mode: str = "half_up"

    @property
    def step(self) -> Fraction:
        """The distance between two rounded numbers; 0 where nothing is rounded."""
        return Fraction(0) if self.digits is None else Fraction(1, 10**self.digits)

    def apply(self, value: Fraction) -> Fraction:
        """The rounded number."""
        if self.digits is None:
            return value
        units = value * 10**self.digits
        return Fraction((units + Fraction(1, 2) if self.mode == "half_up" else units).__floor__(), 10**self.digits)

    def least(self, bound: Fraction) -> Fraction:
        """The smallest exact number whose rounded value is `bound` or more."""
        if self.digits is None:
            return bound
        grid = Fraction((bound * 10**self.digits).__ceil__(), 10**self.digits)
        return grid - self.step / 2 if self.mode == "half_up" else grid

    def text(self, value: Fraction) -> str:
        """The rounded number as text."""
        return number_text(value) if self.digits is None else fixed(self.apply(value), self.digits)
