"""Writing the objects of a published version: once, inside the transaction that publishes it."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from django.db import connection, transaction

from standards.case.exporting import identifier_of, own_fields
from standards.case.fields import FIELDS
from standards.case.merging import merged_package
from standards.case.normal import Json, Package
from standards.case.queries import existing_items, versions_without_objects
from standards.enums import CaseKind
from standards.identity import node_id
from standards.models import CaseObject, FrameworkVersion
from standards.queries import pack_of

COPY = "COPY standards_caseobject (version_id, kind, identifier, position, data) FROM STDIN"
BESIDE = "package"  # in the document's row: what belongs to the package and to no object of it


def write_objects(version: FrameworkVersion, pack: Mapping[str, Any], case: Mapping[str, Any] | None = None) -> int:
    """Writes every object of the version's package; answers how many. At most three queries.

    `case` is the package that the pack was read from: everything in it is given out again. The moment of change of
    objects that bring none is that of publication.
    """
    rows = rows_of(version, pack, case)
    with (
        connection.cursor() as cursor,
        cursor.copy(COPY) as copy,
    ):  # INSERT spends longer on quoting JSON than on writing
        for row in rows:
            data = json.dumps(row.data, ensure_ascii=False)
            copy.write_row((version.pk, str(row.kind), str(row.identifier), row.position, data))
    return len(rows)


def rows_of(
    version: FrameworkVersion, pack: Mapping[str, Any], case: Mapping[str, Any] | None = None
) -> list[CaseObject]:
    """The objects of a version, not yet written."""
    package = merged_package(pack, case)
    package.associations = [*package.associations, *replacements(package, pack)]
    moment = (version.published_at or version.created_at).isoformat(timespec="seconds")
    return [
        CaseObject(
            version=version, kind=kind, identifier=data["identifier"], position=position, data=dated(kind, data, moment)
        )
        for position, (kind, data) in enumerate(objects(package))
    ]


def objects(package: Package) -> Iterator[tuple[str, Json]]:
    """Every object of a package with its kind, in order; the document first and with what belongs to none."""
    beside = {"extensions": package.extensions, "definitions": package.definition_extensions}
    beside = {name: value for name, value in beside.items() if value}
    yield CaseKind.DOCUMENT, package.document | ({BESIDE: beside} if beside else {})
    for item in package.items:
        yield CaseKind.ITEM, item
    for association in package.associations:
        yield CaseKind.ASSOCIATION, association
    for name, rows in package.definitions.items():
        for row in rows:
            yield CaseKind(name.removesuffix("s")), row
    for rubric in package.rubrics:
        yield CaseKind.RUBRIC, rubric


def dated(kind: str, data: Json, moment: str) -> Json:
    """The object and those inside it with a moment of change."""
    result = {"lastChangeDateTime": moment} | data
    for name, how in FIELDS[kind].items():
        if how in FIELDS and name in data:
            result[name] = [dated(how, row, moment) for row in data[name]]
    return result


def replacements(package: Package, pack: Mapping[str, Any]) -> list[Json]:
    """replacedBy, from items of earlier versions known here to the items that came of them."""
    known = {item["identifier"]: item for item in package.items}
    pairs = [
        (origin, identifier)
        for identifier, node in _nodes(pack)
        if identifier in known and isinstance(node.get("origins"), list)
        for origin in node["origins"]
        if isinstance(origin, str) and origin != identifier
    ]
    existing = existing_items({origin for origin, _identifier in pairs}) if pairs else {}
    there = {row["identifier"] for row in package.associations}
    found = []
    for origin, identifier in pairs:
        name = str(node_id(str(pack["code"]), "replacedBy", f"{origin}/{identifier}"))
        if origin in existing and name not in there:
            title = known[identifier].get("humanCodingScheme") or known[identifier]["fullStatement"]
            found.append(
                {
                    "identifier": name,
                    "associationType": "replacedBy",
                    "originNodeURI": {"title": existing[origin], "identifier": origin},
                    "destinationNodeURI": {"title": title, "identifier": identifier},
                }
            )
    return found


def _nodes(pack: Mapping[str, Any]) -> Iterator[tuple[str, Json]]:
    """Every node of a pack with the identifier of its item."""
    waiting = [("standard", node) for node in pack["standards"]]
    while waiting:
        kind, node = waiting.pop()
        yield identifier_of(str(pack["code"]), kind, node), own_fields(node)
        waiting += [("criterion", below) for below in node.get("criteria") or ()]
        waiting += [("standard", below) for below in node.get("standards") or ()]


@transaction.atomic
def backfill() -> int:
    """Writes the objects of versions that were published before there were any; answers how many versions."""
    versions = versions_without_objects()
    for version in versions:
        draft = getattr(version, "draft", None)
        write_objects(version, pack_of(version), draft.case if draft else None)
    return len(versions)
