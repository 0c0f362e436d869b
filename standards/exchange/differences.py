"""What a file would change against the version it came from: node by node, field by field, with both texts."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from core.localized import language_name
from standards.exchange import filling
from standards.exchange.about import BY_PATH
from standards.exchange.columns import FIELDS, SHEETS
from standards.identity import node_id

NEW, CHANGED, UNCHANGED, REMOVED = "new", "changed", "unchanged", "removed"
BELOW = {"standards", "criteria"}
SILENT = {"id", "origins", "extensions", *BELOW}
WHOLE = ("rule", "vectors", "scales", "results", "ranks", "provenance", "articles", "guidance")
"""Parts that are compared as a whole: their page says what they mean."""


@dataclass
class Difference:
    """One node and what becomes of it. `changes`: (what, before, now)."""

    kind: str
    code: str
    name: Any
    outcome: str
    changes: list[tuple[str, str, str]] = field(default_factory=list)


def differences(old: Mapping[str, Any], new: Mapping[str, Any], came_from: Mapping[str, str]) -> list[Difference]:
    """Every fact, level, standard and criterion of `new`, then what `old` had besides. `came_from`: "criterion/TC05" ->
    the code it has in `old`. An empty `old`: everything is new."""
    found = [_facts(old, new)]
    for kind, nodes in (("level", _levels), ("standard", _standards), ("criterion", _criteria)):
        found += _compared(kind, nodes(old), nodes(new), old, came_from)
    return found + [_whole(part, old, new) for part in WHOLE if _part(old, part) or _part(new, part)]


def counts(found: list[Difference]) -> dict[str, int]:
    """outcome -> how many, every outcome named."""
    return {outcome: sum(one.outcome == outcome for one in found) for outcome in (NEW, CHANGED, UNCHANGED, REMOVED)}


def _facts(old: Mapping[str, Any], new: Mapping[str, Any]) -> Difference:
    paths = [path for path in BY_PATH if not path.startswith(("rule.", "provenance."))]
    before = {path: _at(old, path) for path in paths} if old else {}
    changes = _changes("about", before, {path: _at(new, path) for path in paths})
    return Difference("about", "", str(SHEETS["about"]), _outcome(old, changes), changes)


def _outcome(old: Any, changes: list) -> str:
    return NEW if not old else CHANGED if changes else UNCHANGED


def _compared(
    kind: str,
    before: Mapping[str, Mapping[str, Any]],
    now: Mapping[str, Mapping[str, Any]],
    old: Mapping[str, Any],
    came_from: Mapping[str, str],
) -> Iterator[Difference]:
    by_id = {_identity(old, kind, code, node): code for code, node in before.items()}
    seen: set[str] = set()
    for code, node in now.items():
        was = came_from.get(f"{kind}/{code}") or by_id.get(node.get("id", "")) or _single(by_id, node) or code
        known = before.get(was) if was not in seen else None
        if known is None:
            yield Difference(kind, code, node.get("name"), NEW)
            continue
        seen.add(was)
        changes = _changes(kind, known, node)
        yield Difference(kind, code, node.get("name"), CHANGED if changes else UNCHANGED, changes)
    for code, node in before.items():
        if code not in seen:
            yield Difference(kind, code, node.get("name"), REMOVED)


def _identity(pack: Mapping[str, Any], kind: str, code: str, node: Mapping[str, Any]) -> str:
    return str(node.get("id") or node_id(str(pack.get("code", "")), kind, code))


def _single(by_id: Mapping[str, str], node: Mapping[str, Any]) -> str:
    origins = node.get("origins") or ()
    return by_id.get(origins[0], "") if len(origins) == 1 else ""


def _levels(pack: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    return {f"{scale}/{level.get('code')}".removeprefix("/"): level for scale, level in filling.levels(pack)}


def _standards(pack: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    return {str(node.get("code")): {**node, "parent": parent} for node, parent in filling.standards(pack)}


def _criteria(pack: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    return {str(node.get("code")): {**node, "standard": above} for node, above in filling.criteria(pack)}


def _changes(kind: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    if not old:
        return []
    before, now = dict(_leaves(old)), dict(_leaves(new))
    return [
        (label(kind, path), before.get(path, ""), now.get(path, ""))
        for path in dict.fromkeys([*now, *before])
        if before.get(path, "") != now.get(path, "")
    ]


def _leaves(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    """(path, text) of everything in a node that says something."""
    if isinstance(value, Mapping):
        for name, item in value.items():
            if path or name not in SILENT:
                yield from _leaves(item, (*path, str(name)))
    elif isinstance(value, list):
        for number, item in enumerate(value, start=1):
            yield from _leaves(item, (*path, str(number)))
    elif value not in (None, False, ""):
        yield path, _("yes") if value is True else str(value)


def label(kind: str, path: tuple[str, ...]) -> str:
    """A place of a node in words: "Name (Vietnamese)", "T (English)", "Examples, T, 1 (English)"."""
    tongue = path[-1] if len(path[-1]) == 2 and path[-1].islower() else ""
    rest = path[:-1] if tongue else path
    if kind == "about" and path[0] in BY_PATH:
        words = str(BY_PATH[path[0]].title)
    elif rest[0] == "descriptors":
        words = ", ".join(rest[1:])
    elif rest[0] == "examples":
        words = ", ".join((str(SHEETS["example"]), *rest[1:]))
    else:
        titles = {item.name: item.title for item in FIELDS.get(kind, ())}
        words = str(titles.get(".".join(rest)) or titles.get(rest[0]) or ".".join(rest))
    return f"{words} ({language_name(tongue)})" if tongue else words


def _whole(part: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Difference:
    names = {"vectors": "vector", "results": "result", "ranks": "rank", "provenance": "source", "articles": "article"}
    name = _("Scales") if part == "scales" else str(SHEETS[names.get(part, part)])
    before, now = _part(old, part), _part(new, part)
    outcome = NEW if not before else REMOVED if not now else UNCHANGED
    if before and now and _sorted(before) != _sorted(now):
        outcome = CHANGED
    return Difference("part", "", name, outcome)


def _part(pack: Mapping[str, Any], part: str) -> Any:
    return _at(pack, f"legal.{part}") if part in ("articles", "guidance") else pack.get(part)


def _sorted(value: Any) -> str:
    return json.dumps(value, sort_keys=True)


def _at(pack: Any, path: str) -> Any:
    for name in path.split("."):
        pack = pack.get(name) if isinstance(pack, Mapping) else None
    return pack
