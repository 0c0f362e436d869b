"""A whole framework version as one immutable tree: what pages, forms, reports and rules read.

Built from a pack (`from_pack`) whether the pack comes from a file or from the database, so both mean the same.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from standards.rating import Rule, parse_rule

Text = Mapping[str, str]


@dataclass(frozen=True)
class LevelData:
    """One level; `position` counts from 1, the lowest. `id` is None when read from a file."""

    id: int | None
    code: str
    position: int
    name: Text
    short: Text
    description: Text

    @property
    def index(self) -> int:
        """The place counted from 0: where a tally keeps this level's count."""
        return self.position - 1


@dataclass(frozen=True)
class Source:
    """Where texts come from. `status`: official, summary, illustrative or unverified."""

    code: str
    status: str
    text: Text


@dataclass(frozen=True)
class CriterionData:
    """One criterion. `descriptors` (level code to text) and `examples` (level code to texts) go lowest level first."""

    id: int | None
    code: str
    number: int
    name: Text
    is_key: bool
    standard_code: str
    descriptors: Mapping[str, Text]
    examples: Mapping[str, tuple[Text, ...]]
    sources: Mapping[str, Source]


@dataclass(frozen=True)
class StandardData:
    """A node of the tree with its own criteria and the standards below it. `article` is the citation's text."""

    id: int | None
    code: str
    article: Text
    name: Text
    description: Text
    criteria: tuple[CriterionData, ...]
    children: tuple["StandardData", ...]

    @property
    def all_criteria(self) -> tuple[CriterionData, ...]:
        """Its criteria and those of every standard below, in order."""
        return (*self.criteria, *(c for child in self.children for c in child.all_criteria))


@dataclass(frozen=True)
class Ids:
    """Database ids by code, for a tree read from the database."""

    version: int | None = None
    levels: Mapping[str, int] = field(default_factory=dict)
    standards: Mapping[str, int] = field(default_factory=dict)
    criteria: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class FrameworkData:
    """A framework version. `levels` lowest first, `standards` the roots of the tree, both in order."""

    version_id: int | None
    code: str
    framework_code: str
    framework_title: Text
    jurisdiction: str
    subject_role: str
    title: Text
    audience: Text
    status: str
    valid_from: date
    valid_to: date | None
    legal: Mapping[str, Any]
    levels: tuple[LevelData, ...]
    standards: tuple[StandardData, ...]
    rule: Rule
    rule_data: Mapping[str, Any]
    key_name: Text
    sources: Mapping[str, Source]
    default_sources: Mapping[str, Source]
    vectors: tuple[Mapping[str, Any], ...]

    @cached_property
    def criteria(self) -> tuple[CriterionData, ...]:
        """Every criterion of the tree, in order."""
        return tuple(c for standard in self.standards for c in standard.all_criteria)

    @cached_property
    def key_codes(self) -> tuple[str, ...]:
        """The codes of the key criteria, in order."""
        return tuple(c.code for c in self.criteria if c.is_key)

    @cached_property
    def level_codes(self) -> tuple[str, ...]:
        """The level codes, lowest first."""
        return tuple(level.code for level in self.levels)

    def criterion(self, code: str) -> CriterionData:
        """The criterion with this code; KeyError if there is none."""
        return self._criteria_by_code[code]

    def criterion_by_id(self, id: int) -> CriterionData:
        """The criterion with this database id; KeyError if there is none."""
        return self._criteria_by_id[id]

    def level(self, code: str) -> LevelData:
        """The level with this code; KeyError if there is none."""
        return self._levels_by_code[code]

    def level_by_id(self, id: int) -> LevelData:
        """The level with this database id; KeyError if there is none."""
        return self._levels_by_id[id]

    def standard(self, code: str) -> StandardData:
        """The standard with this code, at any depth; KeyError if there is none."""
        return self._standards_by_code[code]

    def article(self, key: str) -> Text | str:
        """The citation that rules and standards name by `key`, for example "10.2"; the key itself if unknown."""
        return self.legal.get("articles", {}).get(key, key)

    def in_force_on(self, day: date) -> bool:
        """Whether the legal text is in force on `day` (both ends included)."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def walk(self) -> Iterator[StandardData]:
        """Every standard of the tree, parents before children, in order."""
        waiting = list(reversed(self.standards))
        while waiting:
            standard = waiting.pop()
            yield standard
            waiting.extend(reversed(standard.children))

    @cached_property
    def _criteria_by_code(self) -> dict[str, CriterionData]:
        return {c.code: c for c in self.criteria}

    @cached_property
    def _criteria_by_id(self) -> dict[int | None, CriterionData]:
        return {c.id: c for c in self.criteria}

    @cached_property
    def _levels_by_code(self) -> dict[str, LevelData]:
        return {level.code: level for level in self.levels}

    @cached_property
    def _levels_by_id(self) -> dict[int | None, LevelData]:
        return {level.id: level for level in self.levels}

    @cached_property
    def _standards_by_code(self) -> dict[str, StandardData]:
        return {standard.code: standard for standard in self.walk()}


def from_pack(pack: Mapping[str, Any], *, ids: Ids | None = None, status: str = "published") -> FrameworkData:
    """The tree of a checked pack. Raises KeyError or RuleError for a pack that `packs_check.check` would refuse."""
    return _Builder(pack, ids or Ids()).build(status)


class _Builder:
    def __init__(self, pack: Mapping[str, Any], ids: Ids):
        self.pack = pack
        self.ids = ids
        provenance = pack["provenance"]
        self.sources = {
            code: Source(code, source["status"], source["text"]) for code, source in provenance["sources"].items()
        }
        self.default_sources = {kind: self.sources[code] for kind, code in provenance["default"].items()}

    def build(self, status: str) -> FrameworkData:
        pack, ids = self.pack, self.ids
        levels = tuple(
            LevelData(
                id=ids.levels.get(level["code"]),
                code=level["code"],
                position=position,
                name=level["name"],
                short=level.get("short") or {"": level["code"]},
                description=level.get("description") or {},
            )
            for position, level in enumerate(pack["levels"], start=1)
        )
        standards = tuple(self.standard(item) for item in pack["standards"])
        criteria = [c for standard in standards for c in standard.all_criteria]
        return FrameworkData(
            version_id=ids.version,
            code=pack["code"],
            framework_code=pack["framework"]["code"],
            framework_title=pack["framework"]["title"],
            jurisdiction=pack["framework"]["jurisdiction"],
            subject_role=pack["framework"]["subject_role"],
            title=pack["title"],
            audience=pack.get("audience") or {},
            status=status,
            valid_from=date.fromisoformat(pack["valid_from"]),
            valid_to=date.fromisoformat(pack["valid_to"]) if pack.get("valid_to") else None,
            legal=pack["legal"],
            levels=levels,
            standards=standards,
            rule=parse_rule(
                pack["rule"],
                criteria=[c.code for c in criteria],
                levels=[level.code for level in levels],
                key=[c.code for c in criteria if c.is_key],
            ),
            rule_data=pack["rule"],
            key_name=pack.get("key_name") or {},
            sources=self.sources,
            default_sources=self.default_sources,
            vectors=tuple(pack.get("vectors", ())),
        )

    def standard(self, item: Mapping[str, Any]) -> StandardData:
        article = item.get("article", "")
        return StandardData(
            id=self.ids.standards.get(item["code"]),
            code=item["code"],
            article=self.pack["legal"].get("articles", {}).get(article, {}),
            name=item["name"],
            description=item.get("description") or {},
            criteria=tuple(self.criterion(c, item["code"]) for c in item.get("criteria", ())),
            children=tuple(self.standard(child) for child in item.get("standards", ())),
        )

    def criterion(self, item: Mapping[str, Any], standard_code: str) -> CriterionData:
        order = [level["code"] for level in self.pack["levels"]]
        descriptors, examples = item.get("descriptors", {}), item.get("examples", {})
        own = {kind: self.sources[code] for kind, code in item.get("provenance", {}).items()}
        return CriterionData(
            id=self.ids.criteria.get(item["code"]),
            code=item["code"],
            number=item["number"],
            name=item["name"],
            is_key=item.get("key", False),
            standard_code=standard_code,
            descriptors={code: descriptors[code] for code in order if code in descriptors},
            examples={code: tuple(examples[code]) for code in order if code in examples},
            sources={**self.default_sources, **own},
        )


def criteria_of(pack: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The criteria of a well-formed pack as they stand there, in the order of the tree."""
    found: list[Mapping[str, Any]] = []
    waiting = list(reversed(pack["standards"]))
    while waiting:
        standard = waiting.pop()
        found += standard.get("criteria", ())
        waiting += reversed(standard.get("standards", ()))
    return found
