"""Writing a checked pack into the tables: a few queries for each thousand rows, whatever the tree looks like."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from standards.models import Criterion, Descriptor, EvidenceExample, Framework, FrameworkVersion, Level, Standard

BATCH = 1000
Item = Mapping[str, Any]


def write_version(framework: Framework, pack: Item) -> FrameworkVersion:
    """The version of a pack with everything in it, still open (status draft). Inside the caller's transaction."""
    version = FrameworkVersion.objects.create(
        framework=framework,
        code=pack["code"],
        title=pack["title"],
        audience=pack.get("audience") or {},
        valid_from=date.fromisoformat(pack["valid_from"]),
        valid_to=date.fromisoformat(pack["valid_to"]) if pack.get("valid_to") else None,
        precision=pack.get("precision", "day"),
        legal=pack["legal"],
        scales={code: _without_levels(scale) for code, scale in pack.get("scales", {}).items()},
        results=pack.get("results", []),
        ranks=pack.get("ranks", []),
        rule=pack["rule"],
        key_name=pack.get("key_name") or {},
        provenance=pack["provenance"],
        vectors=pack.get("vectors", []),
        identifier=pack.get("id"),
        extensions=pack.get("extensions", {}),
    )
    levels = _write_levels(version, pack)
    standards = _write_standards(version, pack)
    _write_criteria(version, pack, standards, levels)
    return version


def _without_levels(scale: Item) -> Item:
    return {name: value for name, value in scale.items() if name != "levels"}


def _write_levels(version: FrameworkVersion, pack: Item) -> dict[tuple[str, str], Level]:
    """By code of the scale and of the level."""
    scales = {"": pack["levels"]} | {code: item.get("levels", []) for code, item in pack.get("scales", {}).items()}
    rows = Level.objects.bulk_create(
        (
            Level(
                version=version,
                scale=scale,
                code=item["code"],
                position=position,
                points=item.get("points") or "",
                name=item["name"],
                short=item.get("short") or {},
                description=item.get("description") or {},
                identifier=item.get("id"),
            )
            for scale, items in scales.items()
            for position, item in enumerate(items, start=1)
        ),
        batch_size=BATCH,
    )
    return {(row.scale, row.code): row for row in rows}


def _write_standards(version: FrameworkVersion, pack: Item) -> dict[str, Standard]:
    """By code. Depth by depth, because children need their parent's id; places follow the reading order."""
    floors: dict[int, list[tuple[int, str, Item]]] = {}
    for position, (depth, above, item) in enumerate(walk(pack), start=1):
        floors.setdefault(depth, []).append((position, above, item))
    written: dict[str, Standard] = {}
    for _depth, floor in sorted(floors.items()):
        rows = [
            Standard(
                version=version,
                parent=written[above] if above else None,
                position=position,
                article=item.get("article", ""),
                descriptors=item.get("descriptors", {}),
                **_said(item),
            )
            for position, above, item in floor
        ]
        written |= {row.code: row for row in Standard.objects.bulk_create(rows, batch_size=BATCH)}
    return written


def _said(item: Item) -> dict[str, Any]:
    """What standards and criteria say alike: field -> value."""
    return {
        "code": item["code"],
        "label": item.get("label", ""),
        "name": item["name"],
        "alternative_name": item.get("alternative_name") or {},
        "description": item.get("description") or {},
        "provenance": item.get("provenance", {}),
        "identifier": item.get("id"),
        "origins": item.get("origins", []),
        "extensions": item.get("extensions", {}),
    }


def _write_criteria(
    version: FrameworkVersion, pack: Item, standards: Mapping[str, Standard], levels: Mapping[tuple[str, str], Level]
) -> None:
    items = [
        (standards[node["code"]], item) for _depth, _above, node in walk(pack) for item in node.get("criteria", ())
    ]
    criteria = Criterion.objects.bulk_create(
        (
            Criterion(
                version=version,
                standard=standard,
                number=item["number"],
                position=position,
                scale=item.get("scale", ""),
                is_key=item.get("key", False),
                **_said(item),
            )
            for position, (standard, item) in enumerate(items, start=1)
        ),
        batch_size=BATCH,
    )
    sources, default = pack["provenance"]["sources"], pack["provenance"]["default"]["descriptors"]
    descriptors, examples = [], []
    for criterion, (_standard, item) in zip(criteria, items, strict=True):
        status = sources[item.get("provenance", {}).get("descriptors", default)]["status"]
        descriptors += [
            Descriptor(criterion=criterion, level=levels[criterion.scale, code], text=text, source=status)
            for code, text in item.get("descriptors", {}).items()
        ]
        examples += [
            EvidenceExample(criterion=criterion, level=levels[criterion.scale, code], position=position, text=text)
            for code, texts in item.get("examples", {}).items()
            for position, text in enumerate(texts, start=1)
        ]
    Descriptor.objects.bulk_create(descriptors, batch_size=BATCH)
    EvidenceExample.objects.bulk_create(examples, batch_size=BATCH)


def walk(pack: Item) -> Iterator[tuple[int, str, Item]]:
    """Every standard in reading order: how deep it lies, the code of the one above it, itself."""
    waiting = [(0, "", item) for item in reversed(pack["standards"])]
    while waiting:
        depth, above, item = waiting.pop()
        yield depth, above, item
        waiting += [(depth + 1, item["code"], child) for child in reversed(item.get("standards", ()))]
