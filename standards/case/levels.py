"""Levels and their texts from the rubrics of a foreign package: only where every rubric has the same levels."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from standards.case.fields import OURS
from standards.case.normal import Json, Package
from standards.case.words import plain

Names = tuple[tuple[str, Any], ...]


@dataclass
class Levels:
    """`rows`: item identifier to the texts of its levels, lowest first. `guessed`: nothing said which end is the lowest."""

    names: Names = ()
    rows: dict[str, list[str]] = field(default_factory=dict)
    rubrics: set[str] = field(default_factory=set)
    mixed: bool = False
    guessed: bool = False

    def pack_levels(self, language: str) -> list[Json]:
        """The levels of the pack: L1, L2 …, lowest first, with their points where the rubric scores them."""
        return [
            {"code": f"L{place}", "name": {language: name or str(place)}}
            | ({"points": points(score)} if score is not None else {})
            for place, (name, score) in enumerate(self.names, start=1)
        ]

    def descriptors(self, identifier: str, language: str) -> Json:
        """The texts of an item's levels by their codes."""
        texts = enumerate(self.rows.get(identifier, ()), start=1)
        return {f"L{place}": {language: text} for place, text in texts if text}


def points(score: float) -> str:
    """A score as exact text, at most six digits after the point."""
    text = f"{Decimal(str(score)):.6f}"
    return text.rstrip("0").rstrip(".") or "0"


def levels_of(package: Package) -> Levels:
    """The levels that all rubrics share, or none: `mixed` when there are several kinds."""
    known, found = {item["identifier"] for item in package.items}, Levels()
    kinds: dict[Names, list[tuple[str, str, list[Json]]]] = {}
    for rubric in package.rubrics:
        for row in rubric.get("CFRubricCriteria", ()):
            item = row.get("CFItemURI", {}).get("identifier", "")
            levels = ordered(row.get("CFRubricCriterionLevels", ()))
            if item in known and levels:
                names = tuple((plain(level.get("quality", "")), level.get("score")) for level in levels)
                kinds.setdefault(names, []).append((rubric["identifier"], item, levels))
    found.mixed = len(kinds) > 1 or any(len(names) > 99 for names in kinds)
    if found.mixed or not kinds:
        return found
    ((found.names, rows),) = kinds.items()
    if any(score is not None and abs(score) >= 10**9 for _name, score in found.names):
        found.names = tuple((name, None) for name, _score in found.names)
    for rubric, item, levels in rows:
        found.rubrics.add(rubric)
        found.rows.setdefault(item, [plain(level.get("description", "")) for level in levels])
    found.guessed = len({score for _name, score in found.names}) < len(found.names)
    return found


def ordered(levels: list[Json]) -> list[Json]:
    """Lowest first: by score where every level has its own, else by position, else as they stand."""
    scores = [level.get("score") for level in levels]
    if None not in scores and len(set(scores)) == len(scores):
        return sorted(levels, key=lambda level: level["score"])
    return sorted(levels, key=lambda level: level.get("position", 0))


def changed_texts(package: Package) -> Mapping[str, Mapping[str, str]]:
    """For packages of our own making: item identifier to level code to the text as it stands in the rubric now."""
    found: dict[str, dict[str, str]] = {}
    for rubric in package.rubrics:
        for row in rubric.get("CFRubricCriteria", ()):
            item = row.get("CFItemURI", {}).get("identifier", "")
            for level in row.get("CFRubricCriterionLevels", ()):
                if code := level_code(level):
                    found.setdefault(item, {})[code] = level.get("description", "")
    return found


def level_code(level: Json) -> str:
    """The code that we gave a level, or nothing."""
    for extension in level.get("extensions", ()):
        ours = extension.get(OURS)
        if isinstance(ours, Mapping) and isinstance(ours.get("level"), str):
            return ours["level"]
    return ""
