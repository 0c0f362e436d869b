"""Documents to begin a draft with: every node named, every place where a step may write of the right shape."""

from collections.abc import Collection
from copy import deepcopy
from typing import Any
from uuid import UUID, uuid4

from django.utils.translation import gettext as _

from standards.drafting.errors import StepRefused
from standards.drafting.fields import SHAPES, TIDY, check_shape, clean, tidy
from standards.drafting.nodes import Document, Node, walk
from standards.identity import node_id

LISTS = {  # lists that every such node has, and what is in them
    "version": {"levels": "level", "standards": "standard", "vectors": ""},
    "standard": {"criteria": "criterion", "standards": "standard"},
}
HAVE_ORIGINS = ("standard", "criterion")
ENDING = ("repealed_by", "repealed_from", "status_note")


def prepared(content: Any, *, taken: Collection[str] = ()) -> Document:
    """A copy of a pack in which every node has an id of its own.

    Ids that are `taken` (another version's) give way to new ones and become origins. Raises StepRefused for what is
    no tree of objects, or has a field of a shape that no page could show.
    """
    document = clean(content)
    if not isinstance(document, dict):
        raise StepRefused(_("A pack is one JSON object."))
    document.pop("$schema", None)
    _shaped(document, "version")
    if isinstance(document.get("legal"), dict):
        document["legal"] = {"issued": None, "effective": None} | document["legal"]
    seen = set(taken)
    for node in (Node("version", document), *walk(document)):
        old = _uuid(node.data.get("id"))
        if not old or old in seen:
            node.data["id"] = str(uuid4())
            if old and old in taken and node.kind in HAVE_ORIGINS:
                node.data["origins"] = [old]
        else:
            node.data["id"] = old
        seen.add(node.data["id"])
    return document


def copied(pack: Document, *, code: str) -> Document:
    """A new version's document made from a published pack: new ids, `origins` that lead back, no end."""
    document = deepcopy(dict(pack))
    old_code = document["code"]
    for node in (Node("version", document), *walk(document)):
        if node.kind in HAVE_ORIGINS:
            node.data["origins"] = [identity(old_code, node)]
        node.data.pop("id", None)
    for item in (*document.get("scales", {}).values(), *document.get("results", ())):
        item.pop("id", None)
    document["code"] = code
    document["legal"] = {name: value for name, value in document["legal"].items() if name not in ENDING}
    document.pop("valid_to", None)
    return prepared(document)


def identity(version_code: str, node: Node) -> str:
    """A node's own id, or the one its codes give it."""
    own = _uuid(node.data.get("id"))
    code = f"{node.scale}/{node.code}" if node.kind == "level" and node.scale else node.code
    return own or str(node_id(version_code, node.kind, code))


def blank(*, code: str, title: dict[str, str], framework: Document, **fields: Any) -> Document:
    """The smallest document to begin with. `fields` are further fields of a pack and replace what is given here."""
    kinds = ("level", "standard", "description", "name", "descriptors", "examples", "rule")
    source = {
        "vi": "Do cơ quan soạn nhập; chưa đối chiếu với văn bản chính thức.",
        "en": "Entered by the office; not compared with the official text.",
    }
    return prepared(
        {
            "format": 1,
            "code": code,
            "framework": framework,
            "title": title,
            "legal": {"number": "", "name": {}, "issued": None, "effective": None},
            "levels": [],
            "standards": [],
            "rule": {"kind": "none"},
            "provenance": {
                "sources": {"entered": {"status": "unverified", "text": source}},
                "default": dict.fromkeys(kinds, "entered"),
            },
        }
        | fields
    )


def _shaped(data: Document, kind: str) -> None:
    """Lists where lists are walked, the right shape in every field, nothing empty in texts. Goes down the tree."""
    for name, below in LISTS.get(kind, {}).items():
        for item in _objects(data, name):
            if below:
                shape_node(item, below)
    for name in SHAPES.get(kind, {}).keys() & data.keys():
        check_shape(kind, name, data[name])
        data[name] = tidy(data[name]) if SHAPES[kind][name] in TIDY else data[name]
        if data[name] is None:
            del data[name]
    for scale in data.get("scales", {}).values() if kind == "version" else ():
        shape_scale(scale)


def shape_scale(scale: Any, given: Any = None) -> None:
    """Brings a scale into shape and gives its levels ids. None is no scale and all right."""
    if scale is not None and not isinstance(scale, dict):
        raise StepRefused(_("This is not what the field “%(name)s” holds.") % {"name": "scales"}, given)
    for level in _objects(scale, "levels") if scale and "levels" in scale else ():
        shape_node(level, "level")
        level["id"] = _uuid(level.get("id")) or str(uuid4())


def _objects(data: Document, name: str) -> list[Document]:
    """The list of objects called `name`, made where there is none."""
    items = data[name] = [] if data.get(name) is None else data[name]
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise StepRefused(_("“%(name)s” must be a list of objects.") % {"name": name})
    return items


def shape_node(data: Document, kind: str) -> None:
    """Brings a node and what is below it into the shape that steps rely on. Raises StepRefused where that cannot be."""
    code = data.get("code")
    if code is not None and not isinstance(code, str):
        data["code"] = str(code)
    origins = data.get("origins")
    if origins is not None:
        data["origins"] = [known for origin in origins if (known := _uuid(origin))] if isinstance(origins, list) else []
    _shaped(data, kind)


def _uuid(value: Any) -> str:
    try:
        return str(UUID(value)) if isinstance(value, str) else ""
    except ValueError:
        return ""
