"""Giving something another code, and everything that names it with it."""

from copy import deepcopy
from typing import Any

from django.utils.translation import gettext as _

from standards.drafting.edit import Edit
from standards.drafting.errors import StepRefused
from standards.drafting.fields import CODE, look
from standards.drafting.follow import Renaming, told_by_level
from standards.drafting.nodes import Document, Node, Tree


def rename(edit: Edit, step: Document) -> None:
    """A new code for a node, or (`kind` result, scale, article or source, with `from`) for a name in the pack."""
    code = step.get("code")
    if not step.get("plain") and not (isinstance(code, str) and CODE.fullmatch(code)):
        raise StepRefused(_("A code has 1 to 40 letters, digits, dots, hyphens or underscores."), code)
    kind = step.get("kind")
    if kind in NAMES:
        old = step.get("from")
        known = NAMES[kind].codes(edit.document)
        if old not in known:
            raise StepRefused(_("What you were changing has been removed meanwhile. Your text is kept."), code)
        node, scale = None, ""
        taken = code in known
    else:
        node = edit.node(step.get("node"), code)
        if node.kind == "version":
            raise StepRefused(_("This is no step."), code)
        if "before" in step:
            edit.expect(node, ("code",), step["before"], code)
        kind, old, scale = node.kind, node.code, node.scale
        taken = code in edit.tree.codes(kind, scale)
    if code == old:
        return
    if step.get("plain"):
        edit.recode(node, code)
        return
    if taken:
        raise StepRefused(_("The code “%(code)s” is used already.") % {"code": code}, code)
    mark, original = len(edit.undo), deepcopy(edit.document)
    _everywhere(edit, node, Renaming.of(edit.tree, kind, old, code, scale))
    back = Edit(deepcopy(edit.document))
    back_node = back.node(node.id) if node else None
    _everywhere(back, back_node, Renaming.of(back.tree, kind, code, old, scale))
    if back.document == original:
        edit.undo[mark:] = [_opposite(step, node, old, code)]


def _opposite(step: Document, node: Node | None, old: str, code: str) -> Document:
    if node is None:
        return {"do": "rename", "node": "", "kind": step["kind"], "from": code, "code": old}
    return {"do": "rename", "node": node.id, "code": old, "before": code}


def _everywhere(edit: Edit, node: Node | None, change: Renaming) -> None:
    pack = edit.node("")
    if node is not None:
        edit.recode(node, change.new)
    else:
        NAMES[change.kind].recode(edit, change)
    edit.set(pack, ("rule",), change.rule(edit.document.get("rule")))
    for place, vector in enumerate(edit.document.get("vectors", [])):
        edit.set(pack, ("vectors", str(place)), change.vector(vector))
    if change.kind == "level":
        for owner, field in told_by_level(edit.tree, change.scale, change.old):
            told = look(owner.data, (field,))
            edit.set(owner, (field,), {change.code(level): text for level, text in told.items()})


class _Name:
    """A kind of code that is a name in the pack's own objects. `where`: the path of the object or list it is in."""

    def __init__(self, *where: str):
        self.where = where

    def codes(self, document: Document) -> list[Any]:
        """The codes in use."""
        return list(look(document, self.where) or {})

    def recode(self, edit: Edit, change: Renaming) -> None:
        """Changes the name, and the fields of nodes that use it."""
        edit.set(edit.node(""), self.where, self.changed(look(edit.document, self.where), change))
        if self.where[0] == "scales":
            edit.tree = Tree(edit.document)
        self.users(edit, change)

    def changed(self, held: Any, change: Renaming) -> Any:
        return {change.code(name): item for name, item in held.items()}

    def users(self, edit: Edit, change: Renaming) -> None:
        field = change.kind
        for node in edit.tree.of("standard" if field == "article" else "criterion"):
            if node.data.get(field) == change.old:
                edit.set(node, (field,), change.new)


class _Result(_Name):
    def codes(self, document: Document) -> list[Any]:
        return [item.get("code") for item in document.get("results", [])]

    def changed(self, held: Any, change: Renaming) -> Any:
        return [{**item, "code": change.code(item.get("code"))} for item in held]

    def users(self, edit: Edit, change: Renaming) -> None:
        """Rule and vectors alone use it."""


class _Source(_Name):
    def users(self, edit: Edit, change: Renaming) -> None:
        default = look(edit.document, ("provenance", "default")) or {}
        for name, source in default.items():
            edit.set(edit.node(""), ("provenance", "default", name), change.code(source))
        for node in (*edit.tree.of("standard"), *edit.tree.of("criterion")):
            for name, source in list(node.data.get("provenance", {}).items()):
                edit.set(node, ("provenance", name), change.code(source))


NAMES = {
    "result": _Result("results"),
    "scale": _Name("scales"),
    "article": _Name("legal", "articles"),
    "source": _Source("provenance", "sources"),
}
