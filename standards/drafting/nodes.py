"""The nodes of a pack document and where each one stands."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from core.localized import localized
from standards.drafting.errors import StepRefused

Document = dict[str, Any]
SCALES = "scales."
BELOW = {"standard": "standards", "criterion": "criteria", "level": "levels"}


@dataclass(frozen=True)
class Node:
    """A node and its place. `parent` is the id of the node above, "" for the pack, "scales.<code>" for the scale of a
    level that is not of the main one. `siblings` is the list it stands in, None for the pack itself."""

    kind: str
    data: Document
    parent: str = ""
    siblings: list[Document] | None = None

    @property
    def id(self) -> str:
        return self.data.get("id", "")

    @property
    def code(self) -> str:
        return self.data.get("code", "")

    @property
    def at(self) -> int:
        """Its place among its siblings, counted from 0."""
        return next(place for place, other in enumerate(self.siblings or ()) if other is self.data)

    @property
    def scale(self) -> str:
        """Of a level: the code of its scale, "" the main one. Of a criterion: the scale it is rated on."""
        if self.kind == "level":
            return self.parent.removeprefix(SCALES)
        return self.data.get("scale", "")


class Tree:
    """Every node of a document by its id. Reads the document once; the edits of `steps` keep it up to date."""

    def __init__(self, document: Document):
        self.document = document
        self.nodes: dict[str, Node] = {}
        for node in walk(document):
            self.nodes[node.id] = node

    def find(self, id: str) -> Node | None:
        """The node with this id; the pack itself is "" as well as its own id."""
        if not id or id == self.document.get("id"):
            return Node("version", self.document)
        return self.nodes.get(id)

    def of(self, kind: str) -> list[Node]:
        """The nodes of one kind in document order."""
        return [node for node in self.nodes.values() if node.kind == kind]

    def codes(self, kind: str, scale: str = "") -> set[str]:
        """Codes in use: of standards, of criteria, or of the levels of one scale."""
        return {node.code for node in self.of(kind) if kind != "level" or node.scale == scale}

    def children(self, parent: str, kind: str, given: Any = None) -> list[Document]:
        """The list of a kind's nodes below `parent`, made when missing. Raises StepRefused where none can stand."""
        if parent.startswith(SCALES):
            scale = self.document.get("scales", {}).get(parent.removeprefix(SCALES))
            if kind == "level" and scale is not None:
                return scale.setdefault("levels", [])
        elif node := self.find(parent):
            at_home = {"version": ("standard", "level"), "standard": ("standard", "criterion")}.get(node.kind, ())
            if kind in at_home:
                return node.data.setdefault(BELOW[kind], [])
        else:
            raise StepRefused(_("What this belongs to has been removed meanwhile."), given)
        raise StepRefused(_("This cannot stand here."), given)


def walk(document: Document) -> Iterator[Node]:
    """Every node but the pack itself, in reading order: levels, levels of other scales, standards with criteria."""
    levels = document.get("levels", [])
    for level in levels:
        yield Node("level", level, "", levels)
    for code, scale in document.get("scales", {}).items():
        levels = scale.get("levels", [])
        for level in levels:
            yield Node("level", level, f"{SCALES}{code}", levels)
    yield from walk_standards(document, "")


def walk_standards(above: Document, parent: str) -> Iterator[Node]:
    """The standards and criteria below a node, each standard before what it holds."""
    standards = above.get("standards", [])
    for standard in standards:
        yield Node("standard", standard, parent, standards)
        criteria = standard.get("criteria", [])
        for criterion in criteria:
            yield Node("criterion", criterion, standard.get("id", ""), criteria)
        yield from walk_standards(standard, standard.get("id", ""))


def inside(node: Node) -> list[Node]:
    """A node and everything below it."""
    return list(walk_standards({"standards": [node.data]}, node.parent)) if node.kind == "standard" else [node]


def free_code(wanted: str, taken: set[str]) -> str:
    """A code that nobody has: the next number in the series of `wanted` ("TC15" gives "TC16"), with as many digits."""
    stem, digits = re.fullmatch(r"(.*?)(\d*)", wanted, re.DOTALL).groups()
    number = int(digits or 1) if len(digits) < 10 else 1
    while True:
        number += 1
        code = f"{stem}{number:0{len(digits)}d}"
        if code not in taken:
            return code


def text_of(node: Mapping[str, Any]) -> str:
    """A node in a sentence: its code and name."""
    name = node.get("name")
    return f"{node.get('code', '')} {localized(name) if isinstance(name, Mapping) else ''}".strip()
