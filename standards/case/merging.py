"""The package of a framework that was read from a package: the original, and over it what has been changed since.

Three are compared: the original, what we would export of the pack as it was read (`base`), and what we would export of
the pack as it is now. Only what differs between the last two touches the original, so that nothing a foreign product
wrote is lost and nothing that was edited here goes under.
"""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import replace
from typing import Any

from standards.case.exporting import BELOW, MARKED, document_of, mark, package_of
from standards.case.fields import OURS
from standards.case.importing import Reading, read_package
from standards.case.levels import ordered
from standards.case.normal import Json, Package
from standards.case.words import main_language

ENDS = ("originNodeURI", "destinationNodeURI")


def merged_package(pack: Mapping[str, Any], case: Mapping[str, Any] | None) -> Package:
    """The package of `pack`; where it was read from `case`, everything that stood there is in it."""
    if not case:
        return package_of(pack)
    reading = getattr(case, "reading", None) or read_package(case)
    if reading.pack is None or reading.package is None:
        return package_of(pack)
    pack = restored(pack, reading)
    found = replace(reading.package)  # the reading stays as it is
    was, now = document_of(reading.pack | {"code": pack["code"]}), document_of(pack)
    found.document = changed(found.document, was, now)
    found.document["extensions"] = {**found.document.get("extensions", {}), OURS: now["extensions"][OURS]}
    same = all(_same(reading.pack.get(name), pack.get(name)) for name in ("standards", "levels"))
    if not same or main_language(pack) != main_language(reading.pack):
        merger = _Merger(pack, reading)
        if merger.edited:
            found.items, found.associations, found.rubrics = merger.items(), merger.associations(), merger.rubrics()
    return found


def restored(pack: Mapping[str, Any], reading: Reading) -> Json:
    """The pack with the identifiers of its package: a later edition of a package gets new ones in our tables, where
    the old ones are the origins, but to others its items are still the same."""
    known = {item["identifier"] for item in reading.package.items}
    pack = dict(pack)
    if any(node.get("id") not in known and node.get("origins") for node in _nodes(pack)):
        pack = deepcopy(pack)
    nodes = list(_nodes(pack))
    taken = {node.get("id") for node in nodes}
    for node in nodes:
        origins = node.get("origins") or [""]
        if node.get("id") not in known and len(origins) == 1 and origins[0] in known - taken:
            node["id"] = node.pop("origins")[0]
            taken.add(node["id"])
    return pack | {"id": reading.package.document["identifier"]}


def _nodes(node: Json):
    for name in BELOW:
        for below in node.get(name) or ():
            yield below
            yield from _nodes(below)


class _Merger:
    def __init__(self, pack: Json, reading: Reading):
        self.reading = reading
        self.original = reading.package
        was = reading.pack | {"code": pack["code"]}  # the same code gives the same identifiers
        self.base = package_of(was, child_of=reading.child_of)
        self.now = package_of(pack, child_of=reading.child_of)
        self.base_items, self.now_items = _by_name(self.base.items), _by_name(self.now.items)
        self.base_rows, self.now_rows = _rows(self.base), _rows(self.now)
        self.gone = self.base_items.keys() - self.now_items.keys()

    @property
    def edited(self) -> bool:
        """Whether anything but the head differs from what was read."""
        tree = ("items", "associations", "rubrics")
        return not all(_same(getattr(self.base, name), getattr(self.now, name)) for name in tree)

    def items(self) -> list[Json]:
        """Items in their old order, new ones at the end. All carry their node, so that the pack can be read again."""
        known = {item["identifier"] for item in self.original.items}
        found = [
            self.with_node(changed(item, self.base_items[item["identifier"]], self.now_items[item["identifier"]]))
            for item in self.original.items
            if item["identifier"] in self.now_items
        ]
        for name, item in self.now_items.items():
            if name not in known:
                fields = {field: value for field, value in item.items() if field not in {"CFItemTypeURI", "extensions"}}
                found.append(self.with_node(fields))
        return found

    def with_node(self, item: Json) -> Json:
        """The item with our node beside its own extensions, and marks of its fields as they stand here."""
        ours = self.now_items[item["identifier"]]["extensions"][OURS]
        seen = ours["seen"] | {name: mark(item.get(name, "")) for name in MARKED}
        return item | {"extensions": {**item.get("extensions", {}), OURS: {**ours, "seen": seen}}}

    def associations(self) -> list[Json]:
        """Associations of what is still there; the places in the tree as they are now wherever siblings changed."""
        base, now = _by_name(self.base.associations), _by_name(self.now.associations)
        moved = _moved(base, now)
        found, seen = [], set()
        for row in self.original.associations:
            name = row["identifier"]
            if any(row[end]["identifier"] in self.gone for end in ENDS) and name not in now:
                continue
            seen.add(name)
            if name in moved:
                row = row | {field: now[name][field] for field in ("sequenceNumber", *ENDS)}  # noqa: PLW2901
            found.append(row)
        return found + [row for name, row in now.items() if name not in seen and (name not in base or name in moved)]

    # --- rubrics --------------------------------------------------------------------------------------------------

    def rubrics(self) -> list[Json]:
        """The rubrics; those that gave the pack its levels follow what was edited."""
        mine = self.now.rubrics
        if _names(self.base_rows) != _names(self.now_rows) and self.now_rows:
            used = self.reading.levels.rubrics
            return [row for row in self.original.rubrics if row["identifier"] not in used] + mine
        found, seen = [], set()
        for rubric in self.original.rubrics:
            rows = []
            for row in rubric.get("CFRubricCriteria", ()):
                item = row.get("CFItemURI", {}).get("identifier", "")
                if item not in self.gone:
                    rows.append(self.row(row, self.base_rows.get(item), self.now_rows.get(item)))
                    seen.add(item)
            found.append({**rubric, "CFRubricCriteria": rows} if "CFRubricCriteria" in rubric else rubric)
        new = [row for item, row in self.now_rows.items() if item not in seen and has_texts(row)]
        return found + ([{**mine[0], "CFRubricCriteria": new}] if new else [])

    def row(self, row: Json, base: Json | None, now: Json | None) -> Json:
        """One row of a rubric with the texts of levels that were edited, and the codes of its levels beside them."""
        levels = row.get("CFRubricCriterionLevels", [])
        if base is None or now is None:
            return row
        edited = {}
        ours = zip(base["CFRubricCriterionLevels"], now["CFRubricCriterionLevels"], strict=False)
        for level, (was, is_now) in zip(ordered(levels), ours, strict=False):
            new = dict(level)
            if was.get("description") != is_now.get("description"):
                new["description"] = is_now.get("description", "")
            new["extensions"] = [*level.get("extensions", ()), *is_now["extensions"]]
            edited[level["identifier"]] = new
        return row | {"CFRubricCriterionLevels": [edited.get(level["identifier"], level) for level in levels]}


def changed(original: Json, base: Json, now: Json) -> Json:
    """The original with every field that differs between base and now as it is now."""
    result = dict(original)
    for name in (base.keys() | now.keys()) - {"extensions"}:
        if base.get(name) != now.get(name):
            result.pop(name, None)
            if name in now:
                result[name] = now[name]
    return result


def has_texts(row: Json) -> bool:
    """Whether any level of a rubric's row is described."""
    return any(level.get("description") for level in row["CFRubricCriterionLevels"])


def _moved(base: Mapping[str, Json], now: Mapping[str, Json]) -> set[str]:
    """The isChildOf associations of all siblings of which one came, went or changed its place."""
    parents = set()
    for one, other in ((base, now), (now, base)):
        for name, row in one.items():
            if name not in other or _place(row) != _place(other[name]):
                parents.add(row["destinationNodeURI"]["identifier"])
    return {name for name, row in now.items() if row["destinationNodeURI"]["identifier"] in parents}


def _place(row: Json) -> tuple[Any, ...]:
    return (row["destinationNodeURI"]["identifier"], row.get("sequenceNumber"))


def _by_name(rows: list[Json]) -> dict[str, Json]:
    return {row["identifier"]: row for row in rows}


def _rows(package: Package) -> dict[str, Json]:
    rows = (row for rubric in package.rubrics for row in rubric["CFRubricCriteria"])
    return {row["CFItemURI"]["identifier"]: row for row in rows}


def _names(rows: Mapping[str, Json]) -> set[tuple[Any, ...]]:
    """The levels that rows have, without their texts."""
    return {
        tuple((level.get("quality"), level["score"]) for level in row["CFRubricCriterionLevels"])
        for row in rows.values()
    }


def _same(one: Any, other: Any) -> bool:
    return one == other or _pruned(one) == _pruned(other)


def _pruned(value: Any) -> Any:
    """Without what is empty: it makes no difference whether that is written out."""
    if isinstance(value, Mapping):
        return {name: _pruned(item) for name, item in value.items() if item not in (None, "", False, {}, [])}
    return [_pruned(item) for item in value] if isinstance(value, list) else value
