"""Rules as sentences: what each result asks for, and what the rule does with criteria that have no rating."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.localized import localized
from standards.framework_data import FrameworkData
from standards.presenters.asking import asked
from standards.presenters.counted import WHY, absence_words
from standards.presenters.told import (
    ExplainedCondition,
    RuleInWords,
    band_name,
    in_language,
    level_of,
    named,
    number_words,
    result_name,
    said,
)
from standards.rating import BandsRule, ConditionsRule, MeanRule, NoneRule, PointsRule, Rule
from standards.rating.banding import Band, BandSet, bound_text
from standards.rating.numbers import Rounding, number_text
from standards.rating.points import IGNORED, Gate, PointsPart


def rule_in_words(data: FrameworkData, language: str | None = None) -> list[RuleInWords]:
    """The rule as sentences: what is counted, the results from the highest down, what else holds."""
    with in_language(language):
        rule = data.rule
        return [*_before(rule, data), *_results(rule, data), *_after(rule, data)]


def _note(text: str, *conditions: ExplainedCondition) -> RuleInWords:
    return RuleInWords("", 0, 0, "", "", conditions, text)


def _entry(code: str, article: str, conditions: tuple[ExplainedCondition, ...], data: FrameworkData) -> RuleInWords:
    result = data.result(code)
    cited = localized(data.article(article or data.rule.article))
    return RuleInWords(code, result.position, len(data.results), localized(result.name), cited, conditions)


def _results(rule: Rule, data: FrameworkData) -> Iterator[RuleInWords]:
    if isinstance(rule, ConditionsRule):
        for entry in rule.results:
            yield _entry(entry.result, entry.article, tuple(asked(c, data) for c in entry.conditions), data)
    elif isinstance(rule, MeanRule | PointsRule | BandsRule):
        for place, band in reversed(list(enumerate(rule.bands.bands))):
            lines = [_span(rule.bands, place, rule.rounding)]
            if isinstance(rule, PointsRule):
                lines += [_gate(g, data) for g in rule.gates if rule.place[g.ceiling] < rule.place[band.result]]
            yield _entry(band.result, band.article, (*map(said, lines), *_action(band)), data)


def _span(bands: BandSet, place: int, rounding: Rounding) -> str:
    """The numbers of a band in words, with the end that the text prints."""
    band, above = bands.bands[place], bands.bands[place + 1 : place + 2]
    params = {"low": number_words(bound_text(band.low, rounding))}
    if band.high is not None and not (above and band.high == above[0].low):
        params["high"] = number_words(bound_text(band.high, rounding))
        return _("From %(low)s to %(high)s") % params
    if not above:
        return _("%(bound)s or more") % {"bound": params["low"]}
    params["high"] = number_words(bound_text(above[0].low, rounding))
    if place == 0:
        return _("Below %(bound)s") % {"bound": params["high"]}
    return _("From %(low)s to below %(high)s") % params


def _action(band: Band) -> tuple[ExplainedCondition, ...]:
    return (said(localized(band.action)),) if band.action else ()


def _gate(gate: Gate, data: FrameworkData) -> str:
    params = {"name": named([gate.criterion], data)[0]}
    params["level"] = localized(level_of(gate.criterion, gate.level, data).name)
    return _("%(name)s must be at %(level)s") % params


def _before(rule: Rule, data: FrameworkData) -> Iterator[RuleInWords]:
    """What is counted before anything is looked up."""
    if isinstance(rule, NoneRule):
        yield _note(_("The text knows no overall result"))
    elif isinstance(rule, MeanRule):
        text = _("The mean of all criteria") if rule.of == "criteria" else _("The mean of the means of the standards")
        yield _note(text, *_mean(rule, data))
    elif isinstance(rule, PointsRule):
        most = sum((part_most(part, rule) for part in rule.parts), start=0)
        params = {"most": number_words(number_text(most))}
        parts = tuple(_part(part, rule, data) for part in rule.parts)
        yield _note(_("Points that add up, %(most)s at most") % params, *parts, *_rounded(rule.rounding))
    elif isinstance(rule, BandsRule):
        lines = [said(_("A higher score is a smaller deficit"))] if rule.inverse else []
        if rule.overall == "mean":
            lines.append(said(_("The overall result is that of the mean of the areas")))
        else:
            lines.append(said(_("The text knows no overall result")))
        if rule.route:
            names = ", ".join(result_name(code, data) for code in rule.route)
            lines.append(said(_("Areas that call for work: %(results)s") % {"results": names}))
        yield _note(_("Every area has a result of its own"), *lines, *_rounded(rule.rounding))


def part_most(part: PointsPart, rule: PointsRule):
    """The most points that a part can give."""
    tops = (rule.shape.scale(code) for code in part.factors)
    return sum(
        factor * (scale.top if scale.is_score else scale.ladder[-1])
        for factor, scale in zip(part.factors.values(), tops, strict=True)
    )


def _part(part: PointsPart, rule: PointsRule, data: FrameworkData) -> ExplainedCondition:
    params = {"name": localized(part.name) or part.code, "most": number_words(number_text(part_most(part, rule)))}
    params["count"] = len(part.factors)
    text = ngettext(
        "%(name)s: one criterion, %(most)s points at most",
        "%(name)s: %(count)s criteria, %(most)s points at most",
        len(part.factors),
    )
    return said(text % params)


def _mean(rule: MeanRule, data: FrameworkData) -> Iterator[ExplainedCondition]:
    if rule.weights:
        weights = ", ".join(f"{code} × {number_words(number_text(weight))}" for code, weight in rule.weights.items())
        yield said(_("Weights: %(weights)s; all others × 1") % {"weights": weights})
    if rule.share:
        share = f"{rule.share.numerator}/{rule.share.denominator}"
        if rule.of == "standards":
            yield said(
                _("At least %(share)s of a standard's criteria must be rated, and %(share)s of the standards")
                % {"share": share}
            )
        else:
            yield said(_("At least %(share)s of the criteria must be rated") % {"share": share})
    yield from _rounded(rule.rounding)


def _rounded(rounding: Rounding) -> Iterator[ExplainedCondition]:
    if rounding.digits is None:
        yield said(_("Numbers are compared as they are, unrounded"))
    else:
        text = ngettext(
            "First rounded to one decimal, then looked up",
            "First rounded to %(count)s decimals, then looked up",
            rounding.digits,
        )
        if rounding.mode == "down":
            text = ngettext(
                "First cut off after one decimal, then looked up",
                "First cut off after %(count)s decimals, then looked up",
                rounding.digits,
            )
        yield said(text % {"count": rounding.digits})


def _after(rule: Rule, data: FrameworkData) -> Iterator[RuleInWords]:
    """Panels, other bands, and what the rule does with each kind of absence."""
    if isinstance(rule, PointsRule) and rule.panel:
        params = {"count": rule.panel, "result": result_name(rule.each, data)}
        text = _("%(count)s people rate, and each of them must reach %(result)s; their mean does not count")
        yield _note(text % params)
    for bands in rule.band_sets if isinstance(rule, MeanRule | PointsRule | BandsRule) else ():
        yield _other_bands(bands, rule.rounding, data)
    if any(data.rule.ladders.values()) or any(scale.score for scale in data.scales.values()):
        yield _absences(rule)
    if isinstance(rule, PointsRule):
        for gate in rule.gates:
            if ignored := [_inside(absence_words(why)) for why in WHY if gate.policy[why] == IGNORED]:
                params = {"name": named([gate.criterion], data)[0], "absences": ", ".join(ignored)}
                yield _note(_("%(name)s holds nothing back where it is: %(absences)s") % params)


def _inside(words: str) -> str:
    """Words as they stand inside a sentence."""
    return words[:1].lower() + words[1:]


def _other_bands(bands: BandSet, rounding: Rounding, data: FrameworkData) -> RuleInWords:
    lines = []
    for place, band in reversed(list(enumerate(bands.bands))):
        lines.append(said(f"{_span(bands, place, rounding)}: {band_name(band, data)}"))
    params = {"bands": localized(bands.name) or bands.code}
    return _note(_("%(bands)s are shown beside the result and do not change it") % params, *lines)


def _absences(rule: Rule) -> RuleInWords:
    """What the rule does with each kind of absence; the gates of a rule of points say it for themselves."""
    treatments = {
        "incomplete": _("there is no result before it is rated"),
        "left_out": _("it is left out, the rest counts"),
        "lowest": _("it counts as the lowest level"),
    }
    if len(set(rule.policy.values())) == 1:
        only = rule.policy["not_rated"]
        return _note(
            _("A criterion that is not rated, not observed or not applicable: %(treatment)s")
            % {"treatment": treatments[only]}
        )
    lines = [said(f"{absence_words(why)}: {treatments[rule.policy[why]]}") for why in WHY]
    return _note(_("Criteria without a rating"), *lines)
