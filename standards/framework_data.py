"""A whole framework version as one immutable tree: what pages, forms, reports and rules read.

Built from a pack (`from_pack`) whether the pack comes from a file or from the database, so both mean the same.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any
from uuid import UUID

from standards.framework_parts import (
    MAIN,
    CriterionData,
    Ids,
    LevelData,
    Rank,
    ScaleData,
    Score,
    Source,
    StandardData,
    Text,
)
from standards.identity import node_id
from standards.packs_check.names import FALLBACK_SOURCES
from standards.rating import Rule, Shape, parse_rule

__all__ = [
    "MAIN",
    "CriterionData",
    "FrameworkData",
    "Ids",
    "LevelData",
    "Rank",
    "ScaleData",
    "Score",
    "Source",
    "StandardData",
    "Text",
    "from_pack",
]


@dataclass(frozen=True)
class FrameworkData:
    """A framework version. `levels` lowest first, `standards` the roots of the tree, both in order.

    `levels` are the main scale and may be empty; `scales` holds every scale by code, the main one under "". `results`
    are the overall results, lowest first: the main levels where the text names no others.
    """

    version_id: int | None
    code: str
    framework_code: str
    framework_title: Text
    jurisdiction: str
    subject_role: str
    purpose: str
    title: Text
    audience: Text
    status: str
    valid_from: date
    valid_to: date | None
    precision: str
    legal: Mapping[str, Any]
    levels: tuple[LevelData, ...]
    scales: Mapping[str, ScaleData]
    results: tuple[LevelData, ...]
    ranks: tuple[Rank, ...]
    standards: tuple[StandardData, ...]
    shape: Shape
    rule: Rule
    rule_data: Mapping[str, Any]
    key_name: Text
    sources: Mapping[str, Source]
    default_sources: Mapping[str, Source]
    vectors: tuple[Mapping[str, Any], ...]
    identifier: UUID
    extensions: Mapping[str, Any]

    @cached_property
    def criteria(self) -> tuple[CriterionData, ...]:
        """Every criterion of the tree, in order."""
        return tuple(c for standard in self.standards for c in standard.all_criteria)

    @cached_property
    def codes(self) -> frozenset[str]:
        """The codes of all criteria."""
        return frozenset(c.code for c in self.criteria)

    @cached_property
    def said(self) -> dict[str, Any]:
        """Where presenters keep names and sentences by language, since this tree never changes."""
        return {}

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

    def scale_of(self, criterion: CriterionData | str) -> ScaleData:
        """The scale that a criterion (or the one with this code) is rated on."""
        found = self.criterion(criterion) if isinstance(criterion, str) else criterion
        return self.scales[found.scale]

    def result(self, code: str) -> LevelData:
        """The overall result with this code; KeyError if there is none."""
        return self._results_by_code[code]

    def standard(self, code: str) -> StandardData:
        """The standard with this code, at any depth; KeyError if there is none."""
        return self._standards_by_code[code]

    def article(self, key: str) -> Text | str:
        """The citation that rules and standards name by `key`, for example "10.2"; the key itself if unknown."""
        return self.legal.get("articles", {}).get(key, key)

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
    def _results_by_code(self) -> dict[str, LevelData]:
        return {result.code: result for result in self.results}

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
        self.articles = pack["legal"].get("articles", {})
        provenance = pack["provenance"]
        self.sources = {
            code: Source(code, source["status"], source["text"]) for code, source in provenance["sources"].items()
        }
        default = provenance["default"]
        default = {kind: default.get(kind, default[like]) for kind, like in FALLBACK_SOURCES.items()} | default
        self.default_sources = {kind: self.sources[code] for kind, code in default.items()}
        kinds = {kind: self.default_sources[kind] for kind in ("name", "alternative_name", "descriptors", "examples")}
        self.of_criteria = kinds | {"description": self.default_sources["criterion_description"]}
        self.of_standards = {
            "name": self.default_sources["standard"],
            "alternative_name": self.default_sources["alternative_name"],
            "description": self.default_sources["description"],
            "descriptors": self.default_sources["standard_descriptors"],
        }
        self.order: dict[str, list[str]] = {}

    def build(self, status: str) -> FrameworkData:
        pack, framework = self.pack, self.pack["framework"]
        main = self.scale(MAIN, {"levels": pack["levels"]})
        others = {code: self.scale(code, item) for code, item in sorted(pack.get("scales", {}).items())}
        self.order = {code: [level.code for level in scale.levels] for code, scale in {MAIN: main, **others}.items()}
        results = self.levels(pack.get("results", ()), "result") or main.levels
        shape = Shape.of_pack(pack)
        return FrameworkData(
            version_id=self.ids.version,
            code=pack["code"],
            framework_code=framework["code"],
            framework_title=framework["title"],
            jurisdiction=framework["jurisdiction"],
            subject_role=framework["subject_role"],
            purpose=framework.get("purpose", "evaluation"),
            title=pack["title"],
            audience=pack.get("audience") or {},
            status=status,
            valid_from=date.fromisoformat(pack["valid_from"]),
            valid_to=date.fromisoformat(pack["valid_to"]) if pack.get("valid_to") else None,
            precision=pack.get("precision", "day"),
            legal=pack["legal"],
            levels=main.levels,
            scales={MAIN: main, **others},
            results=results,
            ranks=tuple(
                Rank(rank["code"], rank["position"], rank["expected"], rank.get("description") or {})
                for rank in pack.get("ranks", ())
            ),
            standards=tuple(self.standard(item) for item in pack["standards"]),
            shape=shape,
            rule=parse_rule(pack["rule"], shape),
            rule_data=pack["rule"],
            key_name=pack.get("key_name") or {},
            sources=self.sources,
            default_sources=self.default_sources,
            vectors=tuple(pack.get("vectors", ())),
            identifier=self.identity(pack, "version", pack["code"]),
            extensions=pack.get("extensions", {}),
        )

    def scale(self, code: str, item: Mapping[str, Any]) -> ScaleData:
        score = item.get("score")
        return ScaleData(
            code=code,
            name=item.get("name") or {},
            levels=self.levels(item.get("levels", ()), "level", code),
            score=score
            and Score(
                low=Decimal(score["min"]),
                high=Decimal(score["max"]),
                digits=score.get("digits", 0),
                unit=score.get("unit", "points"),
            ),
            identifier=self.identity(item, "scale", code),
        )

    def levels(self, items: Iterable[Mapping[str, Any]], kind: str, scale: str = MAIN) -> tuple[LevelData, ...]:
        """The levels of a scale; kind "result": the overall results, which are no rows of their own."""
        ids = {} if kind == "result" else self.ids.levels if scale == MAIN else self.ids.scales.get(scale, {})
        return tuple(
            LevelData(
                id=ids.get(item["code"]),
                code=item["code"],
                position=position,
                name=item["name"],
                short=item.get("short") or {"": item["code"]},
                description=item.get("description") or {},
                points=item.get("points") or "",
                identifier=self.identity(item, kind, f"{scale}/{item['code']}" if scale else item["code"]),
            )
            for position, item in enumerate(items, start=1)
        )

    def standard(self, item: Mapping[str, Any]) -> StandardData:
        criteria = tuple(self.criterion(c, item["code"]) for c in item.get("criteria", ()))
        children = tuple(self.standard(child) for child in item.get("standards", ()))
        return StandardData(
            id=self.ids.standards.get(item["code"]),
            code=item["code"],
            article=self.articles.get(item.get("article", ""), {}),
            name=item["name"],
            description=item.get("description") or {},
            criteria=criteria,
            children=children,
            sources=self.own_sources(item, self.of_standards),
            identifier=self.identity(item, "standard", item["code"]),
            label=item.get("label", ""),
            alternative_name=item.get("alternative_name") or {},
            descriptors=self.in_order(item.get("descriptors", {}), (MAIN, *(c.scale for c in criteria))),
            origins=tuple(map(UUID, item.get("origins", ()))),
            extensions=item.get("extensions", {}),
        )

    def criterion(self, item: Mapping[str, Any], standard_code: str) -> CriterionData:
        scale = item.get("scale", MAIN)
        examples = self.in_order(item.get("examples", {}), (scale,))
        return CriterionData(
            id=self.ids.criteria.get(item["code"]),
            code=item["code"],
            number=item["number"],
            name=item["name"],
            is_key=item.get("key", False),
            standard_code=standard_code,
            descriptors=self.in_order(item.get("descriptors", {}), (scale,)),
            examples={code: tuple(texts) for code, texts in examples.items()},
            sources=self.own_sources(item, self.of_criteria),
            identifier=self.identity(item, "criterion", item["code"]),
            label=item.get("label") or str(item["number"]),
            alternative_name=item.get("alternative_name") or {},
            description=item.get("description") or {},
            scale=scale,
            origins=tuple(map(UUID, item.get("origins", ()))),
            extensions=item.get("extensions", {}),
        )

    def in_order(self, texts: Mapping[str, Any], scales: Iterable[str]) -> dict[str, Any]:
        """By level code, the lowest level first."""
        order = [code for scale in dict.fromkeys(scales) for code in self.order[scale] if code in texts]
        return {code: texts[code] for code in (*dict.fromkeys(order), *texts)}

    def own_sources(self, item: Mapping[str, Any], default: Mapping[str, Source]) -> Mapping[str, Source]:
        own = item.get("provenance")
        return default | {kind: self.sources[code] for kind, code in own.items()} if own else default

    def identity(self, item: Mapping[str, Any], kind: str, code: str) -> UUID:
        return UUID(item["id"]) if item.get("id") else node_id(self.pack["code"], kind, code)
