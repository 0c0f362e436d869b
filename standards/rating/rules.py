"""Rules as values: parsed from a pack's data, checked, exact. Each kind is read in its own module."""

from collections.abc import Callable, Mapping
from typing import Any

from .bands import parse_bands
from .base import Rule
from .conditions_parser import parse_conditions
from .errors import RuleError
from .mean import parse_mean
from .none import parse_none
from .parsing import fields
from .points import parse_points
from .shape import Shape

KINDS: Mapping[str, Callable[[Any, Shape], Rule]] = {
    "conditions": parse_conditions,
    "mean": parse_mean,
    "points": parse_points,
    "bands": parse_bands,
    "none": parse_none,
}


def parse_rule(data: Any, shape: Shape) -> Rule:
    """The rule of a pack for a framework of this `shape`.

    Raises RuleError with the place and a sentence for whatever can't be meant: unknown criteria or levels,
    shares above the whole, results out of order, a lowest result that leaves a gap, bands that overlap.
    """
    kind = fields(data, "").get("kind")
    if not isinstance(kind, str) or kind not in KINDS:
        raise RuleError("kind", "unknown_kind", value=kind)
    return KINDS[kind](data, shape)
