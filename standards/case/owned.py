"""Packages that we once exported bring their pack along in `extensions["chuan"]`; what others changed since wins."""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from standards.case.exporting import BELOW, HOLDER, MARKED, identifier_of, mark
from standards.case.fields import OURS
from standards.case.normal import Json, Package
from standards.case.words import main_language, plain
from standards.packs_check import names

ALLOWED = {
    "standard": names.STANDARD | names.STANDARD_OPTIONAL,
    "criterion": names.CRITERION | names.CRITERION_OPTIONAL,
}
HEAD = (names.PACK | names.PACK_OPTIONAL) - {"standards", "$schema"}
NEEDED = names.PACK - {"standards"}


def ours_of(row: Json) -> Mapping[str, Any]:
    """What we once put beside an object; an empty object where it is not ours."""
    extensions = row.get("extensions")
    ours = extensions.get(OURS) if isinstance(extensions, Mapping) else None
    return ours if isinstance(ours, Mapping) else {}


def own_pack(document: Json) -> Json | None:
    """The pack without its tree, as we exported it; None for a document that is not ours or was damaged."""
    ours = ours_of(document)
    kept = ours.get("pack")
    if not isinstance(kept, Mapping) or not kept.keys() >= NEEDED or not isinstance(kept["title"], Mapping):
        return None
    pack = {name: deepcopy(value) for name, value in kept.items() if name in HEAD}
    title = document["title"]
    if title and _changed(ours, "title", title):
        pack["title"] = pack["title"] | {main_language(pack): plain(title)}
    return pack


def _changed(ours: Mapping[str, Any], name: str, value: Any) -> bool:
    seen = ours.get("seen")
    return isinstance(seen, Mapping) and name in seen and seen[name] != mark(value)


class OwnNodes:
    """The nodes of a package that are ours. False when there are none."""

    def __init__(self, package: Package, texts: Mapping[str, Mapping[str, str]]):
        self.texts = texts
        self.document = package.document
        self.pack = own_pack(package.document)
        self.nodes: dict[str, tuple[str, Mapping[str, Any], Mapping[str, Any]]] = {}
        for item in package.items if self.pack else ():
            ours = ours_of(item)
            kind, node = ours.get("kind"), ours.get("node")
            if (
                isinstance(kind, str)
                and kind in ALLOWED
                and isinstance(node, Mapping)
                and isinstance(node.get("code"), str)
            ):
                self.nodes[item["identifier"]] = (kind, node, ours)

    def __bool__(self) -> bool:
        return self.pack is not None

    def codes(self, kind: str) -> set[str]:
        """The codes that are taken."""
        holder = self.holder() if kind == "standard" else None
        own = {node["code"] for found, node, _ours in self.nodes.values() if found == kind}
        return own | ({holder["code"]} if holder else set())

    @property
    def numbers(self) -> list[int]:
        """The numbers of criteria that are taken."""
        numbers = [node.get("number") for kind, node, _ours in self.nodes.values() if kind == "criterion"]
        return [number for number in numbers if isinstance(number, int) and number < 30_000]

    def kind(self, item: Json) -> str:
        """What the item was with us, or nothing."""
        return self.nodes[item["identifier"]][0] if item["identifier"] in self.nodes else ""

    def holder(self) -> Json | None:
        """The standard that only holds criteria of the root, if we exported one."""
        node = ours_of(self.document).get("holder") if self.pack else None
        if not isinstance(node, Mapping) or not isinstance(node.get("code"), str):
            return None
        kept = {name: value for name, value in node.items() if name in ALLOWED["standard"] and name not in BELOW}
        return kept | {"extensions": {HOLDER: True}}

    def node(self, item: Json, kind: str, language: str) -> Json | None:
        """The node as we exported it with what was changed since; None for an item that is not ours."""
        if item["identifier"] not in self.nodes:
            return None
        _kind, node, ours = self.nodes[item["identifier"]]
        found = {name: deepcopy(value) for name, value in node.items() if name in ALLOWED[kind] and name not in BELOW}
        if identifier_of(str(self.pack["code"]), kind, found) != item["identifier"]:
            found["id"] = item["identifier"]
        changes = {name: item.get(name, "") for name in MARKED if _changed(ours, name, item.get(name, ""))}
        if changes:
            self.overlay(found, item, changes, language)
        for level, text in self.texts.get(item["identifier"], {}).items():
            if _changed(ours, f"level {level}", text):
                _put(found.setdefault("descriptors", {}), level, text, language)
        return found

    def overlay(self, found: Json, item: Json, changes: Mapping[str, str], language: str) -> None:
        """Puts changed fields into the node: the statement is the name, or the description beside a short form."""
        was_short = "abbreviatedStatement" in changes or item.get("abbreviatedStatement")
        if "abbreviatedStatement" in changes or ("fullStatement" in changes and was_short):
            _put(found, "name", item.get("abbreviatedStatement") or item["fullStatement"], language)
        if "fullStatement" in changes:
            _put(found, "description" if item.get("abbreviatedStatement") else "name", item["fullStatement"], language)
        if "notes" in changes and not item.get("abbreviatedStatement"):
            _put(found, "description", changes["notes"], language)
        if "alternativeLabel" in changes:
            _put(found, "alternative_name", changes["alternativeLabel"], language)


def _put(found: Any, name: str, text: str, language: str) -> None:
    """Sets one language of a localized text; an emptied text loses that language."""
    if not isinstance(found, dict):
        return
    texts = dict(found[name]) if isinstance(found.get(name), Mapping) else {}
    texts.pop(language, None)
    if text.strip():
        texts[language] = plain(text)
    if texts:
        found[name] = texts
    elif name != "name":
        found.pop(name, None)
