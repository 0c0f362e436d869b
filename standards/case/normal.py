"""A foreign package in the form that CASE 1.1 wants, nothing lost: what CASE has no field for goes into `extensions`.

Addresses (`uri`) and moments of change that the source does not give stay away here; they are completed when the
objects are written and served.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.utils.translation import gettext as _

from standards.case.fields import ABOUT_PLACE, DEFINITIONS, FIELDS, LISTS, REQUIRED_TEXTS
from standards.case.values import READERS, UUID_TEXT, uuid_of
from standards.packs_check import Problem

Json = dict[str, Any]
INSIDE = {"CFRubricCriterion", "CFRubricCriterionLevel"}
INSTEAD = {"fullStatement": ("abbreviatedStatement", "humanCodingScheme"), "description": ("title",)}


@dataclass
class Package:
    """A package in CASE's form. `renamed` counts objects whose identifier was no UUID."""

    document: Json = field(default_factory=dict)
    items: list[Json] = field(default_factory=list)
    associations: list[Json] = field(default_factory=list)
    rubrics: list[Json] = field(default_factory=list)
    definitions: dict[str, list[Json]] = field(default_factory=dict)
    extensions: Json = field(default_factory=dict)
    definition_extensions: Json = field(default_factory=dict)
    renamed: int = 0

    def as_json(self) -> Json:
        """The object that CASE calls CFPackage, without what is empty."""
        definitions: Json = {name: rows for name, rows in self.definitions.items() if rows}
        if self.definition_extensions:
            definitions["extensions"] = self.definition_extensions
        parts = {
            "CFDocument": self.document,
            "CFItems": self.items,
            "CFAssociations": self.associations,
            "CFDefinitions": definitions,
            "CFRubrics": self.rubrics,
            "extensions": self.extensions,
        }
        return {name: part for name, part in parts.items() if part or name in {"CFItems", "CFAssociations"}}


class Normaliser:
    """Reads the parts of one package and collects its problems."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.renamed = 0

    def package(self, raw: Mapping[str, Any]) -> Package:
        """The whole package; `problems` says what could not be read."""
        package = Package(document=self.document(raw))
        known = {"CFDocument", "CFDefinitions", "extensions", *LISTS}
        package.extensions = self.leftovers(raw, known)
        definitions = raw.get("CFDefinitions")
        definitions = definitions if isinstance(definitions, Mapping) else {}
        package.definition_extensions = self.leftovers(definitions, {*DEFINITIONS, "extensions"})
        for name, kind in DEFINITIONS.items():
            rows = self.rows(definitions, name, kind, f"CFDefinitions.{name}")
            package.definitions[name] = self.once(rows, kind)
        package.items = [row for _place, row in self.rows(raw, "CFItems", "CFItem", "CFItems")]
        package.associations = self.once(self.rows(raw, "CFAssociations", "CFAssociation", "CFAssociations"), "")
        package.rubrics = self.once(self.rows(raw, "CFRubrics", "CFRubric", "CFRubrics"), "CFRubric")
        package.renamed = self.renamed
        return package

    def document(self, raw: Mapping[str, Any]) -> Json:
        given = raw.get("CFDocument")
        if isinstance(given, list) and len(given) == 1:
            given = given[0]
        given = unwrapped(given, "CFDocument")
        given = dict(given) if isinstance(given, Mapping) else {}
        if not any(given.get(name) for name in ("identifier", "sourcedId", "uri")):
            told = document_told(raw)
            given |= {"identifier": told.get("identifier") or told.get("uri")}
            given["title"] = given.get("title") or told.get("title")
        return self.object("CFDocument", given, "CFDocument")

    def leftovers(self, raw: Mapping[str, Any], known: set[str]) -> Json:
        """The extensions of a part, and beside them every field that CASE does not know."""
        given = raw.get("extensions")
        found = dict(given) if isinstance(given, Mapping) else {} if given in (None, [], "") else {"extensions": given}
        for name, value in raw.items():
            if name not in known and value is not None:
                found[free_name(name, found)] = value
        return found

    def rows(self, raw: Mapping[str, Any], name: str, kind: str, place: str) -> list[tuple[str, Json]]:
        """The objects of a list with their places; also from an object that holds them by identifier or wraps them."""
        given = raw.get(name)
        if isinstance(given, Mapping):
            given = given[name] if isinstance(given.get(name), list) else list(given.values())
        if given is None:
            return []
        if not isinstance(given, list):
            self.problems.append(Problem(place, _("This must be a list.")))
            return []
        found = []
        for index, item in enumerate(given):
            inner = unwrapped(item, kind)
            if inner is None:
                continue
            if not isinstance(inner, Mapping):
                self.problems.append(Problem(f"{place}[{index}]", _("This must be an object.")))
                continue
            found.append((f"{place}[{index}]", self.object(kind, inner, f"{place}[{index}]")))
        return found

    def object(self, kind: str, raw: Mapping[str, Any], place: str) -> Json:
        """One object: fields of CASE read, everything else under `extensions`."""
        fields, found, left = FIELDS[kind], {}, {}
        for name, value in raw.items():
            how = fields.get(name)
            if name == "extensions" or value is None or (how and value == "" and how != "text"):
                continue
            if name in ABOUT_PLACE and kind in {"CFDocument", "CFItem", "CFAssociation"}:
                continue
            if how in FIELDS:
                found[name] = self.once(self.rows(raw, name, how, f"{place}.{name}"), how)
            elif how is None or (read := READERS[how](value)) is None:
                left[name] = value
            else:
                found[name] = read
        self.identify(kind, raw, found, left, place)
        self.complete(kind, found)
        if extensions := self.extensions(kind, raw.get("extensions"), left):
            found["extensions"] = extensions
        return found

    def identify(self, kind: str, raw: Mapping[str, Any], found: Json, left: Json, place: str) -> None:
        """Gives an object the identifier it should have had: from `sourcedId`, from its address, or made of it."""
        given = raw.get("identifier") or raw.get("sourcedId") or raw.get("uri")
        if given is None or isinstance(given, dict | list):
            made = "/".join([kind, place, *(str(raw.get(name, "")) for name in ("title", "fullStatement"))])
            found["identifier"] = str(uuid5(NAMESPACE_URL, made))
            self.renamed += kind not in INSIDE
            return
        found["identifier"] = uuid_of(given)
        if isinstance(raw.get("identifier"), str) and not UUID_TEXT.fullmatch(raw["identifier"].strip()):
            left["identifier"] = raw["identifier"]
            self.renamed += 1

    def complete(self, kind: str, found: Json) -> None:
        """Fills required texts from the nearest text there is, else with nothing."""
        for name in REQUIRED_TEXTS.get(kind, ()):
            if not found.get(name):
                found[name] = next((found[other] for other in INSTEAD.get(name, ()) if found.get(other)), "")

    def extensions(self, kind: str, given: Any, left: Json) -> Any:
        """`extensions` with the leftovers of the object; a list for levels of rubrics, an object everywhere else."""
        if kind == "CFRubricCriterionLevel":
            items = given if isinstance(given, list) else [given] if given else []
            return [item if isinstance(item, Mapping) else {"value": item} for item in items] + ([left] if left else [])
        if isinstance(given, list) and len(given) == 1:
            given = given[0]
        found = dict(given) if isinstance(given, Mapping) else {"extensions": given} if given else {}
        for name, value in left.items():
            found[free_name(name, found)] = value
        return found

    def once(self, rows: list[tuple[str, Json]], kind: str) -> list[Json]:
        """The objects, each identifier once: an exact repetition is dropped, another object gets a name of its own."""
        seen: dict[str, Json] = {}
        for place, row in rows:
            name = row["identifier"]
            if name in seen and seen[name] == row:
                continue
            if name in seen:
                row["extensions"] = self.extensions(kind, row.get("extensions"), {"identifier": name})
                row["identifier"] = name = str(uuid5(NAMESPACE_URL, f"{name}/{place}"))
                self.renamed += 1
            seen[name] = row
        return list(seen.values())


def document_told(raw: Mapping[str, Any]) -> Mapping[str, Any]:
    """What the items and associations of a package say about their document, for packages that do not describe it."""
    for name in ("CFItems", "CFAssociations"):
        rows = raw.get(name)
        for row in rows if isinstance(rows, list) else ():
            for place in ("CFDocumentURI", "destinationNodeURI"):
                link = row.get(place) if isinstance(row, Mapping) else None
                if isinstance(link, Mapping) and (place in ABOUT_PLACE or "/CFDocuments/" in str(link.get("uri"))):
                    return link
    return {}


def unwrapped(value: Any, kind: str) -> Any:
    """{"CFItem": {…}} as {…}; anything else as it is."""
    if isinstance(value, Mapping) and len(value) == 1 and isinstance(value.get(kind), Mapping):
        return value[kind]
    return value


def free_name(name: str, taken: Mapping[str, Any]) -> str:
    """`name`, or `name_` where that is taken."""
    while name in taken:
        name += "_"
    return name
