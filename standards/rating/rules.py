"""Rules as values: parsed from a pack's data, checked, exact. Shares are whole numbers, never decimals."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Any

from .errors import RuleError
from .shape import Shape

UPWARD = frozenset({"all_at_least", "share_at_least", "named_at_least", "at_most"})
DOWNWARD = frozenset({"any_below", "more_than_below"})
NESTED = frozenset({"any_of", "all_of"})
KINDS = UPWARD | DOWNWARD | NESTED | {"always"}


@dataclass(frozen=True, slots=True)
class Need:
    """The one shape behind every upward condition: at least `count` of `criteria` at `level` (a rank) or above."""

    criteria: frozenset[str]
    level: int
    count: int


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition of a result.

    `criteria` are the members of `group` in pack order, `level` the level's code and `rank` its place from 0 up.
    `needed` counts criteria: at least so many at the level (upward kinds), at most so many below it (`at_most`),
    at least so many below it (downward kinds). `share` is what the text says, for example "2/3", or "".
    """

    kind: str
    group: str = ""
    criteria: tuple[str, ...] = ()
    level: str = ""
    rank: int = 0
    needed: int = 0
    share: str = ""
    conditions: tuple["Condition", ...] = ()

    @property
    def total(self) -> int:
        """How many criteria the condition speaks about."""
        return len(self.criteria)

    @property
    def need(self) -> Need:
        """The condition as a `Need`; only for upward kinds."""
        count = self.total - self.needed if self.kind == "at_most" else self.needed
        return Need(frozenset(self.criteria), self.rank, count)


@dataclass(frozen=True, slots=True)
class ResultRule:
    """One result and the conditions that must all hold for it."""

    result: str
    conditions: tuple[Condition, ...]
    article: str = ""


@dataclass(frozen=True)
class Rule:
    """A rule of kind `conditions`: results tried from the highest down, the first whose conditions all hold wins.

    Raising one criterion can never lower the result: `parse_rule` refuses conditions that would break this.
    `levels` go from the lowest up; `groups` name sets of criteria, "all" and "key" always among them.
    """

    criteria: tuple[str, ...]
    levels: tuple[str, ...]
    groups: Mapping[str, tuple[str, ...]]
    results: tuple[ResultRule, ...]
    article: str = ""
    kind: str = "conditions"

    @cached_property
    def rank(self) -> Mapping[str, int]:
        """Level code to its place, the lowest 0."""
        return MappingProxyType({code: place for place, code in enumerate(self.levels)})

    @property
    def order(self) -> tuple[str, ...]:
        """The codes of the results, lowest first."""
        return self.levels

    @property
    def articles(self) -> tuple[tuple[str, str], ...]:
        """Each citation in the rule with its place: ("results[0].article", "10.2")."""
        own = [(f"results[{place}].article", entry.article) for place, entry in enumerate(self.results)]
        return tuple((place, article) for place, article in [("article", self.article), *own] if article)

    @cached_property
    def known(self) -> frozenset[str]:
        """The criterion codes, for quick membership tests."""
        return frozenset(self.criteria)


def parse_rule(
    data: Any,
    shape: Shape | None = None,
    *,
    criteria: Sequence[str] = (),
    levels: Sequence[str] = (),
    key: Collection[str] = (),
) -> Rule:
    """The rule of a pack for a framework of this `shape`, or of criteria on one scale of `levels`, `key` among them.

    Raises RuleError with the place and a sentence for whatever can't be meant: unknown criteria or levels,
    shares above the whole, results out of order, a lowest result that leaves a gap.
    """
    shape = shape or Shape.simple(criteria=criteria, levels=levels, key=key)
    fields = _fields(data, "", {"kind", "article", "not_rated", "groups", "results"})
    if fields.get("kind") != "conditions":
        raise RuleError("kind", "unknown_kind", value=fields.get("kind"))
    if fields.get("not_rated", "incomplete") != "incomplete":
        raise RuleError("not_rated", "not_rated_policy", value=fields["not_rated"])
    return _Parser(shape.criteria, shape.levels, shape.key).rule(fields)


class _Parser:
    """Reads one rule against one framework's criteria and levels."""

    def __init__(self, criteria: tuple[str, ...], levels: tuple[str, ...], key: Collection[str]):
        self.criteria = criteria
        self.levels = levels
        self.groups: dict[str, tuple[str, ...]] = {"all": criteria, "key": tuple(c for c in criteria if c in key)}

    def rule(self, fields: Mapping[str, Any]) -> Rule:
        for name, members in _fields(fields.get("groups", {}), "groups").items():
            self.groups[name] = self.members(members, f"groups.{name}")
        entries = _items(fields.get("results"), "results")
        results = tuple(self.result(entry, f"results[{n}]") for n, entry in enumerate(entries))
        article = str(fields.get("article", ""))
        self.check_order(results)
        self.check_directions(results)
        if not _covers_the_rest(results):
            raise RuleError(f"results[{len(results) - 1}]", "not_total")
        return Rule(self.criteria, self.levels, MappingProxyType(self.groups), results, article)

    def result(self, data: Any, path: str) -> ResultRule:
        fields = _fields(data, path, {"result", "article", "conditions"})
        self.level(fields.get("result"), f"{path}.result")
        entries = _items(fields.get("conditions"), f"{path}.conditions")
        conditions = tuple(self.condition(entry, f"{path}.conditions[{n}]") for n, entry in enumerate(entries))
        return ResultRule(fields["result"], conditions, str(fields.get("article", "")))

    def condition(self, data: Any, path: str) -> Condition:
        fields = _fields(data, path, {"kind", "group", "criteria", "level", "share", "count", "conditions"})
        kind = fields.get("kind")
        if not isinstance(kind, str) or kind not in KINDS:
            raise RuleError(f"{path}.kind", "unknown_kind", value=kind)
        if kind == "always":
            return Condition(kind)
        if kind in NESTED:
            entries = _items(fields.get("conditions"), f"{path}.conditions")
            inner = tuple(self.condition(entry, f"{path}.conditions[{n}]") for n, entry in enumerate(entries))
            return Condition(kind, conditions=inner)
        group, members = self.group(fields, path)
        rank = self.level(fields.get("level"), f"{path}.level")
        if rank == 0 and kind in DOWNWARD | {"at_most"}:
            raise RuleError(f"{path}.level", "lowest_level", value=fields["level"])
        needed, share = self.amount(kind, fields, len(members), path)
        return Condition(kind, group, members, fields["level"], rank, needed, share)

    def group(self, fields: Mapping[str, Any], path: str) -> tuple[str, tuple[str, ...]]:
        if "criteria" in fields:
            return "", self.members(fields["criteria"], f"{path}.criteria")
        name = fields.get("group", "all")
        if not isinstance(name, str) or name not in self.groups:
            raise RuleError(f"{path}.group", "unknown_group", value=name)
        if not self.groups[name]:
            raise RuleError(f"{path}.group", "empty_group", value=name)
        return name, self.groups[name]

    def members(self, data: Any, path: str) -> tuple[str, ...]:
        codes = _items(data, path)
        for place, code in enumerate(codes):
            if code not in self.criteria:
                raise RuleError(f"{path}[{place}]", "unknown_criterion", value=code)
            if code in codes[:place]:
                raise RuleError(f"{path}[{place}]", "repeated_criterion", value=code)
        return tuple(code for code in self.criteria if code in codes)

    def level(self, code: Any, path: str) -> int:
        if code not in self.levels:
            raise RuleError(path, "unknown_level", value=code)
        return self.levels.index(code)

    def amount(self, kind: str, fields: Mapping[str, Any], total: int, path: str) -> tuple[int, str]:
        """How many criteria the condition counts, and the share it was written as."""
        if kind in {"all_at_least", "named_at_least", "any_below"}:
            if extra := {"share", "count"} & fields.keys():
                raise RuleError(path, "unknown_field", value=min(extra))
            return (1 if kind == "any_below" else total), ""
        if ("share" in fields) == ("count" in fields):
            raise RuleError(path, "share_or_count")
        if "count" in fields:
            count = fields["count"]
            if not isinstance(count, int) or isinstance(count, bool) or count < 0:
                raise RuleError(f"{path}.count", "not_a_count", value=count)
            if count > total:
                raise RuleError(f"{path}.count", "count_above_total", value=count, total=total)
            return (count + 1 if kind == "more_than_below" else count), ""
        upper, lower = _share(fields["share"], f"{path}.share")
        whole, rest = divmod(total * upper, lower)
        if kind == "more_than_below" or (kind == "share_at_least" and rest):
            whole += 1
        return whole, f"{upper}/{lower}"

    def check_order(self, results: tuple[ResultRule, ...]) -> None:
        for place in range(1, len(results)):
            if self.levels.index(results[place].result) >= self.levels.index(results[place - 1].result):
                raise RuleError(f"results[{place}].result", "order_of_results", value=results[place].result)

    def check_directions(self, results: tuple[ResultRule, ...]) -> None:
        for place, entry in enumerate(results[:-1]):
            path = f"results[{place}].conditions"
            kinds = set(_kinds(entry.conditions))
            if kinds == {"always"}:
                raise RuleError(path, "always_not_last")
            if downward := kinds & DOWNWARD:
                raise RuleError(path, "below_above_lowest", value=min(downward))


def _kinds(conditions: Sequence[Condition]) -> list[str]:
    return [kind for c in conditions for kind in ([c.kind] if c.kind not in NESTED else _kinds(c.conditions))]


def _covers_the_rest(results: tuple[ResultRule, ...]) -> bool:
    """Whether the lowest result holds in every case that the one above it leaves over."""
    lowest = _meaning(results[-1].conditions)
    if lowest == ("all", frozenset()):
        return True
    return len(results) > 1 and lowest == _opposite(_meaning(results[-2].conditions))


def _meaning(conditions: Sequence[Condition], join: str = "all") -> tuple[Any, ...]:
    """What conditions mean, whatever they are called: nested tuples that compare equal when they say the same."""
    parts = set()
    for condition in conditions:
        if condition.kind in NESTED:
            parts.add(_meaning(condition.conditions, "any" if condition.kind == "any_of" else "all"))
        elif condition.kind in UPWARD:
            need = condition.need
            parts.add(("at least", need.criteria, need.level, need.count))
        elif condition.kind in DOWNWARD:
            parts.add(("below", frozenset(condition.criteria), condition.rank, condition.needed))
        elif join == "any":  # "always" among alternatives
            return ("all", frozenset())
    if len(parts) == 1 and (only := next(iter(parts)))[0] in {"all", "any"}:
        return only
    return (join if len(parts) != 1 else "all", frozenset(parts))


def _opposite(meaning: tuple[Any, ...]) -> tuple[Any, ...]:
    join, parts = meaning
    opposites = set()
    for part in parts:
        if part[0] in {"all", "any"}:
            opposites.add(_opposite(part))
        else:
            kind, criteria, level, count = part
            opposites.add(("below" if kind == "at least" else "at least", criteria, level, len(criteria) - count + 1))
    if len(opposites) == 1:
        return ("all", frozenset(opposites))
    return ("any" if join == "all" else "all", frozenset(opposites))


def _share(value: Any, path: str) -> tuple[int, int]:
    upper, slash, lower = value.partition("/") if isinstance(value, str) else ("", "", "")
    if not (slash and upper.isascii() and upper.isdigit() and lower.isascii() and lower.isdigit() and int(lower)):
        raise RuleError(path, "not_a_share", value=value)
    if int(upper) > int(lower):
        raise RuleError(path, "share_above_one", value=value)
    return int(upper), int(lower)


def _fields(data: Any, path: str, allowed: Collection[str] | None = None) -> Mapping[str, Any]:
    if not isinstance(data, Mapping):
        raise RuleError(path, "not_an_object")
    for name in data:
        if allowed is not None and name not in allowed:
            raise RuleError(path, "unknown_field", value=name)
    return data


def _items(data: Any, path: str) -> Sequence[Any]:
    if not isinstance(data, list | tuple) or not data:
        raise RuleError(path, "not_a_list")
    return data
