"""Reads rules of the kind `conditions` and refuses what would break their promises: always a result, never downwards."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from .conditions import DOWNWARD, KINDS, NESTED, UPWARD, Condition, ConditionsRule, ResultRule, needed_of
from .errors import RuleError
from .parsing import (
    ABSENCES,
    INCOMPLETE,
    LEFT_OUT,
    LOWEST,
    article,
    count,
    criteria,
    fields,
    items,
    one_of,
    policy,
    share_parts,
)
from .shape import Scale, Shape

FIELDS = {"kind", "article", "groups", "results", *ABSENCES}
DEEPEST = 5
MOST_WAYS = 100  # to hold by one of several conditions; more would take for ever to search for the shortest way up


def parse_conditions(data: Any, shape: Shape) -> ConditionsRule:
    """The rule. Raises RuleError."""
    return _Parser(shape).rule(fields(data, "", FIELDS))


class _Parser:
    """Reads one rule against one framework's criteria, scales and results."""

    def __init__(self, shape: Shape):
        self.shape = shape
        self.groups: dict[str, tuple[str, ...]] = {"all": shape.criteria, "key": shape.key}

    def rule(self, data: Mapping[str, Any]) -> ConditionsRule:
        absences = policy(data, (INCOMPLETE, LEFT_OUT, LOWEST), INCOMPLETE)
        for code in self.shape.criteria:
            if not self.shape.scale(code).levels:
                raise RuleError("", "scale_without_levels", criterion=code)
        for name, members in fields(data.get("groups", {}), "groups").items():
            self.groups[name] = criteria(members, self.shape, f"groups.{name}")
        entries = items(data.get("results"), "results")
        results = tuple(self.result(entry, f"results[{n}]") for n, entry in enumerate(entries))
        self.check_order(results)
        self.check_directions(results)
        if not _covers_the_rest(results, fixed=LEFT_OUT not in absences.values()):
            raise RuleError(f"results[{len(results) - 1}]", "not_total")
        return ConditionsRule(self.shape, article(data), absences, MappingProxyType(self.groups), results)

    def result(self, data: Any, path: str) -> ResultRule:
        entry = fields(data, path, {"result", "article", "conditions"})
        code = "unknown_result" if self.shape.results else "unknown_level"
        one_of(entry.get("result"), self.shape.order, f"{path}.result", code)
        entries = items(entry.get("conditions"), f"{path}.conditions")
        conditions = tuple(self.condition(each, f"{path}.conditions[{n}]") for n, each in enumerate(entries))
        if _ways(conditions) > MOST_WAYS:
            raise RuleError(f"{path}.conditions", "too_many_ways", value=entry["result"], most=MOST_WAYS)
        return ResultRule(entry["result"], conditions, article(entry, path))

    def condition(self, data: Any, path: str, depth: int = 1) -> Condition:
        entry = fields(data, path, {"kind", "group", "criteria", "level", "share", "count", "conditions"})
        kind = entry.get("kind")
        if not isinstance(kind, str) or kind not in KINDS:
            raise RuleError(f"{path}.kind", "unknown_kind", value=kind)
        if kind == "always":
            return Condition(kind)
        if kind in NESTED:
            if depth > DEEPEST:
                raise RuleError(path, "too_deep", value=DEEPEST)
            entries = items(entry.get("conditions"), f"{path}.conditions")
            inner = tuple(self.condition(e, f"{path}.conditions[{n}]", depth + 1) for n, e in enumerate(entries))
            return Condition(kind, conditions=inner)
        group, members = self.group(entry, path)
        rank = self.level(entry.get("level"), self.scale(members, path), f"{path}.level")
        if rank == 0 and kind in DOWNWARD | {"at_most"}:
            raise RuleError(f"{path}.level", "lowest_level", value=entry["level"])
        needed, share = self.amount(kind, entry, len(members), path)
        listed = () if group else members
        return Condition(kind, group, members, entry["level"], rank, needed, share, members=listed)

    def group(self, entry: Mapping[str, Any], path: str) -> tuple[str, tuple[str, ...]]:
        if "criteria" in entry:
            return "", criteria(entry["criteria"], self.shape, f"{path}.criteria")
        name = entry.get("group", "all")
        if not isinstance(name, str) or name not in self.groups:
            raise RuleError(f"{path}.group", "unknown_group", value=name)
        if not self.groups[name]:
            raise RuleError(f"{path}.group", "empty_group", value=name)
        return name, self.groups[name]

    def scale(self, members: tuple[str, ...], path: str) -> Scale:
        """The one scale that all criteria of a condition are on."""
        scale = self.shape.scale(members[0])
        for code in members:
            if self.shape.scale(code) is not scale:
                raise RuleError(path, "several_scales", first=members[0], second=code)
        return scale

    @staticmethod
    def level(code: Any, scale: Scale, path: str) -> int:
        return scale.rank[one_of(code, scale.levels, path, "unknown_level")]

    @staticmethod
    def amount(kind: str, entry: Mapping[str, Any], total: int, path: str) -> tuple[int, str]:
        """How many criteria the condition counts, and the share it was written as."""
        if kind in {"all_at_least", "named_at_least", "any_below"}:
            if extra := {"share", "count"} & entry.keys():
                raise RuleError(path, "unknown_field", value=min(extra))
            return (1 if kind == "any_below" else total), ""
        if ("share" in entry) == ("count" in entry):
            raise RuleError(path, "share_or_count")
        if "count" in entry:
            number = count(entry["count"], f"{path}.count")
            if number > total:
                raise RuleError(f"{path}.count", "count_above_total", value=number, total=total)
            return (number + 1 if kind == "more_than_below" else number), ""
        upper, lower = share_parts(entry["share"], f"{path}.share")
        return needed_of(kind, total, Fraction(upper, lower)), f"{upper}/{lower}"

    def check_order(self, results: tuple[ResultRule, ...]) -> None:
        order = self.shape.order
        for place in range(1, len(results)):
            if order.index(results[place].result) >= order.index(results[place - 1].result):
                raise RuleError(f"results[{place}].result", "order_of_results", value=results[place].result)

    @staticmethod
    def check_directions(results: tuple[ResultRule, ...]) -> None:
        for place, entry in enumerate(results[:-1]):
            path = f"results[{place}].conditions"
            kinds = set(_kinds(entry.conditions))
            if kinds == {"always"}:
                raise RuleError(path, "always_not_last")
            if downward := kinds & DOWNWARD:
                raise RuleError(path, "below_above_lowest", value=min(downward))


def _kinds(conditions: Sequence[Condition]) -> list[str]:
    return [kind for c in conditions for kind in ([c.kind] if c.kind not in NESTED else _kinds(c.conditions))]


def _ways(conditions: Sequence[Condition]) -> int:
    """In how many combinations of "one of these" the conditions can hold."""
    ways = 1
    for condition in conditions:
        if condition.kind == "any_of":
            ways *= sum(_ways((inner,)) for inner in condition.conditions)
        elif condition.kind == "all_of":
            ways *= _ways(condition.conditions)
    return ways


def _covers_the_rest(results: tuple[ResultRule, ...], *, fixed: bool) -> bool:
    """Whether the lowest result holds in every case that the one above it leaves over."""
    lowest = _meaning(results[-1].conditions, fixed)
    if lowest == ("all", frozenset()):
        return True
    return len(results) > 1 and lowest == _opposite(_meaning(results[-2].conditions, fixed))


def _meaning(conditions: Sequence[Condition], fixed: bool, join: str = "all") -> tuple[Any, ...]:
    """What conditions mean, whatever they are called: nested tuples that compare equal when they say the same."""
    parts = set()
    for condition in conditions:
        if condition.kind in NESTED:
            parts.add(_meaning(condition.conditions, fixed, "any" if condition.kind == "any_of" else "all"))
        elif condition.kind in UPWARD | DOWNWARD:
            asks = "at least" if condition.kind in UPWARD else "below"
            parts.add((asks, frozenset(condition.criteria), condition.rank, _amount(condition, fixed)))
        elif join == "any":  # "always" among alternatives
            return ("all", frozenset())
    if len(parts) == 1 and (only := next(iter(parts)))[0] in {"all", "any"}:
        return only
    return (join if len(parts) != 1 else "all", frozenset(parts))


def _amount(condition: Condition, fixed: bool) -> tuple[str, Fraction]:
    """How many at the level or above an upward condition asks for, or the opposite of a downward one.

    Where criteria may be left out (not `fixed`), the number changes with what is left: a share stays a share, a count
    of those below stays "all but so many".
    """
    kind, total = condition.kind, condition.total
    if fixed:
        at_least = condition.need.count if kind in UPWARD else total - condition.needed + 1
        return "count", Fraction(at_least)
    if kind in {"all_at_least", "named_at_least", "any_below"}:
        return "share", Fraction(1)
    if condition.share:
        share = Fraction(condition.share)
        return "share", share if kind == "share_at_least" else 1 - share
    if kind == "share_at_least":
        return "count", Fraction(condition.needed)
    return "all but", Fraction(condition.needed - (kind == "more_than_below"))


def _opposite(meaning: tuple[Any, ...]) -> tuple[Any, ...]:
    join, parts = meaning
    opposites = set()
    for part in parts:
        if part[0] in {"all", "any"}:
            opposites.add(_opposite(part))
        else:
            opposites.add(("below" if part[0] == "at least" else "at least", *part[1:]))
    if len(opposites) == 1:
        return ("all", frozenset(opposites))
    return ("any" if join == "all" else "all", frozenset(opposites))
