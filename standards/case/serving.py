"""Objects as they leave this server: addresses completed, the state of their version as it is today."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from standards.case.fields import DEFINITIONS, FIELDS, LISTS, OURS, PATHS, TARGETS
from standards.case.normal import Json
from standards.case.objects import BESIDE
from standards.case.ties import Tie
from standards.enums import CaseKind, Precision, VersionStatus
from standards.models import CaseObject, FrameworkVersion

ADOPTED, DEPRECATED = "Adopted", "Deprecated"
STATUSES = {VersionStatus.DRAFT: "Draft", VersionStatus.RETIRED: DEPRECATED}


def base_address(request: HttpRequest | None = None) -> str:
    """Where this server answers CASE, with a slash at the end: at SITE_URL; while that is only a loopback address, as on
    a machine for trying, where `request` came in."""
    here = urlsplit(settings.SITE_URL).hostname in {"127.0.0.1", "localhost", "::1"}
    site = f"{request.scheme}://{request.get_host()}" if request and here else settings.SITE_URL
    return site + reverse("case:documents").removesuffix("CFDocuments")


def served(row: CaseObject, base: str, *, document: CaseObject | None = None) -> Json:
    """One object alone, with the links to what it stands in; `document` is its version's (not needed for a document)."""
    if row.kind == CaseKind.DOCUMENT:
        return _alone(CaseKind.DOCUMENT, document_now(row), row, base)
    return _alone(row.kind, row.data, document, base)


def listed(row: CaseObject, base: str) -> Json:
    """A document in a list of many: without the head of its pack, which stands in the document alone."""
    data = served(row, base)
    if OURS in data.get("extensions", {}):
        data["extensions"] = {name: value for name, value in data["extensions"].items() if name != OURS}
    return data


def served_tie(tie: Tie, document: CaseObject | None, base: str) -> Json:
    """The association of a mapping's link, alone."""
    return _alone(CaseKind.ASSOCIATION, tie_data(tie), document, base)


def tie_data(tie: Tie) -> Json:
    """A mapping's association; it changed when its mapping did."""
    return tie.data | {"lastChangeDateTime": tie.changed.isoformat(timespec="seconds")}


def _alone(kind: str, data: Mapping[str, Any], document: CaseObject | None, base: str) -> Json:
    name = str(document.identifier) if document else ""
    result = completed(kind, data, name, base)
    if document and kind in {CaseKind.DOCUMENT, CaseKind.ITEM, CaseKind.ASSOCIATION}:
        field, target = ("CFPackageURI", "CFPackage") if kind == CaseKind.DOCUMENT else ("CFDocumentURI", "CFDocument")
        result[field] = {
            "title": document.data["title"],
            "identifier": name,
            "uri": f"{base}{PATHS[target]}/{name}",
        }
    return result


def served_package(rows: Iterable[CaseObject], base: str, ties: Iterable[Tie] = ()) -> Json:
    """The CFPackage of the objects of one version and the mappings that begin in it."""
    rows = list(rows)
    document = next(row for row in rows if row.kind == CaseKind.DOCUMENT)
    name = str(document.identifier)
    parts: dict[str, list[Json]] = {}
    for row in rows:
        data = document_now(row) if row is document else row.data
        parts.setdefault(row.kind, []).append(completed(row.kind, data, name, base))
    parts.setdefault(CaseKind.ASSOCIATION, []).extend(
        completed(CaseKind.ASSOCIATION, tie_data(tie), name, base) for tie in ties
    )
    beside = document.data.get(BESIDE, {})
    definitions: Json = {field: parts[kind] for field, kind in DEFINITIONS.items() if kind in parts}
    if beside.get("definitions"):
        definitions["extensions"] = beside["definitions"]
    package: Json = {"CFDocument": parts[CaseKind.DOCUMENT][0]}
    package |= {field: parts.get(kind, []) for field, kind in LISTS.items() if kind in parts or field != "CFRubrics"}
    if definitions:
        package["CFDefinitions"] = definitions
    if beside.get("extensions"):
        package["extensions"] = beside["extensions"]
    return package


def document_now(row: CaseObject) -> Json:
    """A document with what may change after publication: whether it is still law, and since when no more."""
    version: FrameworkVersion = row.version
    data = {name: value for name, value in row.data.items() if name != BESIDE}
    data["adoptionStatus"] = adoption_status(row)
    if last := _last_day(version):
        data["statusEndDate"] = last.isoformat()
    if version.retired_at:
        data["lastChangeDateTime"] = version.retired_at.isoformat(timespec="seconds")
    ours = data.get("extensions", {}).get(OURS)
    if isinstance(ours, Mapping) and isinstance(ours.get("pack"), Mapping):
        end = {"valid_to": version.valid_to.isoformat()} if version.valid_to else {}
        pack = {**ours["pack"], "legal": version.legal, **end}
        data["extensions"] = {**data["extensions"], OURS: {**ours, "pack": pack}}
    return data


def adoption_status(row: CaseObject) -> str:
    """What a document is today; one of another system that says so itself is what it says while it is in use here."""
    version: FrameworkVersion = row.version
    ended = version.valid_to is not None and version.valid_to < timezone.localdate()
    return STATUSES.get(version.status) or row.data.get("adoptionStatus") or (DEPRECATED if ended else ADOPTED)


def _last_day(version: FrameworkVersion) -> date | None:
    """The last day in force, where the day is known: that of the end may be where only the year of the start is."""
    if version.valid_to is None or version.precision == Precision.DAY:
        return version.valid_to
    repealed = version.legal.get("repealed_from")
    return date.fromisoformat(repealed) - timedelta(days=1) if repealed else None


def completed(kind: str, data: Mapping[str, Any], document: str, base: str) -> Json:
    """An object whose own address and links are complete. `document`: the identifier of its document."""
    result = dict(data)
    if "uri" not in result:
        result["uri"] = f"{base}{PATHS[kind]}/{result['identifier']}"
    for name, value in data.items():
        how = FIELDS[kind].get(name)
        if how == "link":
            result[name] = _link(value, TARGETS[name], base)
        elif how == "links":
            result[name] = [_link(link, TARGETS[name], base) for link in value]
        elif how == "node":
            result[name] = _link(value, "CFDocument" if value["identifier"] == document else "CFItem", base)
        elif how in FIELDS:
            result[name] = [_inside(how, row, document, base, result["uri"]) for row in value]
    return result


def _inside(kind: str, row: Json, document: str, base: str, outer: str) -> Json:
    """A part of a rubric: CASE gives it no address of its own, so it is a place on its rubric's."""
    return completed(kind, {"uri": f"{outer.split('#', maxsplit=1)[0]}#{row['identifier']}"} | row, document, base)


def _link(link: Json, kind: str, base: str) -> Json:
    if "uri" in link:
        return link
    return {**link, "uri": f"{base}{PATHS[kind]}/{link['identifier']}"}
