"""A pack laid out as the sheets of a workbook: plain values in rows, nothing of the file format yet."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from standards.exchange.about import FACTS, Fact
from standards.exchange.columns import FIELDS, LANGUAGES, SHEETS, Column, Field, Shape, SheetPlan, columns_of
from standards.exchange.rule_rows import rows_of_rule
from standards.exchange.words import CELL

MOST_RATED = 200
"""Test cases of frameworks with more criteria stand in the data format: nobody fills in a table that wide."""
SOMETIMES = ("result", "rank")


def sheets_of(pack: Mapping[str, Any], *, languages: Sequence[str] = (), blank: bool = False) -> list[SheetPlan]:
    """The sheets of a pack, which may have problems: what has no place in a cell is left out here and rides along as
    data. `blank`: an empty template, with every column that its levels and languages give."""
    shape = shape_of(pack, languages=languages, blank=blank)
    makers = {
        "about": _about,
        "level": _levels,
        "result": lambda pack, _shape: _list(pack.get("results"), "result"),
        "rank": lambda pack, _shape: _list(pack.get("ranks"), "rank"),
        "standard": lambda pack, _shape: [_standard(node, parent) for node, parent in standards(pack)],
        "criterion": lambda pack, _shape: [_criterion(node, above) for node, above in criteria(pack)],
        "example": lambda pack, _shape: list(_examples(pack)),
        "rule": lambda pack, _shape: [_prefixed("rule", row) for row in rows_of_rule(pack.get("rule"))],
        "group": lambda pack, _shape: list(_groups(pack)),
        "vector": _vectors,
        "article": lambda pack, _shape: list(_named(_at(pack, "legal.articles"), "article", "key")),
        "guidance": lambda pack, _shape: _list(_at(pack, "legal.guidance"), "guidance"),
        "source": lambda pack, _shape: list(_named(_at(pack, "provenance.sources"), "source", "code")),
    }
    plans = []
    for key in SHEETS:
        rows = makers[key](pack, shape)
        if rows or key not in SOMETIMES:
            plans.append(SheetPlan(key, columns_of(key, shape), rows))
    return plans


def shape_of(pack: Mapping[str, Any], *, languages: Sequence[str] = (), blank: bool = False) -> Shape:
    """What the columns of this pack's workbook depend on."""
    every = [*criteria(pack)]
    codes = [node.get("code") for node, _above in every if isinstance(node.get("code"), str)]
    used = set()
    for key, nodes in (
        ("level", [level for _scale, level in levels(pack)]),
        ("standard", [node for node, _parent in standards(pack)]),
        ("criterion", [node for node, _above in every]),
    ):
        for item in FIELDS[key]:
            if not item.usual and any(_at(node, item.name) for node in nodes):
                used.add(f"{key}.{item.name}")
    if any(scale for scale, _level in levels(pack)):
        used.add("level.scale")
    if any("json" in row for row in rows_of_rule(pack.get("rule"))):
        used.add("rule.json")
    rated = codes if len(codes) <= MOST_RATED else []
    vectors = _dicts(pack.get("vectors"))
    if any(one.get("value") for one in vectors):
        used.add("vector.value")
    if any(_vector_rest(one, rated) for one in vectors):
        used.add("vector.json")
    if blank:
        rated = []
    names = {level.get("code"): level.get("name") for _scale, level in levels(pack)}
    return Shape(
        languages=tuple(languages) or languages_of(pack),
        levels={code: name for code, name in names.items() if isinstance(code, str)},
        criteria=tuple(dict.fromkeys(rated)),
        used=frozenset(used),
    )


def languages_of(pack: Any) -> tuple[str, ...]:
    """The languages that a pack's texts are written in, the usual ones first; Vietnamese if there are none."""
    found: set[str] = set()
    waiting = [pack]
    while waiting:
        value = waiting.pop()
        if isinstance(value, Mapping):
            keys = [key for key, text in value.items() if isinstance(text, str)]
            if keys and len(keys) == len(value) and all(len(key) == 2 and key.islower() for key in keys):
                found.update(keys)
            waiting += [item for name, item in value.items() if name not in {"extensions", "ratings", "scores"}]
        elif isinstance(value, list):
            waiting += value
    return (*(code for code in LANGUAGES if code in found), *sorted(found - set(LANGUAGES))) or LANGUAGES[:1]


# --- walking a pack that may have problems --------------------------------------------------------------------------


def levels(pack: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """(code of the scale or "", level) for every level, lowest first."""
    for level in _dicts(pack.get("levels")):
        yield "", level
    scales = pack.get("scales")
    for code, scale in scales.items() if isinstance(scales, Mapping) else ():
        for level in _dicts(scale.get("levels") if isinstance(scale, Mapping) else ()):
            yield code, level


def standards(pack: Mapping[str, Any]) -> Iterator[tuple[Mapping[str, Any], str]]:
    """(standard, code of the one above or "") for every standard, those above first, in order."""
    waiting = [(node, "") for node in reversed(_dicts(pack.get("standards")))]
    while waiting:
        node, parent = waiting.pop()
        yield node, parent
        waiting += [(child, str(node.get("code", ""))) for child in reversed(_dicts(node.get("standards")))]


def criteria(pack: Mapping[str, Any]) -> Iterator[tuple[Mapping[str, Any], str]]:
    """(criterion, code of its standard) for every criterion, in order."""
    for node, _parent in standards(pack):
        for criterion in _dicts(node.get("criteria")):
            yield criterion, str(node.get("code", ""))


def _dicts(value: Any) -> list[Mapping[str, Any]]:
    return [item for item in value if isinstance(item, Mapping)] if isinstance(value, list) else []


def _at(pack: Any, path: str) -> Any:
    for name in path.split("."):
        pack = pack.get(name) if isinstance(pack, Mapping) else None
    return pack


# --- one sheet each -------------------------------------------------------------------------------------------------


def _about(pack: Mapping[str, Any], shape: Shape) -> list[dict[str, Any]]:
    return [_fact(fact, _at(pack, fact.path)) for fact in FACTS]


def _fact(fact: Fact, value: Any) -> dict[str, Any]:
    row: dict[str, Any] = {"about.field": fact.path, "about.label": fact.title}
    if fact.kind == "text":
        return row | _texts("about.text", value)
    return row | {"about.value": _day(value) if fact.kind == "day" else value if isinstance(value, str | int) else ""}


def _levels(pack: Mapping[str, Any], shape: Shape) -> list[dict[str, Any]]:
    return [
        _row("level", level) | {"level.scale": scale, "level.was": f"{scale}/{level.get('code', '')}"}
        for scale, level in levels(pack)
    ]


def _standard(node: Mapping[str, Any], parent: str) -> dict[str, Any]:
    return _row("standard", node) | {"standard.parent": parent, "standard.was": node.get("code", "")}


def _criterion(node: Mapping[str, Any], above: str) -> dict[str, Any]:
    return _row("criterion", node) | {"criterion.standard": above, "criterion.was": node.get("code", "")}


def _examples(pack: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for node, _above in criteria(pack):
        found = node.get("examples")
        for level, texts in found.items() if isinstance(found, Mapping) else ():
            for text in _dicts(texts):
                head = {"example.criterion": node.get("code", ""), "example.level": level}
                yield head | _texts("example.text", text)


def _groups(pack: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    groups = _at(pack, "rule.groups") if _at(pack, "rule.kind") == "conditions" else None
    for code, members in groups.items() if isinstance(groups, Mapping) else ():
        yield {"group.code": code, "group.criteria": members}


def _vectors(pack: Mapping[str, Any], shape: Shape) -> list[dict[str, Any]]:
    rows = []
    for number, vector in enumerate(_dicts(pack.get("vectors")), start=1):
        row = _row("vector", vector) | {"vector.was": number}
        ratings = vector.get("ratings")
        for code, rating in ratings.items() if isinstance(ratings, Mapping) else ():
            if isinstance(rating, str | int | float):
                row[f"vector.ratings.{code}"] = rating
        rows.append(row | {"vector.json": _vector_rest(vector, shape.criteria)})
    return rows


def _vector_rest(vector: Mapping[str, Any], rated: Sequence[str]) -> dict[str, Any]:
    """What the columns of a test case cannot say."""
    rest = {name: value for name, value in vector.items() if name not in {"why", "expected", "value", "ratings"}}
    ratings = vector.get("ratings")
    if "ratings" in vector and (not isinstance(ratings, Mapping) or set(ratings) - set(rated)):
        rest["ratings"] = ratings
    return rest


def _named(value: Any, key: str, code: str) -> Iterator[dict[str, Any]]:
    """Rows of an object of named things: articles (texts) and sources (objects)."""
    for name, item in value.items() if isinstance(value, Mapping) else ():
        texts = item.get("text") if key == "source" and isinstance(item, Mapping) else item
        row = _row(key, item) if isinstance(item, Mapping) and key == "source" else {}
        yield row | {f"{key}.{code}": name} | _texts(f"{key}.text", texts)


def _list(value: Any, key: str) -> list[dict[str, Any]]:
    return [_row(key, item) for item in _dicts(value)]


def _row(key: str, node: Mapping[str, Any]) -> dict[str, Any]:
    """The cells of a node by the fields of its sheet."""
    row: dict[str, Any] = {}
    for item in FIELDS[key]:
        code, value = f"{key}.{item.name}", _at(node, item.name)
        if item.per == "language":
            row |= _texts(code, value)
        elif item.per == "level":
            for level, texts in value.items() if isinstance(value, Mapping) else ():
                row |= _texts(f"{code}.{level}", texts)
        elif not item.per and item.kind != "hidden" and item.name != "json":
            row[code] = _plain(item, value)
    return row


def _plain(item: Field, value: Any) -> Any:
    if item.kind == "yes":
        return "yes" if value is True else ""
    if item.kind == "day":
        return _day(value)
    return value if isinstance(value, str | int | float | list) and not isinstance(value, bool) else ""


def _texts(code: str, value: Any) -> dict[str, str]:
    texts = value.items() if isinstance(value, Mapping) else ()
    return {f"{code}.{tongue}": text[:CELL] for tongue, text in texts if isinstance(text, str)}


def _prefixed(key: str, row: Mapping[str, Any]) -> dict[str, Any]:
    return {f"{key}.{name}": value for name, value in row.items()}


def _day(value: Any) -> date | str:
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        return value if isinstance(value, str) else ""


__all__ = ["Column", "criteria", "languages_of", "levels", "shape_of", "sheets_of", "standards"]
