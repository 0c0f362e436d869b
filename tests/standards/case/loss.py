"""What a package lost on its way through us: every object and every field of the original must be in the other."""

from collections.abc import Mapping
from typing import Any

PLACE = {"CFPackageURI", "CFDocumentURI"}
LISTS = ("CFItems", "CFAssociations", "CFRubrics")
INSIDE = {"CFRubricCriteria", "CFRubricCriterionLevels"}


def lost(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """Places of the original that are missing or different afterwards. Order may differ; null is nothing."""
    before = before.get("CFPackage", before)
    found = lost_fields(before["CFDocument"], after["CFDocument"], "CFDocument")
    for name in LISTS:
        found += lost_rows(before.get(name) or [], after.get(name) or [], name)
    definitions = before.get("CFDefinitions") or {}
    for name, rows in definitions.items():
        found += lost_rows(rows or [], after.get("CFDefinitions", {}).get(name) or [], name)
    known = {"CFDocument", "CFDefinitions", "extensions", *LISTS}
    for name, value in before.items():
        if name not in known and value is not None and after.get("extensions", {}).get(name) != value:
            found.append(name)
    return found


def lost_rows(before: list, after: list, place: str) -> list[str]:
    there = {row["identifier"]: row for row in after}
    found = []
    for row in before:
        if row["identifier"] not in there:
            found.append(f"{place} {row['identifier']}")
        else:
            found += lost_fields(row, there[row["identifier"]], f"{place} {row['identifier']}")
    return found


def lost_fields(before: Mapping[str, Any], after: Mapping[str, Any], place: str) -> list[str]:
    found = []
    for name, value in before.items():
        if value is None or name in PLACE:
            continue
        if name in INSIDE:
            found += lost_rows(value, after.get(name, []), f"{place}.{name}")
        elif name == "extensions":
            kept = after.get("extensions") or {}
            found += [f"{place}.extensions.{key}" for key, part in value.items() if kept.get(key) != part]
        elif not same(value, after.get(name)) and not same(value, kept_beside(after).get(name)):
            found.append(f"{place}.{name}: {value!r} is {after.get(name)!r}")
    return found


def kept_beside(row: Mapping[str, Any]) -> Mapping[str, Any]:
    extensions = row.get("extensions") or {}
    return extensions if isinstance(extensions, Mapping) else {key: v for one in extensions for key, v in one.items()}


def same(before: Any, after: Any) -> bool:
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        return all(after.get(name) == value for name, value in before.items() if value is not None)
    return before == after
