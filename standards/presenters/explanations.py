"""Explanations of results as sentences: said once, for pages, documents and the command line."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from standards.framework_data import FrameworkData
from standards.presenters.asking import checked
from standards.presenters.counted import SENTENCES, absence_words, counted, step_words
from standards.presenters.rules import rule_in_words
from standards.presenters.told import (
    ExplainedCondition,
    ExplainedStep,
    NamedCriterion,
    RuleInWords,
    Words,
    in_language,
    named,
    reach,
    result_name,
    said,
    words_of,
)
from standards.rating import Explanation, Step

__all__ = [
    "ExplainedCondition",
    "ExplainedStep",
    "NamedCriterion",
    "RuleInWords",
    "explain",
    "explanation_lines",
    "in_language",
    "named",
    "reach",
    "rule_in_words",
]


def explain(explanation: Explanation, data: FrameworkData, language: str | None = None) -> list[ExplainedStep]:
    """Why the result is what it is: what was left out, how a number came to be, and each result tried, from the
    highest down to the one that held."""
    with in_language(language):
        steps = []
        known = explanation.result is not None or _text_knows_none(explanation)
        if not known:
            steps.append(_incomplete(explanation, data))
        elif explanation.absent:
            steps.append(_fact(_("Criteria without a rating"), data, _apart(explanation, data)))
        words = words_of(data)
        steps += [_step(step, words) for step in explanation.steps]
        if known and explanation.result is None:
            article = words.article(explanation.article)
            steps.append(_fact(_("The text knows no overall result"), data, held=True, article=article))
        steps += [_member(number, member, data) for number, member in enumerate(explanation.assessors, start=1)]
        return steps


def explanation_lines(explanation: Explanation, data: FrameworkData, language: str | None = None) -> list[str]:
    """The same as plain sentences, one a line, for the command line and for mails."""
    lines = []
    with in_language(language):
        words = words_of(data)
        for step in explain(explanation, data):
            article = f" ({step.article})" if step.article else ""
            names = ": " + ", ".join(str(c) for c in step.criteria) if step.criteria else ""
            lines.append(f"{step.text}{article}{names}")
            lines += _condition_lines(step.conditions, 1, words)
    return lines


def _text_knows_none(explanation: Explanation) -> bool:
    """Whether there is no result because the text knows none, rather than because something is open."""
    return explanation.kind in ("none", "bands") and not explanation.missing


def _fact(
    text: str,
    data: FrameworkData,
    conditions: tuple[ExplainedCondition, ...] = (),
    *,
    held: bool = False,
    article: str = "",
    criteria: tuple[NamedCriterion, ...] = (),
) -> ExplainedStep:
    """A step that is no result."""
    return ExplainedStep("", 0, len(data.results), "", held, text, article, conditions, criteria)


def _incomplete(explanation: Explanation, data: FrameworkData) -> ExplainedStep:
    missing = explanation.missing
    if missing and not explanation.absent:
        text = ngettext(
            "No overall result yet: one criterion is not rated",
            "No overall result yet: %(count)s criteria are not rated",
            len(missing),
        )
        return _fact(text % {"count": len(missing)}, data, criteria=named(missing, data))
    if missing:
        text = ngettext(
            "No overall result yet: one criterion has no rating",
            "No overall result yet: %(count)s criteria have no rating",
            len(missing),
        )
        return _fact(text % {"count": len(missing)}, data, _apart(explanation, data))
    if explanation.steps and explanation.steps[0].kind == "panel":
        ready = sum(check.held for check in explanation.steps[0].checks)
        params = {"ready": ready, "total": data.rule.panel}
        return _fact(_("No overall result yet: %(ready)s of %(total)s people have rated") % params, data)
    return _fact(_("No overall result: every criterion is left out"), data, _apart(explanation, data))


def _apart(explanation: Explanation, data: FrameworkData) -> tuple[ExplainedCondition, ...]:
    """The criteria without a rating, the three kinds of absence told apart, with what the rule does with them."""
    lines = []
    missing = set(explanation.missing)
    for why, codes in explanation.absent.items():
        for group, is_open in ((_inside(codes, missing), True), (_outside(codes, missing), False)):
            if group:
                lines.append(said(_absence_text(why, data, is_open=is_open), criteria=named(group, data)))
    return tuple(lines)


def _inside(codes: Iterable[str], chosen: set[str]) -> tuple[str, ...]:
    """Those of `codes` that are chosen."""
    return tuple(code for code in codes if code in chosen)


def _outside(codes: Iterable[str], chosen: set[str]) -> tuple[str, ...]:
    """Those of `codes` that are not chosen."""
    return tuple(code for code in codes if code not in chosen)


def _absence_text(why: str, data: FrameworkData, *, is_open: bool) -> str:
    absence = absence_words(why)
    if is_open:
        return absence
    treatment = data.rule.policy[why]
    if treatment == "left_out":
        return _("%(absence)s, left out") % {"absence": absence}
    if treatment == "lowest":
        return _("%(absence)s, counted as the lowest level") % {"absence": absence}
    return _("%(absence)s, does not count here") % {"absence": absence}


def _step(step: Step, words: Words) -> ExplainedStep:
    data = words.data
    if not step.result:
        text, conditions = step_words(step, data)
        return _fact(text, data, conditions, held=step.held)
    name = words.sentence(("result", step.result), lambda: result_name(step.result, data))
    return ExplainedStep(
        code=step.result,
        position=data.result(step.result).position,
        of=len(data.results),
        level=name,
        held=step.held,
        text=words.sentence(("result", step.result, step.held), lambda: _step_text(name, step.held)),
        article=words.article(step.article),
        conditions=tuple([counted(c, data) if c.kind in SENTENCES else checked(c, words) for c in step.checks]),
    )


def _step_text(level: str, held: bool) -> str:
    if held:
        return _("The result is %(level)s") % {"level": level}
    return _("%(level)s is not reached") % {"level": level}


def _member(number: int, member: Explanation, data: FrameworkData) -> ExplainedStep:
    """One person of a panel, with everything that explains this person's own result."""
    params = {"number": number, "result": result_name(member.result, data) if member.result else _("not complete")}
    inner = tuple(said(step.text, *step.conditions, criteria=step.criteria) for step in explain(member, data))
    return _fact(_("Person %(number)s: %(result)s") % params, data, inner)


def _condition_lines(conditions: Iterable[ExplainedCondition], depth: int, words: Words) -> list[str]:
    lines = []
    for condition in conditions:
        answer = words.yes if condition.held else words.no
        finding = f" ({condition.finding})" if condition.finding else ""
        names = ", ".join([f"{criterion.code} {criterion.name}" for criterion in condition.criteria])
        if condition.plain:
            lines.append(f"{'  ' * depth}{condition.text}{': ' if names else ''}{names}")
        else:
            more = f". {condition.label}: {names}" if names else ""
            lines.append(f"{'  ' * depth}{condition.text}: {answer}{finding}{more}")
        lines += _condition_lines(condition.conditions, depth + 1, words)
    return lines
