"""The rule of a draft as sentences that can be changed in place, with the counts they mean today."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from core.localized import localized
from standards.forms.rules import WITH_AMOUNT
from standards.framework_data import FrameworkData
from standards.packs_check import Problem
from standards.presenters.editor_document import Document, Node
from standards.presenters.editor_examples import ranges, results_of
from standards.presenters.editor_fields import value_at
from standards.presenters.explanations import RuleInWords, rule_in_words

Choice = tuple[str, str]


@dataclass(frozen=True)
class ConditionRow:
    """One condition. `path` is its place in the rule ("results.0.conditions.1"); `counted` what it means today."""

    path: str
    kind: str
    verb: str
    amount: str
    group: str
    level: str
    levels: tuple[Choice, ...]
    below: bool
    counted: str
    has_own: str
    problems: tuple[str, ...]
    inner: tuple["ConditionRow", ...] | None
    can_up: bool
    can_down: bool

    @property
    def id(self) -> str:
        """The id of the row in the page."""
        return "c-" + self.path.replace(".", "-")


@dataclass(frozen=True)
class ResultRow:
    """One result with its conditions."""

    path: str
    code: str
    name: str
    position: int
    of: int
    article: str
    conditions: tuple[ConditionRow, ...]
    problems: tuple[str, ...]


@dataclass(frozen=True)
class Band:
    """From `start` on (and as the text prints it, up to `end`) the result is `result`."""

    result: str
    start: str
    end: str


@dataclass(frozen=True)
class BandSet:
    code: str
    bands: tuple[Band, ...]


@dataclass(frozen=True)
class GroupRow:
    """A named group. `members` are the codes in it."""

    name: str
    members: frozenset[str]
    words: str


@dataclass(frozen=True)
class PartRow:
    """A part of a rule of points. `rows`: (criterion, whether in it, its most points)."""

    path: str
    code: str
    words: str
    rows: tuple[tuple[Node, bool, str], ...]


@dataclass(frozen=True)
class GateRow:
    path: str
    words: str


@dataclass(frozen=True)
class RulePage:
    """Everything the page of the rule shows. `words` is empty while the draft's problems leave no rule to read."""

    kind: str
    token: int
    rule: Mapping[str, Any]
    results: tuple[ResultRow, ...]
    free_results: tuple[Choice, ...]
    order: str
    groups: tuple[GroupRow, ...]
    words: tuple[RuleInWords, ...]
    problems: tuple[str, ...]
    articles: tuple[Choice, ...]
    first_level: str
    results_named: tuple[Choice, ...]
    band_sets: tuple[BandSet, ...]
    share: str
    digits: str
    assessors: str
    each: str
    route: tuple[str, ...]
    parts: tuple[PartRow, ...]
    gates: tuple[GateRow, ...]
    data: str
    criteria: tuple[Node, ...] = field(default=())


def kinds() -> tuple[tuple[str, str, str], ...]:
    """(code, name, what it does) of every kind of rule."""
    return (
        (
            "conditions",
            pgettext("kind of rule", "Conditions"),
            _("Results are tried from the highest down; the first that holds is the result."),
        ),
        ("mean", _("A mean with bands"), _("The mean of the levels' points, and from which mean on which result.")),
        (
            "points",
            _("Points with gates"),
            _("Points are added up; below a pass mark, or without a gate, it is failed."),
        ),
        ("bands", _("Bands for each area"), _("Each area has a score of its own and falls into a band.")),
        ("none", _("No overall result"), _("The text gives levels or statements, and no overall result.")),
    )


def verbs() -> tuple[Choice, ...]:
    """The beginnings of a sentence."""
    return (
        ("all_at_least", _("All of")),
        ("share_at_least", _("At least … of")),
        ("at_most", _("At most … of (below a level)")),
        ("any_below", _("Any of (below a level)")),
        ("more_than_below", _("More than … of (below a level)")),
        ("any_of", _("One of several conditions holds")),
        ("all_of", _("Several conditions hold together")),
        ("always", _("In every other case")),
    )


def policies(kind: str) -> tuple[Choice, ...]:
    """What a rule can do with a criterion that has no level."""
    choices = [("incomplete", _("there is no result yet")), ("left_out", _("it is left out of the count"))]
    if kind == "conditions":
        choices.append(("lowest", _("it counts as the lowest level")))
    return tuple(choices)


def rule_page(document: Document, data: FrameworkData | None, problems: list[Problem], token: int) -> RulePage:
    """The page; sentences only where `data` is there."""
    rule = document.content.get("rule")
    rule = rule if isinstance(rule, Mapping) else {}
    results = results_of(document)
    desk = _Desk(document, rule, results, problems)
    rows = tuple(desk.results())
    used = {row.code for row in rows}
    highest_first = list(reversed(results))
    return RulePage(
        kind=str(rule.get("kind") or ""),
        token=token,
        rule=rule,
        results=rows,
        free_results=tuple((code, name) for code, name in highest_first if code not in used),
        order=" ".join(code for code, _name in highest_first),
        groups=tuple(desk.groups()),
        words=tuple(rule_in_words(data)) if data is not None else (),
        problems=desk.at("rule", exact=True),
        articles=tuple(_articles(document)),
        first_level=document.levels[0].code if document.levels else "",
        results_named=tuple(results),
        band_sets=tuple(_band_sets(rule)),
        share=str(rule.get("answered_share") or ""),
        digits=str(_inner(rule, "rounding").get("digits", "")),
        assessors=str(_inner(rule, "assessors").get("count", "")),
        each=str(_inner(rule, "assessors").get("each", "")),
        route=tuple(rule["route"]) if isinstance(rule.get("route"), list) else (),
        parts=tuple(desk.parts()),
        gates=tuple(desk.gates()),
        data=json.dumps(rule, ensure_ascii=False, indent=2),
        criteria=tuple(document.criteria),
    )


class _Desk:
    def __init__(self, document: Document, rule: Mapping[str, Any], results: list[Choice], problems: list[Problem]):
        self.document, self.rule, self.problems = document, rule, problems
        self.names = dict(results)
        self.rank = {code: place for place, (code, _name) in enumerate(results, 1)}
        groups = rule.get("groups")
        self.members: dict[str, list[str]] = {
            "all": [node.code for node in document.criteria],
            "key": [node.code for node in document.criteria if node.is_key],
        }
        self.members |= {name: list(codes) for name, codes in (groups.items() if isinstance(groups, Mapping) else ())}

    def results(self) -> Iterator[ResultRow]:
        for place, entry in enumerate(_entries(self.rule.get("results"))):
            path = f"results.{place}"
            code = str(entry.get("result") or "")
            yield ResultRow(
                path=path,
                code=code,
                name=self.names.get(code, code),
                position=self.rank.get(code, 0),
                of=len(self.names),
                article=str(entry.get("article") or ""),
                conditions=self.conditions(entry, path),
                problems=self.at(path, exact=True),
            )

    def conditions(self, entry: Mapping[str, Any], above: str) -> tuple[ConditionRow, ...]:
        items = _entries(entry.get("conditions"))
        return tuple(self.condition(item, f"{above}.conditions.{n}", n, len(items)) for n, item in enumerate(items))

    def condition(self, item: Mapping[str, Any], path: str, place: int, of: int) -> ConditionRow:
        kind = str(item.get("kind") or "")
        verb = "all_at_least" if kind == "named_at_least" else kind
        own = [str(code) for code in item.get("criteria") or ()]
        group = "own" if own else str(item.get("group") or "all")
        nested = kind in ("any_of", "all_of")
        members = own or self.members.get(group, [])
        level = str(item.get("level") or "")
        return ConditionRow(
            path=path,
            kind=kind,
            verb=verb,
            amount=str(item.get("share") or item.get("count") or ("0" if item.get("count") == 0 else "")),
            group=group,
            level=level,
            levels=self.levels(members, level),
            below=kind in ("at_most", "any_below", "more_than_below"),
            counted=self.counted(kind, item, members),
            has_own=self.words(own),
            problems=self.at(path, exact=nested),
            inner=self.conditions(item, path) if nested else None,
            can_up=place > 0,
            can_down=place < of - 1,
        )

    def levels(self, members: list[str], level: str) -> tuple[Choice, ...]:
        """The levels of the criteria a condition speaks of, and the one it names even when it is none of them."""
        node = next((self.document.by_code[code] for code in members if code in self.document.by_code), None)
        levels = self.document.levels_of(node) if node else self.document.levels
        found = tuple((one.code, one.name or one.code) for one in levels)
        return found if not level or level in dict(found) else ((level, level), *found)

    def counted(self, kind: str, item: Mapping[str, Any], members: list[str]) -> str:
        """ "= 10 of 15": what the sentence means with the criteria there are now."""
        total = len(members)
        if kind in ("all_at_least", "named_at_least", "any_below"):
            return ngettext("= %(count)s criterion", "= %(count)s criteria", total) % {"count": total}
        if kind not in WITH_AMOUNT:
            return ""
        needed = item.get("count")
        if match := re.fullmatch(r"(\d+)/(\d+)", str(item.get("share") or "")):
            upper, lower = int(match[1]), int(match[2])
            whole, rest = divmod(total * upper, lower) if lower else (0, 0)
            needed = whole + 1 if (kind == "share_at_least" and rest) or kind == "more_than_below" else whole
        elif kind == "more_than_below" and isinstance(needed, int):
            needed += 1
        if not isinstance(needed, int):
            return ""
        params = {"needed": needed, "total": total}
        return (
            _("= %(needed)s or more of %(total)s") if kind != "at_most" else _("= %(needed)s of %(total)s")
        ) % params

    def groups(self) -> Iterator[GroupRow]:
        for name, codes in self.members.items():
            if name not in ("all", "key"):
                yield GroupRow(name, frozenset(codes), self.words(codes))

    def parts(self) -> Iterator[PartRow]:
        for place, part in enumerate(_entries(self.rule.get("parts"))):
            inside = part.get("criteria") if isinstance(part.get("criteria"), list) else []
            for standard in part.get("standards") or ():
                inside = [*inside, *(n.code for n in self.document.criteria if standard in {a.code for a in n.above})]
            weight = _inner(part, "weight")
            rows = ((node, node.code in inside, str(weight.get(node.code, ""))) for node in self.document.criteria)
            yield PartRow(f"parts.{place}", str(part.get("code") or ""), self.words(inside), tuple(rows))

    def gates(self) -> Iterator[GateRow]:
        for place, gate in enumerate(_entries(self.rule.get("gates"))):
            node = self.document.by_code.get(str(gate.get("criterion") or ""))
            params = {
                "criterion": node or gate.get("criterion"),
                "level": gate.get("at_least"),
                "result": self.names.get(str(gate.get("else")), gate.get("else")),
            }
            yield GateRow(f"gates.{place}", _("%(criterion)s below “%(level)s”: the result is %(result)s") % params)

    def words(self, codes: list[str]) -> str:
        wanted = set(codes)
        return ranges([(place, node) for place, node in enumerate(self.document.criteria) if node.code in wanted])

    def at(self, path: str, *, exact: bool = False) -> tuple[str, ...]:
        """The problems of a place. `exact`: not of what lies below it."""
        full = path if path == "rule" else "rule." + re.sub(r"\.(\d+)", r"[\1]", path)
        found = []
        for problem in self.problems:
            rest = problem.path[len(full) :] if problem.path.startswith(full) else None
            if rest is None or (rest and rest[0] not in ".["):
                continue
            deeper = re.match(r"\.(results|conditions)\[", rest)
            if not (exact and deeper):
                found.append(problem.sentence)
        return tuple(found)


def _inner(item: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = item.get(name)
    return value if isinstance(value, Mapping) else {}


def _band_sets(rule: Mapping[str, Any]) -> Iterator[BandSet]:
    if isinstance(rule.get("bands"), list):
        yield BandSet("", _bands(rule["bands"]))
    for entry in _entries(rule.get("band_sets")):
        yield BandSet(str(entry.get("code") or ""), _bands(entry.get("bands")))


def _bands(items: Any) -> tuple[Band, ...]:
    rows = [
        Band(str(row.get("result") or ""), str(row.get("from") or ""), str(row.get("to") or ""))
        for row in _entries(items)
    ]
    return (*rows, Band("", "", ""))


def _articles(document: Document) -> Iterator[Choice]:
    articles = value_at(document.content, "legal.articles")
    for key, text in articles.items() if isinstance(articles, Mapping) else ():
        yield key, localized(text) or key


def _entries(items: Any) -> list[Mapping[str, Any]]:
    return [item if isinstance(item, Mapping) else {} for item in items] if isinstance(items, list) else []
