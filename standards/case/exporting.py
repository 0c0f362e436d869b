"""From a pack to a package: pure, the same pack always gives the same objects.

Every CFItem carries its whole node, and the CFDocument everything else of the pack, under `extensions["chuan"]`;
CASE's own fields say the same in the framework's main language. `seen` are marks of those fields: an importer tells by
them what somebody else has changed since. Addresses and moments of change are completed when objects are written and
served.
"""

from collections.abc import Iterator, Mapping
from typing import Any
from zlib import crc32

from standards.case.fields import CHILD, OURS
from standards.case.normal import Json, Package
from standards.case.values import number_of
from standards.case.words import main_language, told, words
from standards.identity import node_id

BELOW = ("standards", "criteria")
HOLDER = "case_holder"  # a standard that exists only to hold criteria that stand at the root of a foreign package
TYPES = {
    "vi": {"standard": "Tiêu chuẩn", "criterion": "Tiêu chí"},
    "en": {"standard": "Standard", "criterion": "Criterion"},
    "th": {"standard": "มาตรฐาน", "criterion": "ตัวบ่งชี้"},
    "ru": {"standard": "Стандарт", "criterion": "Критерий"},
}
MARKED = ("fullStatement", "abbreviatedStatement", "alternativeLabel", "notes")


def package_of(pack: Mapping[str, Any], *, child_of: Mapping[str, str] | None = None) -> Package:
    """The package of a pack. `child_of`: identifiers that isChildOf associations already have, by their child's."""
    return _Exporter(pack, child_of or {}).package()


def document_of(pack: Mapping[str, Any]) -> Json:
    """The CFDocument of a pack alone."""
    exporter = _Exporter(pack, {})
    document = exporter.document()
    exporter.hold(document)
    return document


def document_id(pack: Mapping[str, Any]) -> str:
    """The identifier of the pack's CFDocument."""
    return str(pack.get("id") or node_id(str(pack["code"]), "version", str(pack["code"])))


def identifier_of(pack_code: str, kind: str, node: Mapping[str, Any]) -> str:
    """The identifier of a node's CFItem."""
    return str(node.get("id") or node_id(pack_code, kind, str(node["code"])))


def mark(text: Any) -> str:
    """What `seen` keeps of a field."""
    return f"{crc32(str(text or '').encode()):08x}"


def is_holder(node: Mapping[str, Any]) -> bool:
    """Whether a root standard was made only to hold criteria, so that CASE need not see it."""
    extensions = node.get("extensions")
    return isinstance(extensions, Mapping) and extensions.get(HOLDER) is True


def own_fields(node: Mapping[str, Any]) -> Json:
    """A node without what is below it."""
    return {name: value for name, value in node.items() if name not in BELOW}


def is_statement(pack: Mapping[str, Any], node: Mapping[str, Any], kind: str) -> bool:
    """Whether the node's description is the statement itself (and its name a short form), not our summary of it."""
    provenance = pack.get("provenance")
    if not isinstance(provenance, Mapping) or not isinstance(provenance.get("sources"), Mapping):
        return False
    default, own = provenance.get("default"), node.get("provenance")
    code = own.get("description") if isinstance(own, Mapping) else None
    if code is None and isinstance(default, Mapping):
        code = default.get(
            "criterion_description" if kind == "criterion" else "description", default.get("description")
        )
    source = provenance["sources"].get(code) if isinstance(code, str) else None
    return isinstance(source, Mapping) and source.get("status") not in {"summary", "illustrative"}


class _Exporter:
    def __init__(self, pack: Mapping[str, Any], child_of: Mapping[str, str]):
        self.pack = pack
        self.child_of = child_of
        self.code = str(pack["code"])
        self.language = main_language(pack)
        self.types = TYPES.get(self.language, TYPES["en"])
        self.result = Package()
        self.rows: list[Json] = []

    def package(self) -> Package:
        package, pack = self.result, self.pack
        package.document = self.document()
        holder = self.hold(package.document)
        order = 0
        for node in pack.get("standards", ()):
            for kind, child in self.below(node) if node is holder else [("standard", node)]:
                order += 1
                self.node(kind, child, package.document, order, "")
        used = {item["CFItemType"] for item in package.items}
        package.definitions["CFItemTypes"] = [
            {
                "identifier": self.name("item-type", kind),
                "title": title,
                "description": title,
                "hierarchyCode": str(place),
                "typeCode": kind,
            }
            for place, (kind, title) in enumerate(self.types.items(), start=1)
            if title in used
        ]
        if self.rows:
            package.rubrics = [self.rubric()]
        return package

    def hold(self, document: Json) -> Mapping[str, Any] | None:
        """The first holder of the pack, put beside its document."""
        holder = next((node for node in self.pack.get("standards", ()) if is_holder(node)), None)
        if holder is not None:
            document["extensions"][OURS]["holder"] = own_fields(holder)
        return holder

    def name(self, kind: str, code: str) -> str:
        return str(node_id(self.code, kind, code))

    def text(self, value: Any) -> str:
        return words(value, self.language)

    def document(self) -> Json:
        pack = self.pack
        legal = pack["legal"] if isinstance(pack.get("legal"), Mapping) else {}
        title = self.text(pack.get("title")) or self.code
        kept = {name: value for name, value in pack.items() if name not in {"standards", "$schema"}}
        days = pack.get("precision") != "year"  # CASE knows whole dates only
        fields = {
            "identifier": document_id(pack),
            "caseVersion": "1.1",
            "creator": self.text(legal.get("name")) or title,
            "title": title,
            "description": self.text(pack.get("audience")),
            "language": self.language,
            "version": str(legal.get("number") or ""),
            "statusStartDate": pack.get("valid_from") if days else None,
            "statusEndDate": pack.get("valid_to") if days else None,
            "extensions": {OURS: {"format": 1, "pack": kept, "seen": {"title": mark(title)}}},
        }
        return {name: value for name, value in fields.items() if value}

    def below(self, node: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
        for criterion in node.get("criteria") or ():
            yield "criterion", criterion
        for standard in node.get("standards") or ():
            yield "standard", standard

    def node(self, kind: str, node: Mapping[str, Any], parent: Json, order: int, category: str) -> None:
        identifier = identifier_of(self.code, kind, node)
        item = self.item(kind, node, identifier)
        self.result.items.append(item)
        self.result.associations.append(
            {
                "identifier": self.child_of.get(identifier) or self.name(CHILD, identifier),
                "associationType": CHILD,
                "sequenceNumber": order,
                "originNodeURI": link(item),
                "destinationNodeURI": link(parent),
            }
        )
        self.row(node, item, category)
        for place, (below_kind, below) in enumerate(self.below(node), start=1):
            self.node(below_kind, below, item, place, item["fullStatement"])

    def item(self, kind: str, node: Mapping[str, Any], identifier: str) -> Json:
        name, language = told(node.get("name"), self.language)
        description, other = told(node.get("description"), self.language)
        name = name or str(node["code"])
        statement = bool(description) and is_statement(self.pack, node, kind)
        label = node.get("label") or (str(node.get("number") or "") if kind == "criterion" else "")
        fields = {
            "identifier": identifier,
            "fullStatement": description if statement else name,
            "abbreviatedStatement": name if statement else "",
            "alternativeLabel": self.text(node.get("alternative_name")),
            "CFItemType": self.types[kind],
            "CFItemTypeURI": {"title": self.types[kind], "identifier": self.name("item-type", kind)},
            "humanCodingScheme": str(node["code"]),
            "listEnumeration": label,
            "language": other if statement else language,
            "notes": "" if statement else description,
        }
        seen = {name: mark(fields[name]) for name in MARKED}
        fields["extensions"] = {OURS: {"kind": kind, "node": own_fields(node), "seen": seen}}
        return {name: value for name, value in fields.items() if value}

    # --- rubrics --------------------------------------------------------------------------------------------------

    def row(self, node: Mapping[str, Any], item: Json, category: str) -> None:
        """A CFRubricCriterion for a node that is judged by levels or has texts for them."""
        levels, texts = levels_of(self.pack, node), node.get("descriptors") or {}
        if not levels or not (texts or "number" in node):
            return
        identifier = self.name("rubric-criterion", item["identifier"])
        seen = item["extensions"][OURS]["seen"]
        rows = []
        for place, level in enumerate(levels, start=1):
            text = self.text(texts.get(level["code"]))
            seen[f"level {level['code']}"] = mark(text)
            score = number_of(level.get("points")) if level.get("points") else None
            fields = {
                "identifier": self.name("rubric-level", f"{item['identifier']}/{level['code']}"),
                "description": text,
                "quality": self.text(level.get("name")),
                "score": place if score is None else score,
                "position": place,
                "rubricCriterionId": identifier,
                "extensions": [{OURS: {"level": level["code"]}}],
            }
            rows.append({name: value for name, value in fields.items() if value != ""})
        row = {
            "identifier": identifier,
            "category": category,
            "description": item.get("abbreviatedStatement") or item["fullStatement"],
            "CFItemURI": link(item),
            "position": len(self.rows) + 1,
            "rubricId": self.name("rubric", "levels"),
            "CFRubricCriterionLevels": rows,
        }
        self.rows.append({name: value for name, value in row.items() if value != ""})

    def rubric(self) -> Json:
        return {
            "identifier": self.name("rubric", "levels"),
            "title": self.result.document["title"],
            "CFRubricCriteria": self.rows,
        }


def levels_of(pack: Mapping[str, Any], node: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The levels that a node is judged by, lowest first; none where it is judged by a score."""
    scale = node.get("scale")
    if scale:
        scales = pack.get("scales")
        found = scales.get(scale) if isinstance(scales, Mapping) else None
        levels = found.get("levels") if isinstance(found, Mapping) else None
    else:
        levels = pack.get("levels")
    return [level for level in levels or () if isinstance(level, Mapping) and "code" in level]


def link(target: Json) -> Json:
    """A link to an item or the document, without an address."""
    title = target.get("humanCodingScheme") or target.get("title") or target["fullStatement"]
    return {"title": title, "identifier": target["identifier"]}
