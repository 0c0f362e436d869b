"""An edit in progress: the document, what has been touched, and the steps that lead back."""

from copy import deepcopy
from typing import Any
from uuid import UUID, uuid4

from django.utils.translation import gettext as _

from standards.drafting.errors import Clash, StepRefused
from standards.drafting.fields import SHAPES, TIDY, Path, check_shape, look, place_in, put, same_in, tidy
from standards.drafting.nodes import Document, Node, Tree, inside

KEEPS_NULL = {("legal", "issued"), ("legal", "effective")}
WHOLE_WAY = 100


class Edit:
    """Small changes, each of which notes its opposite. Steps are made of them, so that every step can be undone."""

    def __init__(self, document: Document):
        self.document = document
        self.tree = Tree(document)
        self.undo: list[Document] = []
        self.touched: list[tuple[str, Path]] = []

    # --- finding ------------------------------------------------------------------------------------------------------

    def node(self, id: Any, given: Any = None) -> Node:
        """The node; StepRefused when it is gone, with what had been written."""
        node = self.tree.find(id) if isinstance(id, str) else None
        if node is None:
            raise StepRefused(_("What you were changing has been removed meanwhile. Your text is kept."), given)
        return node

    def address(self, node: Node) -> str:
        """The id in steps: "" for the pack."""
        return "" if node.kind == "version" else node.id

    def expect(self, node: Node, path: Path, before: Any, given: Any = None) -> None:
        """What stands at `path` must be what the writer saw."""
        current = look(node.data, path)
        if not same_in(node.kind, path[0], current, before):
            raise Clash(self.address(node), path, current, given)

    # --- fields -------------------------------------------------------------------------------------------------------

    def set(self, node: Node, path: Path, value: Any, prune: int = 0) -> None:
        """Writes a value, or takes it away with None. A value that is there already changes nothing.

        `prune`: how many emptied objects above a value taken away go with it; in texts all do.
        """
        shape = SHAPES[node.kind].get(path[0], "")
        value = tidy(value) if shape in TIDY else value
        if value == "" and shape == "text":
            value = None
        old = look(node.data, path)
        if old == value and type(old) is type(value):
            return
        made = sum(look(node.data, path[:length]) is None for length in range(1, len(path)))
        if value is None and node.kind == "version" and path in KEEPS_NULL:
            node.data["legal"][path[1]] = None
        else:
            put(node.data, path, value, prune=WHOLE_WAY if shape in TIDY else prune)
        check_shape(node.kind, path[0], node.data.get(path[0]), value)
        opposite = {"do": "set", "node": self.address(node), "field": list(path), "value": old, "before": value}
        self.note(node, path, opposite | ({"prune": made} if made else {}))

    def insert_item(self, node: Node, path: Path, at: int, value: Any) -> None:
        """Puts an item without an id into a list; the list is made when missing."""
        made = sum(look(node.data, path[:length]) is None for length in range(1, len(path) + 1))
        if made:
            put(node.data, path, [], prune=0)
        items = look(node.data, path)
        if not isinstance(items, list):
            raise StepRefused(_("This cannot stand here."), value)
        at = max(0, min(at, len(items)))
        items.insert(at, value)
        check_shape(node.kind, path[0], node.data[path[0]], value)
        place = [*path, str(at)]
        opposite = {"do": "remove", "node": self.address(node), "field": place, "before": value, "prune": made}
        self.note(node, tuple(place), opposite)

    def take_item(self, node: Node, path: Path, prune: int = 0) -> None:
        """Removes an item from a list; an emptied list of texts goes with it."""
        items = look(node.data, path[:-1])
        at = place_in(items, path[-1]) if isinstance(items, list) else None
        if at is None:
            raise StepRefused(_("What you were changing has been removed meanwhile. Your text is kept."))
        value = items.pop(at)
        prune = WHOLE_WAY if SHAPES[node.kind].get(path[0]) in TIDY else prune
        if prune and not items:
            put(node.data, path[:-1], None, prune=prune - 1)
        address = self.address(node)
        self.note(node, path, {"do": "add", "node": address, "field": list(path[:-1]), "at": at, "value": value})

    # --- nodes --------------------------------------------------------------------------------------------------------

    def insert(self, kind: str, parent: str, at: int, value: Document) -> Node:
        """Puts a node (with what is below it) into its parent's list."""
        siblings = self.tree.children(parent, kind, value)
        siblings.insert(max(0, min(at, len(siblings))), value)
        node = Node(kind, value, parent, siblings)
        self.tree = Tree(self.document)
        self.note(node, (), {"do": "remove", "node": node.id, "before": value, "plain": True})
        return node

    def take(self, node: Node) -> None:
        """Removes a node with everything below it."""
        at = node.at
        del node.siblings[at]
        self.tree = Tree(self.document)
        opposite = {"do": "add", "kind": node.kind, "parent": node.parent, "at": at, "value": node.data, "plain": True}
        self.note(node, (), opposite)

    def move(self, node: Node, parent: str, at: int) -> None:
        """Puts a node into another place; `at` counts without the node itself."""
        old = node.at
        target = self.tree.children(parent, node.kind)
        del node.siblings[old]
        at = max(0, min(at, len(target)))
        target.insert(at, node.data)
        if target is not node.siblings or at != old:
            self.note(node, (), {"do": "move", "node": node.id, "parent": node.parent, "at": old})
        self.tree = Tree(self.document)

    def recode(self, node: Node, code: str) -> None:
        """Changes a node's code and nothing that names it."""
        old = node.code
        node.data["code"] = code
        step = {"do": "rename", "node": node.id, "code": old, "before": code, "plain": True}
        self.note(node, ("code",), step)

    def set_origins(self, node: Node, origins: list[str]) -> None:
        """Writes where a node came from, which no person sets."""
        old = node.data.get("origins")
        if (old or []) != origins:
            node.data["origins"] = origins
            self.note(node, ("origins",), {"do": "origins", "node": node.id, "value": old})

    def named(self, value: Document, kind: str) -> None:
        """Gives an added node and all below it ids that are free here. Raises StepRefused for one that is taken."""
        seen: set[str] = set()
        for node in inside(Node(kind, value)):
            try:
                node.data["id"] = str(UUID(node.data.get("id")))
            except (TypeError, ValueError, AttributeError):
                node.data["id"] = str(uuid4())
            if self.tree.find(node.data["id"]) or node.data["id"] in seen:
                raise StepRefused(_("This is here already."), value)
            seen.add(node.data["id"])

    def note(self, node: Node, path: Path, opposite: Document) -> None:
        self.undo.append(deepcopy(opposite))
        self.touched.append((self.address(node), path))
