"""The verbs of steps."""

from copy import deepcopy
from typing import Any

from django.utils.translation import gettext as _

from standards.drafting import follow
from standards.drafting.edit import Edit
from standards.drafting.errors import Clash, StepRefused
from standards.drafting.fields import STRUCTURE, look, path_of, same, same_in
from standards.drafting.ids import shape_node, shape_scale
from standards.drafting.nodes import Document, Node, free_code, inside
from standards.drafting.renaming import rename

FIRST_CODES = {"standard": "S0", "criterion": "TC00", "level": "L0"}
FIELD_OF = {"example": "examples", "vector": "vectors"}


def set_field(edit: Edit, step: Document) -> None:
    """Writes one field of a node."""
    value = step.get("value")
    node = edit.node(step.get("node"), value)
    path = path_of(step.get("field"))
    if path == ("code",) and node.kind != "version":
        rename(edit, {**step, "code": value})
        return
    if path[0] in STRUCTURE and (node.kind, path) != ("version", ("code",)):
        raise StepRefused(_("There is no field “%(name)s” here.") % {"name": path[0]}, value)
    if path[0] == "scales":
        _check_scale(path, value)
    if same_in(node.kind, path[0], look(node.data, path), value):
        return
    edit.expect(node, path, step.get("before"), value)
    edit.set(node, path, value, _whole(step.get("prune")))
    if path[0] == "scales":
        edit.tree = type(edit.tree)(edit.document)


def _check_scale(path: tuple[str, ...], value: Any) -> None:
    """Scales are set whole or field by field; their levels are nodes and get their ids here."""
    if path[2:3] == ("levels",):
        raise StepRefused(_("This is not what the field “%(name)s” holds.") % {"name": "scales"}, value)
    scales = {1: value or {}, 2: {path[-1]: value}}.get(len(path), {})
    if not isinstance(scales, dict):
        raise StepRefused(_("This is not what the field “%(name)s” holds.") % {"name": "scales"}, value)
    for scale in scales.values():
        shape_scale(scale, value)


def add(edit: Edit, step: Document) -> None:
    """Adds a node, an example, a golden vector, or any item of a list (`node` and `field`)."""
    value, kind = step.get("value"), step.get("kind")
    at = _whole(step.get("at", 10**6))
    if "field" in step or kind in FIELD_OF:
        owner = edit.node(step.get("node" if "field" in step else "parent", ""), value)
        path = path_of(step["field"]) if "field" in step else (FIELD_OF[kind],)
        if kind == "example":
            value = value if isinstance(value, dict) else {}
            path, value = (*path, str(value.get("level", ""))), value.get("text")
        if path[0] in STRUCTURE:
            raise StepRefused(_("This cannot stand here."), value)
        edit.insert_item(owner, path, at, value)
        return
    if kind not in FIRST_CODES or not isinstance(value or {}, dict):
        raise StepRefused(_("This is no step."), value)
    value = deepcopy(value or {})
    edit.named(value, kind)
    if not step.get("plain"):
        shape_node(value, kind)
        _complete(edit, value, kind, str(step.get("parent") or ""))
    edit.insert(kind, str(step.get("parent") or ""), at, value)


def _complete(edit: Edit, value: Document, kind: str, parent: str) -> None:
    """Codes and numbers that follow those in use, where none are given. Raises StepRefused for codes in use."""
    numbers = {node.data.get("number", 0) for node in edit.tree.of("criterion")}
    for node in inside(Node(kind, value, parent)):
        taken = edit.tree.codes(node.kind, node.scale)
        if node.code in taken:
            raise StepRefused(_("The code “%(code)s” is used already.") % {"code": node.code}, value)
        if not node.code:
            last = [
                other.code for other in edit.tree.of(node.kind) if node.kind != "level" or other.scale == node.scale
            ]
            node.data["code"] = free_code(last[-1] if last else FIRST_CODES[node.kind], taken)
        if node.kind == "criterion" and not node.data.get("number"):
            node.data["number"] = max(numbers, default=0) + 1
            numbers.add(node.data["number"])


def remove(edit: Edit, step: Document) -> None:
    """Removes a node with all below it, or an item of a list (`field`). What only spoke of it goes too."""
    node = edit.node(step.get("node"))
    if "field" in step:
        path = path_of(step["field"])
        if path[0] in STRUCTURE:
            raise StepRefused(_("This cannot be removed like that."))
        edit.expect(node, path, step.get("before"))
        edit.take_item(node, path, _whole(step.get("prune")))
        return
    if node.kind == "version":
        raise StepRefused(_("This cannot be removed like that."))
    if "before" in step and not same(node.data, step["before"]):
        raise Clash(node.id, (), node.data)
    if not step.get("plain"):
        for gone in inside(node):
            if gone.kind == "criterion":
                _vectors(edit, lambda vector, code=gone.code: follow.without_criterion(vector, code))
            elif gone.kind == "level":
                for owner, field in follow.told_by_level(edit.tree, gone.scale, gone.code):
                    edit.set(owner, (field, gone.code), None)
    edit.take(node)


def move(edit: Edit, step: Document) -> None:
    """Moves a node to another place or parent; levels stay in their scale."""
    node = edit.node(step.get("node"))
    parent = step.get("parent", node.parent)
    parent = "" if parent == edit.document.get("id") else parent
    if node.kind == "version" or not isinstance(parent, str) or (node.kind == "level" and parent != node.parent):
        raise StepRefused(_("This cannot stand here."))
    if parent in {below.id for below in inside(node)}:
        raise StepRefused(_("A standard cannot become part of itself."))
    edit.move(node, parent, _whole(step.get("at", 10**6)))


def renumber(edit: Edit, step: Document) -> None:
    """Numbers the criteria 1, 2, 3 … in reading order."""
    for number, node in enumerate(edit.tree.of("criterion"), start=1):
        edit.set(node, ("number",), number)


def split(edit: Edit, step: Document) -> None:
    """Makes a second criterion of the same origin after a criterion, with the same texts to start from. Rules and
    golden examples that name the one name both."""
    node = edit.node(step.get("node"))
    if node.kind != "criterion":
        raise StepRefused(_("Only criteria are split. Add a standard and move criteria into it."))
    twin = {name: deepcopy(value) for name, value in node.data.items() if name not in {"id", "code", "number", "label"}}
    if isinstance(code := step.get("code"), str):
        twin["code"] = code
    edit.named(twin, "criterion")
    _complete(edit, twin, "criterion", node.parent)
    edit.insert("criterion", node.parent, node.at + 1, twin)
    _rule(edit, follow.twinned(edit.document.get("rule"), node.code, twin["code"]))
    _vectors(edit, lambda vector: follow.like(vector, node.code, twin["code"]))


def merge(edit: Edit, step: Document) -> None:
    """Makes one criterion of several: the first stays, with all their origins and all their texts."""
    ids = step.get("nodes")
    nodes = [edit.node(id) for id in dict.fromkeys(ids)] if isinstance(ids, list) and _strings(ids) else []
    if len(nodes) < 2 or any(node.kind != "criterion" for node in nodes):
        raise StepRefused(_("Choose two or more criteria to merge."))
    first, *others = nodes
    if any(node.scale != first.scale for node in others):
        raise StepRefused(_("These criteria are rated on different scales."))
    for field in ("name", "alternative_name", "description", "descriptors"):
        edit.set(first, (field,), _joined([node.data.get(field) for node in nodes], "; " if "name" in field else "\n"))
    edit.set(first, ("examples",), _gathered([node.data.get("examples", {}) for node in nodes]))
    if any(node.data.get("key") for node in nodes):
        edit.set(first, ("key",), True)
    edit.set_origins(first, list(dict.fromkeys(id for node in nodes for id in node.data.get("origins", []))))
    codes = {node.code for node in others}
    _rule(edit, follow.merged(edit.document.get("rule"), first.code, codes))
    for code in codes:
        _vectors(edit, lambda vector, code=code: follow.without_criterion(vector, code))
    for node in others:
        edit.take(edit.node(node.id))


def origins(edit: Edit, step: Document) -> None:
    """Where a node came from, as it was before a merge."""
    edit.set_origins(edit.node(step.get("node")), step.get("value"))


def _joined(texts: list[Any], glue: str) -> Any:
    """Texts of the same shape one after the other, language by language; what is said twice stands once."""
    texts = [text for text in texts if text]
    if texts and isinstance(texts[0], dict):
        names = dict.fromkeys(name for text in texts for name in text)
        return {name: _joined([text.get(name) for text in texts], glue) for name in names}
    return glue.join(dict.fromkeys(texts)) or None


def _gathered(examples: list[Document]) -> Document:
    """Lists of examples by level, one after the other."""
    levels = dict.fromkeys(level for item in examples for level in item)
    found: Document = {}
    for level in levels:
        found[level] = []
        for text in (text for item in examples for text in item.get(level, ())):
            if text not in found[level]:
                found[level].append(text)
    return found


def _rule(edit: Edit, rule: Any) -> None:
    edit.set(edit.node(""), ("rule",), rule)


def _vectors(edit: Edit, change: follow.Change) -> None:
    """Changes the golden examples, each where it stands."""
    for place, vector in enumerate(edit.document.get("vectors", [])):
        edit.set(edit.node(""), ("vectors", str(place)), change(vector))


def _whole(value: Any) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) else 0


def _strings(values: list[Any]) -> bool:
    return all(isinstance(value, str) for value in values)
