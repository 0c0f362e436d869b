"""What documents have in common. A summary is the frozen state a document is made from: no database row reaches a
template, and the same summary gives the same bytes."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from core.localized import localized
from evaluations.models import Cycle
from people.models import Unit
from reports.queries import offices_above
from standards.framework_data import FrameworkData


@dataclass(frozen=True)
class LevelWord:
    """A level as tables show it: the short form in a column head, the name in sentences. `position` from 1."""

    code: str
    short: str
    name: str
    position: int


@dataclass(frozen=True)
class Office:
    """A superior unit: what kind of office in words, and its name."""

    kind: str
    name: str


@dataclass(frozen=True)
class Frame:
    """Head and foot of a document: framework, cycle, unit and the offices over it (nearest first)."""

    reference: str
    language: str
    jurisdiction: str
    framework: str
    regulation: str
    article: str
    key_name: str
    cycle: str
    school_year: str
    unit: str
    offices: tuple[Office, ...]
    levels: tuple[LevelWord, ...]

    @property
    def is_vietnamese(self) -> bool:
        """Such documents carry the country's name and motto (Decree 30/2020/NĐ-CP)."""
        return self.jurisdiction == "VN"

    @property
    def office(self) -> str:
        return self.offices[0].name if self.offices else ""

    def level(self, code: str) -> LevelWord | None:
        """The level with this code, None for a criterion not rated."""
        return next((level for level in self.levels if level.code == code), None)


def frame_of(cycle: Cycle, unit: Unit, data: FrameworkData, *, reference: str, language: str) -> Frame:
    """The frame in the document's language. Two queries."""
    return Frame(
        reference=f"{cycle.code}/{reference}",
        language=language,
        jurisdiction=data.jurisdiction,
        framework=localized(data.framework_title, language),
        regulation=localized(data.legal.get("name"), language),
        article=localized(data.article(data.rule.article), language),
        key_name=localized(data.key_name, language),
        cycle=cycle.name,
        school_year=cycle.school_year,
        unit=unit.name,
        offices=tuple(
            Office(localized(office.kind.name, language), office.name)
            for office in offices_above(unit, cycle.reference_date)
        ),
        levels=level_words(data, language),
    )


def level_words(data: FrameworkData, language: str) -> tuple[LevelWord, ...]:
    """The main levels in the document's language, lowest first."""
    return tuple(
        LevelWord(level.code, localized(level.short, language), localized(level.name, language), position)
        for position, level in enumerate(data.levels, start=1)
    )


def stamp_of(summary: Any) -> str:
    """The content's fingerprint: sha256 over every value of a summary (a dataclass)."""
    text = json.dumps(asdict(summary), ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def stamp_of_all(summaries: Iterable[Any]) -> str:
    """The fingerprint of several contents in order."""
    return hashlib.sha256("".join(stamp_of(summary) for summary in summaries).encode()).hexdigest()
