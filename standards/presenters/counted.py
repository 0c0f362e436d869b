"""Means, points, bands, gates and panels that were tried, in sentences."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.localized import localized
from standards.framework_data import FrameworkData
from standards.presenters.told import (
    ExplainedCondition,
    band_name,
    level_of,
    named,
    number_words,
    result_name,
    said,
    value_name,
)
from standards.rating import BandsRule, Check, MeanRule, PointsRule, Step

WHY = ("not_rated", "not_observed", "not_applicable")


def absence_words(why: str) -> str:
    """The three kinds of absence, told apart."""
    words = {
        "not_rated": _("Not rated"),
        "not_observed": _("Not observed"),
        "not_applicable": _("Not applicable"),
    }
    return words[why]


def step_words(step: Step, data: FrameworkData) -> tuple[str, tuple[ExplainedCondition, ...]]:
    """The headline of how a number came to be, and what is below it."""
    first, *rest = step.checks
    below = [*first.checks, *rest]
    params = {"value": number_words(first.value) if first.value else "", "most": number_words(first.most or "0")}
    if step.kind == "panel":
        # nobody has reached or missed anything yet: that is said result by result
        inner = [counted(check, data) for check in step.checks]
        lines = (said(f"{one.text}: {one.finding}") if one.finding else one for one in inner)
        return _("Everybody who rates counts alone"), tuple(lines)
    if step.kind == "areas":
        inverse = isinstance(data.rule, BandsRule) and data.rule.inverse
        text = _("The areas one by one; a higher score is a smaller deficit") if inverse else _("The areas one by one")
        below = list(step.checks)
    elif first.kind == "sum":
        text = _("The points are %(value)s of %(most)s") % params
    elif not first.held:
        text = _not_enough(first)
    elif first.code == "standards":
        text = _("The mean of the standards is %(value)s") % params
    elif first.code == "areas":
        text = _("The mean of the areas is %(value)s") % params
    else:
        text = _("The mean of the criteria is %(value)s") % params
    return text, tuple(counted(check, data) for check in below)


def _not_enough(mean: Check) -> str:
    params = {"actual": mean.actual, "total": mean.total, "needed": mean.needed}
    if mean.code == "standards":
        text = _("Too little is rated: %(actual)s of %(total)s standards have a number, %(needed)s must have one")
    else:
        text = _("Too little is rated: %(actual)s of %(total)s criteria, %(needed)s must be")
    if mean.value:
        text += ". " + _("What is rated has the mean %(value)s")
        params["value"] = number_words(mean.value)
    return text % params


def counted(check: Check, data: FrameworkData) -> ExplainedCondition:
    """One part, band, gate or person."""
    return SENTENCES[check.kind](check, data)


def _standard(check: Check, data: FrameworkData) -> ExplainedCondition:
    params = {"name": f"{check.code} {localized(data.standard(check.code).name)}", "value": ""}
    params |= {"actual": check.actual, "total": check.total, "needed": check.needed}
    if not check.held:
        text = _("%(name)s: no number, %(actual)s of %(total)s criteria are rated and %(needed)s must be")
        return said(text % params)
    params |= {"value": number_words(check.value), "result": result_name(check.result, data)}
    return said(_("%(name)s: %(value)s, %(result)s") % params)


def _also(check: Check, data: FrameworkData) -> ExplainedCondition:
    params = {"value": number_words(check.value)}
    if check.code == "standards":
        return said(_("For comparison, not counted: the mean of the standards is %(value)s") % params)
    return said(_("For comparison, not counted: the mean of the criteria is %(value)s") % params)


def _other_bands(check: Check, data: FrameworkData) -> ExplainedCondition:
    rule = data.rule
    assert isinstance(rule, MeanRule)
    bands = next(found for found in rule.band_sets if found.code == check.code)
    name = band_name(bands.band(check.result), data)
    params = {"bands": localized(bands.name) or bands.code, "value": number_words(check.value), "name": name}
    return said(_("%(bands)s say of %(value)s: %(name)s") % params)


def _part(check: Check, data: FrameworkData) -> ExplainedCondition:
    rule = data.rule
    assert isinstance(rule, PointsRule)
    part = next(found for found in rule.parts if found.code == check.code)
    params = {"name": localized(part.name) or part.code, "value": number_words(check.value)}
    params["most"] = number_words(check.most)
    inner = tuple(counted(inside, data) for inside in check.checks)
    return said(_("%(name)s: %(value)s of %(most)s points") % params, *inner)


def _points(check: Check, data: FrameworkData) -> ExplainedCondition:
    criterion = named([check.code], data)[0]
    params = {"name": criterion, "value": number_words(check.value), "most": number_words(check.most)}
    if not check.level:
        return said(_("%(name)s: %(value)s of %(most)s") % params)
    params["level"] = localized(level_of(check.code, check.level, data).name)
    return said(_("%(name)s: %(level)s, %(value)s of %(most)s") % params)


def _band(check: Check, data: FrameworkData) -> ExplainedCondition:
    text = _("%(bound)s or more") % {"bound": number_words(check.bound)}
    finding = _("it is %(value)s") % {"value": number_words(check.value)}
    return ExplainedCondition(text, check.held, finding, "", (), ())


def _gate(check: Check, data: FrameworkData) -> ExplainedCondition:
    code = check.criteria[0]
    params = {"name": named([code], data)[0], "level": localized(level_of(code, check.level, data).name)}
    if check.value:
        finding = value_name(code, check.value, data)
    else:
        finding = _("%(absence)s, does not count here") % {"absence": absence_words(check.group)}
    return ExplainedCondition(_("%(name)s must be at %(level)s") % params, check.held, finding, "", (), ())


def _assessor(check: Check, data: FrameworkData) -> ExplainedCondition:
    text = _("Person %(number)s who rates") % {"number": check.code}
    finding = _("not complete")
    if check.result:
        finding = f"{number_words(check.value)}, {result_name(check.result, data)}"
    return ExplainedCondition(text, check.held, finding, "", (), ())


def _panel_mean(check: Check, data: FrameworkData) -> ExplainedCondition:
    return said(_("The mean of all is %(value)s; it does not count") % {"value": number_words(check.value)})


def _area(check: Check, data: FrameworkData) -> ExplainedCondition:
    params = {"name": named([check.code], data)[0], "value": number_words(check.value)}
    unit = "%" if (score := data.scale_of(check.code).score) and score.unit == "percent" else ""
    params |= {"value": params["value"] + (f" {unit}" if unit else ""), "result": result_name(check.result, data)}
    action = ""
    if isinstance(data.rule, BandsRule):
        action = localized(data.rule.bands.band(check.result).action)
    return said(_("%(name)s: %(value)s, %(result)s") % params + (f" ({action})" if action else ""))


def _route(check: Check, data: FrameworkData) -> ExplainedCondition:
    if not check.criteria:
        return said(_("No area calls for work"))
    text = ngettext("One area calls for work", "%(count)s areas call for work, the worst first", len(check.criteria))
    return said(text % {"count": len(check.criteria)}, criteria=named(check.criteria, data))


SENTENCES = {
    "standard": _standard,
    "also": _also,
    "other_bands": _other_bands,
    "part": _part,
    "points": _points,
    "band": _band,
    "gate": _gate,
    "assessor": _assessor,
    "panel_mean": _panel_mean,
    "area": _area,
    "route": _route,
}
