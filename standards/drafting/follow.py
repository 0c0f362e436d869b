"""What names a node by its code: rule, vectors, texts by level. Followed when a code changes or a node goes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from standards.drafting.nodes import Document, Node, Tree

KEYED = {"weight", "weights"}  # objects whose names are codes of criteria or standards
RESULTS = {"result", "each", "else"}
Change = Callable[[Any], Any]


@dataclass(frozen=True)
class Renaming:
    """One code that becomes another. `kind`: criterion, standard, level (of `scale`, "" the main one), result, scale,
    article or source. A level of the main scale is a result too where the pack names no results of its own."""

    tree: Tree
    kind: str
    old: str
    new: str
    scale: str = ""
    scales: Mapping[str, str] = field(default_factory=dict)  # criterion code to the code of its scale

    @classmethod
    def of(cls, tree: Tree, kind: str, old: str, new: str, scale: str = "") -> "Renaming":
        scales = {node.code: node.scale for node in tree.of("criterion")}
        return cls(tree, kind, old, new, scale, scales)

    @property
    def is_result(self) -> bool:
        """Whether the code is one of the overall results."""
        return self.kind == "result" or (
            self.kind == "level" and not self.scale and not self.tree.document.get("results")
        )

    # --- the rule ------------------------------------------------------------------------------------------------------

    def rule(self, value: Any, name: str = "", above: Any = None) -> Any:
        """A part of a rule with the code replaced. `name` is what the part is called in the object `above`."""
        if isinstance(value, Mapping):
            if name == "groups" and self.kind == "criterion":
                return {group: [self.code(item) for item in items] for group, items in value.items()}
            if name in KEYED and self.kind == ("standard" if above.get("of") == "standards" else "criterion"):
                return {self.code(code): item for code, item in value.items()}
            return {key: self.rule(item, key, value) for key, item in value.items()}
        if isinstance(value, list):
            if (name, self.kind) in {("criteria", "criterion"), ("standards", "standard")}:
                return [self.code(item) for item in value]
            if name == "route" and self.is_result:
                return [self.code(item) for item in value]
            return [self.rule(item, name, above) for item in value]
        if name == self.kind and name in {"criterion", "standard", "article"}:
            return self.code(value)
        if name in {"level", "at_least"} and self.kind == "level" and self.spoken_of(above) == self.scale:
            return self.code(value)
        if name in RESULTS and self.is_result:
            return self.code(value)
        return value

    def spoken_of(self, condition: Mapping[str, Any]) -> str:
        """The scale of the criteria that a condition or a gate speaks of."""
        named = condition.get("criteria") or [condition.get("criterion")]
        group = condition.get("group", "all")
        if named == [None]:
            groups = self.tree.document.get("rule", {}).get("groups", {})
            named = groups.get(group) if isinstance(groups, Mapping) else None
        if not named:
            keys = [node.code for node in self.tree.of("criterion") if node.data.get("key")]
            named = keys if group == "key" else list(self.scales)
        return next((self.scales[code] for code in named if code in self.scales), "")

    # --- vectors -------------------------------------------------------------------------------------------------------

    def vector(self, vector: Document) -> Document:
        """A golden example with the code replaced."""
        changed = dict(vector)
        for name in ("ratings", "assessors"):
            if name in vector:
                changed[name] = self.ratings(vector[name])
        if isinstance(scores := vector.get("scores"), Mapping):
            named = self.kind in {"criterion", "standard"}
            changed["scores"] = {
                self.code(code) if named else code: self.score(score) for code, score in scores.items()
            }
        if self.is_result and "expected" in vector:
            changed["expected"] = self.code(vector["expected"])
        return changed

    def ratings(self, ratings: Any) -> Any:
        if isinstance(ratings, list):
            return [self.ratings(item) for item in ratings]
        if not isinstance(ratings, Mapping):
            return ratings
        if self.kind == "criterion":
            return {self.code(code): level for code, level in ratings.items()}
        if self.kind == "level":
            here = {code for code in ratings if self.scales.get(code, "") == self.scale}
            return {code: self.code(level) if code in here else level for code, level in ratings.items()}
        return ratings

    def score(self, score: Any) -> Any:
        if self.is_result and isinstance(score, Mapping) and "result" in score:
            return {**score, "result": self.code(score["result"])}
        return score

    def code(self, value: Any) -> Any:
        """The new code for the old one; numbers are taken for codes."""
        return self.new if isinstance(value, str | int) and str(value) == self.old else value


def without_criterion(vector: Document, code: str) -> Document:
    """A golden example that no longer rates a criterion."""
    return _over_ratings(vector, lambda ratings: {name: level for name, level in ratings.items() if name != code})


def like(vector: Document, code: str, twin: str) -> Document:
    """A golden example in which `twin` is rated as `code` is."""
    return _over_ratings(vector, lambda ratings: ratings | ({twin: ratings[code]} if code in ratings else {}))


def _over_ratings(vector: Document, change: Change) -> Document:
    changed = dict(vector)
    for name in ("ratings", "assessors"):
        value = vector.get(name)
        if isinstance(value, Mapping):
            changed[name] = change(dict(value))
        elif isinstance(value, list):
            changed[name] = [change(dict(item)) if isinstance(item, Mapping) else item for item in value]
    return changed


def twinned(rule: Any, code: str, twin: str) -> Any:
    """A rule in which every list that names criterion `code` names `twin` after it."""
    return _over_lists(
        rule,
        lambda codes: [name for item in codes for name in ((code, twin) if item == code else (item,))],
        lambda weights: weights | ({twin: weights[code]} if code in weights else {}),
    )


def merged(rule: Any, first: str, others: set[str]) -> Any:
    """A rule in which criterion `first` stands wherever one of `others` did, once."""

    def weights(given: Document) -> Document:
        weight = next((given[code] for code in (first, *given) if code in {first} | others and code in given), None)
        kept = {code: item for code, item in given.items() if code not in others}
        return kept if weight is None else kept | {first: weight}

    return _over_lists(
        rule,
        lambda codes: list(dict.fromkeys(first if item in others else item for item in codes)),
        weights,
        lambda code: first if code in others else code,
    )


def _over_lists(rule: Any, lists: Change, weights: Change, single: Change = lambda code: code, name: str = "") -> Any:
    """A rule with everything changed that names criteria: lists, groups, weights, gates."""
    if isinstance(rule, Mapping):
        if name in KEYED:
            return weights(dict(rule))
        if name == "groups":
            return {group: lists(codes) if isinstance(codes, list) else codes for group, codes in rule.items()}
        return {key: _over_lists(item, lists, weights, single, key) for key, item in rule.items()}
    if isinstance(rule, list):
        if name == "criteria":
            return lists(rule)
        return [_over_lists(item, lists, weights, single, name) for item in rule]
    return single(rule) if name == "criterion" else rule


def told_by_level(tree: Tree, scale: str, level: str) -> list[tuple[Node, str]]:
    """(node, field) of every text that belongs to a level of a scale: descriptors and examples."""
    rated = {(node.parent, node.scale) for node in tree.of("criterion")}
    others = tree.codes("level") if scale else set()
    owners = [node for node in tree.of("criterion") if node.scale == scale]
    # a standard's levels are the main ones, and those of its own criteria's scales
    owners += [node for node in tree.of("standard") if not scale or ((node.id, scale) in rated and level not in others)]
    return [
        (node, field) for node in owners for field in ("descriptors", "examples") if level in node.data.get(field, {})
    ]
