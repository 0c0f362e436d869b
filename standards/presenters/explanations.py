"""Explanations of results, and rules themselves, as sentences."""

from collections.abc import Iterable
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from core.localized import localized
from standards.framework_data import FrameworkData
from standards.rating import Check, Condition, Explanation

BELOW = frozenset({"at_most", "any_below", "more_than_below"})
# By kind, over all criteria or over a group of them, and whether the text speaks of a share or of a count.
TEMPLATES = {
    ("all_at_least", True, False): gettext_noop("All %(total)s criteria are at %(reach)s"),
    ("all_at_least", False, False): gettext_noop("Each of %(group)s is at %(reach)s"),
    ("share_at_least", True, True): gettext_noop(
        "At least %(share)s of the criteria (%(needed)s of %(total)s) are at %(reach)s"
    ),
    ("share_at_least", False, True): gettext_noop(
        "At least %(share)s of %(group)s (%(needed)s of %(total)s) are at %(reach)s"
    ),
    ("share_at_least", True, False): gettext_noop("At least %(needed)s of the %(total)s criteria are at %(reach)s"),
    ("share_at_least", False, False): gettext_noop(
        "At least %(needed)s of %(group)s are at %(reach)s (%(total)s criteria)"
    ),
    ("at_most", True, False): gettext_noop("At most %(needed)s of the %(total)s criteria are below %(level)s"),
    ("at_most", False, False): gettext_noop("At most %(needed)s of %(group)s are below %(level)s (%(total)s criteria)"),
    ("at_most", True, True): gettext_noop(
        "At most %(share)s of the criteria (%(needed)s of %(total)s) are below %(level)s"
    ),
    ("at_most", False, True): gettext_noop(
        "At most %(share)s of %(group)s (%(needed)s of %(total)s) are below %(level)s"
    ),
    ("any_below", True, False): gettext_noop("At least one criterion is below %(level)s"),
    ("any_below", False, False): gettext_noop("At least one of %(group)s is below %(level)s"),
    ("more_than_below", True, True): gettext_noop(
        "More than %(share)s of the criteria (%(needed)s or more of %(total)s) are below %(level)s"
    ),
    ("more_than_below", False, True): gettext_noop(
        "More than %(share)s of %(group)s (%(needed)s or more of %(total)s) are below %(level)s"
    ),
    ("more_than_below", True, False): gettext_noop("%(needed)s or more of the %(total)s criteria are below %(level)s"),
    ("more_than_below", False, False): gettext_noop(
        "%(needed)s or more of %(group)s are below %(level)s (%(total)s criteria)"
    ),
}


@dataclass(frozen=True)
class NamedCriterion:
    """A criterion as a sentence names it."""

    code: str
    number: int
    name: str

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


@dataclass(frozen=True)
class ExplainedCondition:
    """One condition: what is asked (`text`), what was found, and `criteria`, the ones that decided, under `label`."""

    text: str
    held: bool
    finding: str
    label: str
    criteria: tuple[NamedCriterion, ...]
    conditions: tuple["ExplainedCondition", ...]


@dataclass(frozen=True)
class ExplainedStep:
    """One result tried. `position` is the level's place from 1 `of` so many, 0 for "not all rated yet"; `article` the
    citation; `criteria` the ones not rated."""

    code: str
    position: int
    of: int
    level: str
    held: bool
    text: str
    article: str
    conditions: tuple[ExplainedCondition, ...]
    criteria: tuple[NamedCriterion, ...] = ()


@dataclass(frozen=True)
class RuleInWords:
    """One result of a rule and what it asks for."""

    code: str
    position: int
    of: int
    level: str
    article: str
    conditions: tuple[ExplainedCondition, ...]


def in_language(language: str | None) -> Any:
    """A context that speaks `language`; the reader's own when None."""
    return translation.override(language) if language else nullcontext()


def explain(explanation: Explanation, data: FrameworkData, language: str | None = None) -> list[ExplainedStep]:
    """Why the result is what it is: each result tried, from the highest down to the one that held."""
    with in_language(language):
        if explanation.missing:
            return [_incomplete(explanation, data)]
        return [
            ExplainedStep(
                code=step.result,
                position=data.level(step.result).position,
                of=len(data.levels),
                level=localized(data.level(step.result).name),
                held=step.held,
                text=_step_text(localized(data.level(step.result).name), step.held),
                article=localized(data.article(step.article)),
                conditions=tuple(_checked(check, data) for check in step.checks),
            )
            for step in explanation.steps
        ]


def explanation_lines(explanation: Explanation, data: FrameworkData, language: str | None = None) -> list[str]:
    """The same as plain sentences, one a line, for the command line and for mails."""
    lines = []
    with in_language(language):
        for step in explain(explanation, data):
            article = f" ({step.article})" if step.article else ""
            names = ": " + ", ".join(str(c) for c in step.criteria) if step.criteria else ""
            lines.append(f"{step.text}{article}{names}")
            lines += _condition_lines(step.conditions, 1)
    return lines


def rule_in_words(data: FrameworkData, language: str | None = None) -> list[RuleInWords]:
    """The rule as sentences, the highest result first."""
    with in_language(language):
        return [
            RuleInWords(
                code=entry.result,
                position=data.level(entry.result).position,
                of=len(data.levels),
                level=localized(data.level(entry.result).name),
                article=localized(data.article(entry.article or data.rule.article)),
                conditions=tuple(_asked(condition, data) for condition in entry.conditions),
            )
            for entry in data.rule.results
        ]


def named(codes: Iterable[str], data: FrameworkData) -> tuple[NamedCriterion, ...]:
    """Criteria by code as sentences name them."""
    criteria = [data.criterion(code) for code in codes]
    return tuple(NamedCriterion(c.code, c.number, localized(c.name)) for c in criteria)


def reach(data: FrameworkData, level: str) -> str:
    """ "Good or above"; only the name for the highest level."""
    name = localized(data.level(level).name)
    return name if level == data.levels[-1].code else _("%(level)s or above") % {"level": name}


def _incomplete(explanation: Explanation, data: FrameworkData) -> ExplainedStep:
    text = ngettext(
        "No overall result yet: one criterion is not rated",
        "No overall result yet: %(count)s criteria are not rated",
        len(explanation.missing),
    )
    return ExplainedStep(
        code="",
        position=0,
        of=len(data.levels),
        level="",
        held=False,
        text=text % {"count": len(explanation.missing)},
        article="",
        conditions=(),
        criteria=named(explanation.missing, data),
    )


def _step_text(level: str, held: bool) -> str:
    if held:
        return _("The result is %(level)s") % {"level": level}
    return _("%(level)s is not reached") % {"level": level}


def _checked(check: Check, data: FrameworkData) -> ExplainedCondition:
    group = tuple(data.rule.groups.get(check.group, ())) if check.group else ()
    finding = label = ""
    if check.total:
        params = {"actual": check.actual, "total": check.total}
        if check.kind in BELOW:
            finding = _("%(actual)s of %(total)s are below it") % params
            label = _("Below it")
        else:
            finding = _("%(actual)s of %(total)s reach it") % params
            label = _("Not there yet")
    # "0 of 18 reach it" names them all already
    decisive = check.criteria if len(check.criteria) < max(2, check.total) else ()
    return ExplainedCondition(
        text=_sentence(check, data, group),
        held=check.held,
        finding=finding,
        label=label,
        criteria=named(decisive, data),
        conditions=tuple(_checked(inner, data) for inner in check.checks),
    )


def _asked(condition: Condition, data: FrameworkData) -> ExplainedCondition:
    return ExplainedCondition(
        text=_sentence(condition, data, condition.criteria),
        held=False,
        finding="",
        label="",
        criteria=(),
        conditions=tuple(_asked(inner, data) for inner in condition.conditions),
    )


def _sentence(condition: Condition | Check, data: FrameworkData, members: tuple[str, ...]) -> str:
    """What a condition asks for. The same words whether it is tried or only stated."""
    kind = condition.kind
    if kind == "always":
        return _("In every other case")
    if kind in ("any_of", "all_of"):
        return _("One of these holds") if kind == "any_of" else _("All of these hold")
    params = {
        "reach": reach(data, condition.level),
        "level": localized(data.level(condition.level).name),
        "group": _group(condition.group, data, members),
        "share": condition.share,
        "needed": condition.needed,
        "total": condition.total,
    }
    shape = "all_at_least" if kind == "named_at_least" else kind
    return _(TEMPLATES[shape, condition.group == "all", bool(condition.share)]) % params


def _group(name: str, data: FrameworkData, members: tuple[str, ...]) -> str:
    if name == "key" and data.key_name:
        return localized(data.key_name)
    if name == "key":
        return _("the key criteria")
    return _("the criteria %(codes)s") % {"codes": ", ".join(members)}


def _condition_lines(conditions: Iterable[ExplainedCondition], depth: int) -> list[str]:
    lines = []
    for condition in conditions:
        answer = _("yes") if condition.held else _("no")
        finding = f" ({condition.finding})" if condition.finding else ""
        names = ", ".join(str(criterion) for criterion in condition.criteria)
        more = f". {condition.label}: {names}" if names else ""
        lines.append(f"{'  ' * depth}{condition.text}: {answer}{finding}{more}")
        lines += _condition_lines(condition.conditions, depth + 1)
    return lines
