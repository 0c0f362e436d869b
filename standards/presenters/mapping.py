"""Mappings as pages: the list, one mapping read criterion by criterion, and what is still open."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from core.localized import language_of, localized
from standards.enums import Relation
from standards.framework_data import CriterionData, FrameworkData
from standards.models import Mapping, MappingLink
from standards.suggesting import Suggestion

TONES = {"exact": "success", "broader": "info", "narrower": "info", "related": "neutral"}
WHY = {
    "origin": pgettext_lazy("why a criterion is proposed", "Came from it"),
    "code": pgettext_lazy("why a criterion is proposed", "The same code and name"),
    "name": pgettext_lazy("why a criterion is proposed", "Similar name"),
}


@dataclass(frozen=True)
class Counterpart:
    """What a criterion is on the other side."""

    code: str
    name: str
    lang: str
    relation: str
    word: str
    tone: str
    note: str


@dataclass(frozen=True)
class MappedCriterion:
    """A criterion with its counterparts; `sentences` say them one by one, for people who read line by line."""

    code: str
    name: str
    lang: str
    counterparts: tuple[Counterpart, ...]


@dataclass(frozen=True)
class MappingPage:
    """A mapping: rows of the source, and what of the target nothing leads to."""

    rows: tuple[MappedCriterion, ...]
    left_over: tuple[MappedCriterion, ...]
    summary: str


@dataclass(frozen=True)
class Proposal:
    """A suggestion on the page; `value` is what its box sends."""

    value: str
    source: str
    target: str
    relation: str
    tone: str
    word: str
    why: str


def mapping_page(links: Iterable[MappingLink], old: FrameworkData, new: FrameworkData) -> MappingPage:
    """One mapping in the source's reading order."""
    by_source: dict[str, list[Counterpart]] = defaultdict(list)
    reached = set()
    for link in links:
        two = new.criterion(link.target.code)
        reached.add(two.code)
        by_source[link.source.code].append(_counterpart(two, link))
    rows = tuple(_criterion(one, by_source.get(one.code, ())) for one in old.criteria)
    left_over = tuple(_criterion(two, ()) for two in new.criteria if two.code not in reached)
    params = {"mapped": len(by_source), "total": len(rows), "left": len(left_over), "targets": len(new.criteria)}
    summary = _(
        "%(mapped)s of %(total)s criteria have a counterpart; %(left)s of %(targets)s on the other side have none."
    )
    return MappingPage(rows, left_over, summary % params)


def _counterpart(two: CriterionData, link: MappingLink) -> Counterpart:
    return Counterpart(
        code=two.code,
        name=localized(two.name),
        lang=language_of(two.name),
        relation=link.relation,
        word=str(Relation(link.relation).label),
        tone=TONES[link.relation],
        note=link.note,
    )


def _criterion(one: CriterionData, counterparts: Sequence[Counterpart]) -> MappedCriterion:
    return MappedCriterion(one.code, localized(one.name), language_of(one.name), tuple(counterparts))


def proposals(found: Iterable[Suggestion]) -> list[Proposal]:
    """Suggestions as boxes to tick."""
    return [
        Proposal(
            value=f"{item.source.code}|{item.target.code}|{item.relation}",
            source=f"{item.source.code} {localized(item.source.name)}",
            target=f"{item.target.code} {localized(item.target.name)}",
            relation=item.relation,
            tone=TONES[item.relation],
            word=str(Relation(item.relation).label),
            why=str(WHY[item.why]),
        )
        for item in found
    ]


def table(mapping: Mapping, links: Iterable[MappingLink], old: FrameworkData, new: FrameworkData):
    """(header, rows) of a mapping for a spreadsheet: a line for each link, and for each criterion without one."""
    page = mapping_page(links, old, new)
    source, target = mapping.source.code, mapping.target.code
    header = [
        _("Code in %(version)s") % {"version": source},
        _("Criterion"),
        _("Relation"),
        _("Code in %(version)s") % {"version": target},
        _("Criterion"),
        _("Note"),
    ]
    rows = []
    for row in page.rows:
        told = [[other.word, other.code, other.name, other.note] for other in row.counterparts]
        rows += [[row.code, row.name, *line] for line in told or [[""] * 4]]
    rows += [["", "", "", row.code, row.name, ""] for row in page.left_over]
    return header, rows
