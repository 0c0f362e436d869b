"""From the rows of a workbook back to a pack. What has no column is taken from the pack that the workbook carries."""

import copy
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from standards.exchange import words
from standards.exchange.about import BY_PATH, Fact
from standards.exchange.columns import FIELDS, Field
from standards.exchange.grid import Grid, Placed, Row
from standards.exchange.words import as_written, cell_text

EMPTY = (None, False, "", [], {})
Place = tuple[str, str]


@dataclass
class Built:
    """A pack and where each place of it stands in the file: path ("standards[0].name.vi") -> (sheet, cell)."""

    pack: dict[str, Any]
    places: dict[str, Place] = field(default_factory=dict)
    problems: list[Placed] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    came_from: dict[str, str] = field(default_factory=dict)  # "criterion/TC05" -> the code it had before

    def place_of(self, path: str) -> Place | None:
        """The cell of a path, or of the nearest thing around it that has one; None for what stands in no cell."""
        while path:
            if place := self.places.get(path):
                return place
            path = path[: max(path.rfind("."), path.rfind("["), 0)]
        return None


class Cells:
    """Puts the cells of a row into a node, and remembers where each came from."""

    def __init__(self, grid: Grid):
        self.grid = grid
        self.places: dict[int, dict[str, Place]] = {}  # id of a node -> its own path -> cell
        self.kept: list[Any] = []  # nodes stay alive, so that their ids stay theirs
        self.problems: list[Placed] = list(grid.problems)
        self.level_names: Mapping[str, str] = {}  # code or name as typed -> code
        self._columns = {key: self._by_field(key) for key in grid.columns}

    def _by_field(self, key: str) -> list[tuple[Field, str, str, str]]:
        """(field, machine code, level, language) of every column of a sheet."""
        found = []
        for code in self.grid.columns[key]:
            rest = code.partition(".")[2]
            for item in FIELDS[key]:
                if not item.per and rest == item.name:
                    found.append((item, code, "", ""))
                elif item.per == "language" and rest.startswith(f"{item.name}."):
                    found.append((item, code, "", rest.removeprefix(f"{item.name}.")))
                elif item.per == "level" and rest.startswith(f"{item.name}."):
                    level, _dot, tongue = rest.removeprefix(f"{item.name}.").rpartition(".")
                    found.append((item, code, level, tongue))
        return found

    def fill(self, key: str, node: dict[str, Any], row: Row, *, skip: Sequence[str] = ()) -> dict[str, Any]:
        """Sets what the row says in `node`; fields in `skip` and hidden ones are the caller's."""
        for item, code, level, tongue in self._columns[key]:
            if item.name in skip or item.kind == "hidden" or item.name == "json" or item.per == "criterion":
                continue
            path = [*item.name.split("."), *([self.level(level)] if level else ()), *([tongue] if tongue else ())]
            self.remember(node, ".".join(path), row.place(code))
            put(node, path, self.value(item, row, code))
        self.remember(node, "", row.place(f"{key}.code"))
        return node

    def value(self, item: Field, row: Row, code: str) -> Any:
        """A cell as its field means it; what cannot be understood stays a text, and the check of the pack says so."""
        text = row.text(code)
        if item.kind == "day":
            return words.day(row.cells.get(code))
        if item.kind == "number":
            return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else text
        if item.kind == "yes":
            known = words.choice(text, words.YES_NO) if text else "no"
            if known not in words.YES_NO:
                self.say(row, code, _("Write yes or no, not “%(text)s”.") % {"text": text})
            return known == "yes"
        return words.choice(text, item.choices) if text and isinstance(item.choices, Mapping) else text

    def level(self, text: str) -> str:
        """The code of a level given as code or name."""
        return self.level_names.get(text) or self.level_names.get(words.word_key(text)) or text

    def say(self, row: Row, code: str, sentence: str) -> None:
        """A problem at a cell."""
        self.problems.append(Placed(*row.place(code), sentence))

    def once(self, code: str, row: Row, name: str, taken: Mapping[str, Any]) -> None:
        """Says so when a line has no code, or one that is taken."""
        if not name:
            self.say(row, code, _("Give this line a code."))
        elif name in taken:
            self.say(row, code, _("The code “%(code)s” is used twice.") % {"code": name})

    def remember(self, node: Any, path: str, place: Place) -> None:
        """Where a place of a node stands."""
        if id(node) not in self.places:
            self.places[id(node)] = {}
            self.kept.append(node)
        self.places[id(node)][path] = place


def put(node: dict[str, Any], path: Sequence[str], value: Any) -> None:
    """Sets a value at a path of names, unless it says what stands there already: then that stays to the letter."""
    *above, name = path
    target = node
    for step in above:
        inner = target.get(step)
        if not isinstance(inner, dict):
            if value in EMPTY:
                return
            inner = target[step] = {}
        target = inner
    before = target.get(name)
    if value in EMPTY:
        if before not in EMPTY and not same(before, value):
            del target[name]
    elif not same(before, value):
        target[name] = value
    if above and not target and above[0] not in {"framework", "legal"}:
        _drop(node, above)


def _drop(node: dict[str, Any], path: Sequence[str]) -> None:
    """Removes an object that has become empty."""
    for step in path[:-1]:
        node = node[step]
    node.pop(path[-1], None)


def same(before: Any, read: Any) -> bool:
    """Whether a cell says what was there: spaces, invisible characters and the cut of long texts do not count."""
    if isinstance(before, str) and isinstance(read, str):
        return as_written(before) == read
    if isinstance(before, int | float) and not isinstance(before, bool) and isinstance(read, str):
        return cell_text(before) == read
    return type(before) is type(read) and before == read


def claim(rows: Sequence[Row], was: str, code: str, known: Mapping[str, Any]) -> list[str]:
    """For each row the code of the old node it came from, each old node once: by the hidden column first, then by code.
    A copied line comes from nothing."""
    found = [""] * len(rows)
    taken: set[str] = set()
    passes: tuple[Callable[[Row], str], ...] = (
        lambda row: row.text(was) if row.text(was) == row.text(code) else "",
        lambda row: row.text(was),
        lambda row: row.text(code) if not row.text(was) else "",
    )
    for old_of in passes:
        for index, row in enumerate(rows):
            old = old_of(row)
            if not found[index] and old in known and old not in taken:
                found[index] = old
                taken.add(old)
    return found


def fill_about(cells: Cells, pack: dict[str, Any]) -> None:
    """The facts, and the kind of the rule."""
    codes = set(BY_PATH)
    for row in cells.grid.rows.get("about", ()):
        path = row.text("about.field")
        if path not in codes:
            path = _fact_of_label(row.text("about.label"))
        if not path:
            continue
        fact = BY_PATH[path]
        if fact.kind == "text":
            for code in cells.grid.columns["about"]:
                if code.startswith("about.text."):
                    inner = f"{path}.{code.removeprefix('about.text.')}"
                    cells.remember(pack, inner, row.place(code))
                    put(pack, inner.split("."), row.text(code))
        elif "about.value" in cells.grid.columns["about"]:
            put(pack, path.split("."), _fact_value(fact, row))
        cells.remember(pack, path, row.place("about.value" if fact.kind != "text" else "about.text.vi"))


def _fact_value(fact: Fact, row: Row) -> str:
    text = row.text("about.value")
    if fact.kind == "day":
        return words.day(row.cells.get("about.value"))
    if text and isinstance(fact.choices, Mapping):
        return words.choice(text, fact.choices)
    return text.upper() if fact.path == "framework.jurisdiction" else text


def _fact_of_label(label: str) -> str:
    key = words.word_key(label)
    for path, fact in BY_PATH.items():
        if key and key in {words.word_key(form) for form in words.in_every_language(fact.title)}:
            return path
    return ""


def fresh(node: Any) -> dict[str, Any]:
    """A copy of an old node to be changed; an empty one for a new line."""
    return copy.deepcopy(node) if isinstance(node, dict) else {}
