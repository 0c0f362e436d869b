"""Small readers of a rule's data: each says the place and a sentence when it can't mean anything."""

from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction
from typing import Any

from .errors import RuleError
from .numbers import MODES, Rounding, exact
from .shape import Shape

NOT_RATED, NOT_OBSERVED, NOT_APPLICABLE = ABSENCES = ("not_rated", "not_observed", "not_applicable")
INCOMPLETE, LEFT_OUT, LOWEST = "incomplete", "left_out", "lowest"


def fields(data: Any, path: str, allowed: Collection[str] | None = None) -> Mapping[str, Any]:
    """`data` as an object that has no other fields than those allowed."""
    if not isinstance(data, Mapping):
        raise RuleError(path, "not_an_object")
    for name in data:
        if allowed is not None and name not in allowed:
            raise RuleError(path, "unknown_field", value=name)
    return data


def items(data: Any, path: str) -> Sequence[Any]:
    """`data` as a list that is not empty."""
    if not isinstance(data, list | tuple) or not data:
        raise RuleError(path, "not_a_list")
    return data


def share(value: Any, path: str) -> Fraction:
    """A share of the whole, written as two whole numbers; "2/3"."""
    upper, lower = share_parts(value, path)
    return Fraction(upper, lower)


def share_parts(value: Any, path: str) -> tuple[int, int]:
    """The two whole numbers of a share."""
    upper, slash, lower = value.partition("/") if isinstance(value, str) else ("", "", "")
    if not (slash and _whole(upper) and _whole(lower) and int(lower)):
        raise RuleError(path, "not_a_share", value=value)
    if int(upper) > int(lower):
        raise RuleError(path, "share_above_one", value=value)
    return int(upper), int(lower)


def _whole(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 9


def number(value: Any, path: str) -> Fraction:
    """An exact number: a whole one, or decimal text. A decimal that JSON wrote as a number is not exact."""
    found = None if isinstance(value, float) else exact(value)
    if found is None:
        raise RuleError(path, "not_a_number", value=value)
    return found


def weight(value: Any, path: str) -> Fraction:
    """A number above 0."""
    found = number(value, path)
    if found <= 0:
        raise RuleError(path, "weight_not_above_zero", value=value)
    return found


def count(value: Any, path: str, least: int = 0) -> int:
    """A whole number of `least` or more."""
    if not isinstance(value, int) or isinstance(value, bool) or value < least:
        raise RuleError(path, "not_a_count" if least == 0 else "not_a_number_of_people", value=value)
    return value


def words(value: Any, path: str) -> Mapping[str, str]:
    """A localized text; empty when absent."""
    if value is None:
        return {}
    if not isinstance(value, Mapping) or not all(isinstance(v, str) and v.strip() for v in value.values()):
        raise RuleError(path, "not_a_text")
    return value


def code_of(value: Any, path: str, taken: Collection[str] = ()) -> str:
    """A short code that nothing else in the rule has."""
    if not isinstance(value, str) or not value or len(value) > 40:
        raise RuleError(path, "not_a_code", value=value)
    if value in taken:
        raise RuleError(path, "repeated_code", value=value)
    return value


def one_of(value: Any, known: Collection[str], path: str, code: str) -> str:
    """One of the codes that are known; `code` is the sentence otherwise."""
    if not isinstance(value, str) or value not in known:
        raise RuleError(path, code, value=value)
    return value


def criteria(data: Any, shape: Shape, path: str) -> tuple[str, ...]:
    """Criteria by code, each once, in pack order."""
    codes = items(data, path)
    known, seen = set(shape.criteria), set()
    for place, code in enumerate(codes):
        one_of(code, known, f"{path}[{place}]", "unknown_criterion")
        if code in seen:
            raise RuleError(f"{path}[{place}]", "repeated_criterion", value=code)
        seen.add(code)
    return tuple(code for code in shape.criteria if code in seen)


def article(data: Mapping[str, Any], path: str = "") -> str:
    """The key of the citation, or ""."""
    value = data.get("article", "")
    if not isinstance(value, str):
        raise RuleError(f"{path}.article" if path else "article", "not_a_code", value=value)
    return value


def policy(data: Mapping[str, Any], allowed: Collection[str], default: str) -> dict[str, str]:
    """What the rule does with each kind of absence."""
    return {name: one_of(data.get(name, default), allowed, name, "not_rated_policy") for name in ABSENCES}


def rounding(data: Any, path: str = "rounding") -> Rounding:
    """How the number is rounded; null means not at all."""
    if data is None:
        return Rounding()
    found = fields(data, path, {"digits", "mode"})
    digits = found.get("digits")
    if not isinstance(digits, int) or isinstance(digits, bool) or not 0 <= digits <= 6:
        raise RuleError(f"{path}.digits", "not_digits", value=digits)
    return Rounding(digits, one_of(found.get("mode", "half_up"), MODES, f"{path}.mode", "unknown_rounding"))
