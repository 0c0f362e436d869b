"""A workbook read as a pack: the facts, the levels, the tree, the examples, the sources."""

import copy
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from standards.exchange import filling
from standards.exchange.building_rules import Names, RuleBuilder
from standards.exchange.grid import Grid, Row
from standards.exchange.rebuilding import Built, Cells, claim, fill_about, fresh, same
from standards.exchange.words import word_key
from standards.identity import node_id

UNCHECKED = "unchecked"
DEFAULTS = ("level", "standard", "description", "name", "descriptors", "examples", "rule")


def build(grid: Grid, base: Mapping[str, Any]) -> Built:
    """The pack that the rows say. `base` is the pack that the workbook carries, or an empty one."""
    return _Builder(grid, base).run()


class _Builder:
    def __init__(self, grid: Grid, base: Mapping[str, Any]):
        self.grid, self.base = grid, base
        self.pack: dict[str, Any] = copy.deepcopy(dict(base))
        self.cells = Cells(grid)
        self.built = Built(self.pack, notes=list(grid.notes))
        self.names = Names()

    def run(self) -> Built:
        self.pack.setdefault("format", 1)
        fill_about(self.cells, self.pack)
        for name in ("issued", "effective"):
            self.pack.setdefault("legal", {}).setdefault(name, None)
        for step in (self.levels, self.tree, self.examples, self.lists, self.named):
            step()
        RuleBuilder(self.cells, self.names, self.built, self.base).run()
        self._sources()
        self._places(self.pack, "")
        self.built.problems = self.cells.problems
        return self.built

    # --- levels -----------------------------------------------------------------------------------------------------

    def levels(self) -> None:
        names: dict[str, str] = {}
        if self.grid.has("level"):
            rows = self.grid.rows["level"]
            old = {f"{scale}/{level.get('code', '')}": level for scale, level in filling.levels(self.base)}
            for row in rows:  # the code of a level counts within its scale
                row.cells["level.here"] = f"{row.text('level.scale')}/{row.text('level.code')}"
            scales: dict[str, list[dict[str, Any]]] = {"": []}
            for row, was in zip(rows, claim(rows, "level.was", "level.here", old), strict=True):
                node = fresh(old.get(was))
                scale = row.text("level.scale")
                self.identify(node, "level", was.removeprefix("/"), row.text("level.here").removeprefix("/"))
                scales.setdefault(scale, []).append(node)
                self.cells.fill("level", node, row, skip=("scale",))
                if was:
                    names.setdefault(was.partition("/")[2], row.text("level.code"))
            self.pack["levels"] = scales.pop("")
            for code, found in scales.items():
                inner = self.pack.setdefault("scales", {}).setdefault(code, {})
                inner["levels"] = found
        for _scale, level in filling.levels(self.pack):
            code = str(level.get("code", ""))
            name = level.get("name")
            for text in name.values() if isinstance(name, Mapping) else ():
                names.setdefault(word_key(str(text)), code)
            names[code] = code
            names.setdefault(word_key(code), code)
        self.cells.level_names = names

    def identify(self, node: dict[str, Any], kind: str, was: str, now: str) -> None:
        """A node that was given another code in the workbook stays the same node."""
        if was:
            self.built.came_from[f"{kind}/{now}"] = was
        code = self.base.get("code")
        if was and was != now and "id" not in node and isinstance(code, str):
            node["id"] = str(node_id(code, kind, was))

    # --- the tree ---------------------------------------------------------------------------------------------------

    def tree(self) -> None:
        old_standards = {str(node.get("code", "")): node for node, _parent in filling.standards(self.base)}
        old_criteria = {str(node.get("code", "")): node for node, _above in filling.criteria(self.base)}
        if self.grid.has("standard"):
            nodes = self._standards(old_standards)
        else:
            nodes = {str(node.get("code", "")): node for node, _parent in filling.standards(self.pack)}
        if self.grid.has("criterion"):
            self._criteria(old_criteria, nodes)
        elif self.grid.has("standard"):
            for node, above in filling.criteria(self.base):
                if above in nodes:
                    nodes[above].setdefault("criteria", []).append(fresh(node))
        for node, _above in filling.criteria(self.pack):
            self.names.codes.add(str(node.get("code", "")))
            self.names.numbers.setdefault(str(node.get("number", "")), str(node.get("code", "")))

    def _standards(self, old: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
        rows = self.grid.rows["standard"]
        made: list[tuple[Row, dict[str, Any]]] = []
        nodes: dict[str, dict[str, Any]] = {}
        for row, was in zip(rows, claim(rows, "standard.was", "standard.code", old), strict=True):
            node = fresh(old.get(was))
            for name in ("standards", "criteria"):
                node.pop(name, None)
            self.identify(node, "standard", was, row.text("standard.code"))
            self.cells.fill("standard", node, row, skip=("parent",))
            made.append((row, node))
            nodes.setdefault(row.text("standard.code"), node)
            if was:
                nodes.setdefault(was, node)
        roots: list[dict[str, Any]] = []
        parents: dict[int, dict[str, Any] | None] = {}
        for row, node in made:
            code = row.text("standard.parent")
            parent = nodes.get(code) if code else None
            if code and parent is None:
                sentence = _("There is no standard “%(code)s”: give it a line on this sheet.") % {"code": code}
                self.cells.say(row, "standard.parent", sentence)
            parents[id(node)] = parent
            (parent.setdefault("standards", []) if parent is not None else roots).append(node)
        self._refuse_circles(made, parents)
        self.pack["standards"] = roots
        return nodes

    def _refuse_circles(self, made: Sequence[tuple[Row, dict]], parents: Mapping[int, dict | None]) -> None:
        for row, node in made:
            seen, above = {id(node)}, parents[id(node)]
            while above is not None and id(above) not in seen:
                seen.add(id(above))
                above = parents.get(id(above))
            if above is not None:
                sentence = _("These standards stand in a circle: each is part of the other.")
                self.cells.say(row, "standard.parent", sentence)
                return

    def _criteria(self, old: Mapping[str, Any], nodes: dict[str, dict[str, Any]]) -> None:
        for node in {id(node): node for node in nodes.values()}.values():
            node.pop("criteria", None)
        rows = self.grid.rows["criterion"]
        above = ""
        claimed = claim(rows, "criterion.was", "criterion.code", old)
        for number, (row, was) in enumerate(zip(rows, claimed, strict=True), start=1):
            node = fresh(old.get(was))
            code = row.text("criterion.code")
            node.pop("examples", None) if self.grid.has("example") else None
            self.identify(node, "criterion", was, code)
            self.cells.fill("criterion", node, row, skip=("standard",))
            if "number" not in node:
                node["number"] = number
            if was and was != code:
                self.names.renamed[was] = code
            self.names.codes.add(code)
            above = row.text("criterion.standard") or above
            if above in nodes:
                nodes[above].setdefault("criteria", []).append(node)
            else:
                sentence = (
                    _("There is no standard “%(code)s” on the sheet of standards.") % {"code": above}
                    if above
                    else _("Say which standard this criterion belongs to.")
                )
                self.cells.say(row, "criterion.standard", sentence)

    def examples(self) -> None:
        if not self.grid.has("example"):
            return
        was = {new: old for old, new in self.names.renamed.items()}
        texts = [code for code in self.grid.columns["example"] if code.startswith("example.text.")]
        tongues = [code.removeprefix("example.text.") for code in texts]
        before = {str(node.get("code", "")): node.get("examples") for node, _above in filling.criteria(self.base)}
        nodes = {str(node.get("code", "")): node for node, _above in filling.criteria(self.pack)}
        for node in nodes.values():
            node.pop("examples", None)
        for row in self.grid.rows["example"]:
            code, level = (
                self.names.criterion(row.text("example.criterion")),
                self.cells.level(row.text("example.level")),
            )
            if code not in nodes:
                if code in self.names.codes:  # it stands in no standard, which is said there
                    continue
                self.cells.say(row, "example.criterion", _("There is no criterion “%(code)s”.") % {"code": code})
                continue
            if not level:
                self.cells.say(row, "example.level", _("Say which level this example shows."))
                continue
            text = self.cells.fill("example", {}, row, skip=("criterion", "level")).get("text", {})
            found = nodes[code].setdefault("examples", {}).setdefault(level, [])
            old = before.get(was.get(code, code))
            old = old.get(level) if isinstance(old, Mapping) else None
            found.append(_unchanged(text, old, tongues) if isinstance(old, list) else text)
            self.cells.remember(nodes[code], f"examples.{level}[{len(found) - 1}]", row.place("example.criterion"))

    # --- lists and named things -------------------------------------------------------------------------------------

    def lists(self) -> None:
        for key, name, holder in (("result", "results", self.pack), ("rank", "ranks", self.pack)):
            if self.grid.has(key):
                old = {
                    str(item.get("code", "")): item for item in self.base.get(name) or () if isinstance(item, Mapping)
                }
                holder[name] = [
                    self.cells.fill(key, fresh(old.get(row.text(f"{key}.code"))), row) for row in self.grid.rows[key]
                ]
        if self.grid.has("guidance"):
            legal = self.base.get("legal")
            before = legal.get("guidance") if isinstance(legal, Mapping) else None
            old = {str(item.get("number", "")): item for item in before or () if isinstance(item, Mapping)}
            found = [
                self.cells.fill("guidance", fresh(_by_text(old, row.text("guidance.number"))), row)
                for row in self.grid.rows["guidance"]
            ]
            if found or before:
                self.pack["legal"]["guidance"] = found

    def named(self) -> None:
        if self.grid.has("article"):
            articles = self._texts_by_key("article", "key", self.pack["legal"].get("articles"))
            if articles or self.pack["legal"].get("articles"):
                self.pack["legal"]["articles"] = articles
        if self.grid.has("source"):
            provenance = self.pack.setdefault("provenance", {})
            old = provenance.get("sources")
            provenance["sources"] = {}
            for row in self.grid.rows["source"]:
                code = row.text("source.code")
                node = fresh(old.get(code) if isinstance(old, Mapping) else None)
                self.cells.once("source.code", row, code, provenance["sources"])
                provenance["sources"][code] = self.cells.fill("source", node, row, skip=("code",))

    def _texts_by_key(self, key: str, code: str, old: Any) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for row in self.grid.rows[key]:
            name = row.text(f"{key}.{code}")
            before = old.get(name) if isinstance(old, Mapping) else None
            node = self.cells.fill(key, {"text": fresh(before)}, row, skip=(code,))
            self.cells.once(f"{key}.{code}", row, name, found)
            found[name] = node.get("text", {})
            for path, place in self.cells.places[id(node)].items():
                self.cells.remember(found[name], path.partition(".")[2], place)
        return found

    def _sources(self) -> None:
        """Texts whose source nobody named are said to be unchecked."""
        provenance = self.pack.setdefault("provenance", {})
        default = provenance.setdefault("default", {})
        missing = [kind for kind in DEFAULTS if not default.get(kind)]
        sources = provenance.setdefault("sources", {})
        if not missing:
            return
        if UNCHECKED not in sources:
            text = {"vi": "Lấy từ bảng tính, chưa đối chiếu với văn bản chính thức."}
            text["en"] = "Taken from a workbook, not checked against the official text."
            sources[UNCHECKED] = {"status": "unverified", "text": text}
        default.update(dict.fromkeys(missing, UNCHECKED))
        self.built.notes.append(
            _("Where some texts come from is not said on the sheet About: they are marked as not verified.")
        )

    # --- where everything stands --------------------------------------------------------------------------------------

    def _places(self, value: Any, path: str) -> None:
        """Paths of the finished pack: nodes are known by themselves, wherever they ended up."""
        for inner, place in self.cells.places.get(id(value), {}).items():
            joined = f"{path}.{inner}" if path and inner else path or inner
            self.built.places.setdefault(joined, place)
        if isinstance(value, dict):
            for name, item in value.items():
                self._places(item, f"{path}.{name}" if path else name)
        elif isinstance(value, list):
            for number, item in enumerate(value):
                self._places(item, f"{path}[{number}]")


def _unchanged(text: dict[str, str], old: Sequence[Any], tongues: Sequence[str]) -> dict[str, str]:
    """The old text where a line says the same in the languages that have a column: that stays to the letter."""
    for item in old:
        if isinstance(item, dict) and all(same(item.get(tongue, ""), text.get(tongue, "")) for tongue in tongues):
            return copy.deepcopy(item)
    return text


def _by_text(old: Mapping[str, Any], text: str) -> Any:
    return next((item for name, item in old.items() if same(name, text)), None)
