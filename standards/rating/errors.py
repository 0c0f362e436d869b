"""What can be wrong with a rule or with ratings: a place, a code and its sentence, ready for translation.

The sentences are English message ids. This package knows no gettext; a function of that name only marks them for
extraction, and `standards.packs_check.sentence_of` puts them in the reader's language.
"""

from collections.abc import Mapping


def gettext_noop(text: str) -> str:
    """Marks a message id for extraction and changes nothing."""
    return text


SENTENCES: dict[str, str] = {
    "not_an_object": gettext_noop("This must be an object with named fields."),
    "not_a_list": gettext_noop("This must be a list with at least one item."),
    "unknown_kind": gettext_noop("There is no kind of rule or condition called “%(value)s”."),
    "unknown_field": gettext_noop("The field “%(value)s” does not belong here."),
    "unknown_level": gettext_noop("There is no level “%(value)s”."),
    "unknown_criterion": gettext_noop("There is no criterion “%(value)s”."),
    "unknown_group": gettext_noop("There is no group of criteria “%(value)s”."),
    "empty_group": gettext_noop("The group “%(value)s” has no criteria."),
    "repeated_criterion": gettext_noop("The criterion “%(value)s” is named twice."),
    "not_a_share": gettext_noop("A share is written as two whole numbers, for example “2/3”, not “%(value)s”."),
    "share_above_one": gettext_noop("The share %(value)s is more than the whole."),
    "not_a_count": gettext_noop("A count is a whole number of 0 or more, not “%(value)s”."),
    "count_above_total": gettext_noop("%(value)s criteria are asked for, but the group has only %(total)s."),
    "share_or_count": gettext_noop("Give either a share or a count, not both and not neither."),
    "lowest_level": gettext_noop("Nothing can be below “%(value)s”, the lowest level."),
    "order_of_results": gettext_noop("Results go from the highest down; “%(value)s” stands in the wrong place."),
    "below_above_lowest": gettext_noop(
        "“%(value)s” may stand only at the lowest result: elsewhere raising a criterion could lower the result."
    ),
    "always_not_last": gettext_noop("“always” makes every result after it impossible."),
    "not_total": gettext_noop(
        "The lowest result must hold whenever the one above it does not: say “always”, or exactly the opposite."
    ),
    "not_rated_policy": gettext_noop("“%(value)s” is not a known way to treat criteria that are not rated."),
    "unknown_result": gettext_noop("There is no result “%(value)s”."),
    "scale_without_levels": gettext_noop(
        "Conditions compare levels, but the criterion “%(criterion)s” is on a scale without levels."
    ),
    "several_scales": gettext_noop(
        "“%(first)s” and “%(second)s” are on different scales; a condition speaks about one scale."
    ),
    "too_deep": gettext_noop("Conditions are nested more than %(value)s deep."),
    "too_many_ways": gettext_noop(
        "“%(value)s” can be reached in more than %(most)s combinations of “one of these”; write it more simply."
    ),
    "not_a_number": gettext_noop(
        "A number is a whole number or a decimal written as text, for example “2.5”, not “%(value)s”."
    ),
    "not_a_number_of_people": gettext_noop("A number of people is a whole number of 2 or more, not “%(value)s”."),
    "weight_not_above_zero": gettext_noop("A weight is a number above 0, not “%(value)s”."),
    "not_a_text": gettext_noop('A text is an object of language codes and texts, for example {"vi": "…"}.'),
    "not_a_code": gettext_noop("“%(value)s” is no code; a code is a text of 1 to 40 characters."),
    "repeated_code": gettext_noop("The code “%(value)s” is used twice."),
    "not_digits": gettext_noop("Decimals are a whole number from 0 to 6, not “%(value)s”."),
    "unknown_rounding": gettext_noop("“%(value)s” is not a known way of rounding; there are half_up and down."),
    "unknown_mean": gettext_noop("A mean is of “criteria” or of “standards”, not of “%(value)s”."),
    "no_points": gettext_noop("The levels of criterion “%(criterion)s” have no points that could be counted."),
    "points_fall": gettext_noop(
        "Criterion %(criterion)s: the level “%(value)s” has fewer points than the level below it."
    ),
    "need_not_defined": gettext_noop("“%(value)s”: a need is counted from two numbers, the present one above 0."),
    "no_own_criteria": gettext_noop("No standard has criteria of its own."),
    "unknown_standard": gettext_noop("There is no standard with criteria called “%(value)s”."),
    "criteria_or_standards": gettext_noop("Name either criteria or standards, not both and not neither."),
    "weight_or_points": gettext_noop("Give either a weight for each criterion or “points”: “levels”."),
    "weight_missing": gettext_noop("The criterion “%(value)s” has no weight."),
    "unknown_band_set": gettext_noop("There is no set of bands “%(value)s”."),
    "unknown_polarity": gettext_noop("The polarity is “direct” or “inverse”, not “%(value)s”."),
    "unknown_overall": gettext_noop("The overall result is “mean” or “none”, not “%(value)s”."),
    "bands_out_of_order": gettext_noop(
        "The band “%(value)s” stands in the wrong place: sort bands by where they begin."
    ),
    "bands_overlap": gettext_noop("The band “%(value)s” reaches into the next one, which begins at %(next)s."),
    "bands_gap": gettext_noop("Between %(high)s, the end of the band “%(value)s”, and %(next)s there is no band."),
    "bands_low_gap": gettext_noop("The lowest band begins at %(value)s, but %(least)s is possible."),
    "bands_above_most": gettext_noop("The band “%(value)s” begins at %(low)s, but no more than %(most)s is possible."),
    "band_ends_before": gettext_noop("The band “%(value)s” ends before it begins."),
    "band_not_rounded": gettext_noop("The band “%(value)s” begins at %(low)s, which is no rounded number."),
    "band_results": gettext_noop(
        "“%(value)s” does not fit the order of the results: a higher number must not give a lower result."
    ),
    "band_without_name": gettext_noop("The band “%(value)s” is no result of the framework and needs a name."),
    "unknown_band": gettext_noop("There is no band “%(value)s”."),
    "gate_never_closed": gettext_noop("“%(value)s” is the lowest level: this gate is never closed."),
    "gate_on_score": gettext_noop("The criterion “%(value)s” has no levels, so it cannot be a gate."),
    "gate_highest": gettext_noop("“%(value)s” is the highest result: a closed gate would change nothing."),
    "panel_of_one": gettext_noop("This rule knows one person who rates, not several."),
    "panel_size": gettext_noop("%(total)s people rate under this rule, not %(value)s."),
    "rating_no_levels": gettext_noop(
        "Criterion %(criterion)s: the framework has no levels, so there is nothing to rate."
    ),
    "rating_not_a_score": gettext_noop(
        "Criterion %(criterion)s: “%(value)s” is not a score; write a number from %(low)s to %(high)s with at most"
        " %(digits)s decimals."
    ),
    "unknown_target": gettext_noop("There is no result “%(value)s”."),
    "rating_unknown_criterion": gettext_noop("The framework has no criterion “%(value)s”."),
    "rating_unknown_level": gettext_noop("Criterion %(criterion)s: there is no level “%(value)s”."),
}


class CodedError(ValueError):
    """An error with a code of `SENTENCES` and its parameters; `str()` is the English sentence."""

    def __init__(self, code: str, **params: object):
        self.code = code
        self.params: Mapping[str, object] = params
        super().__init__(SENTENCES[code] % params)


class RuleError(CodedError):
    """A rule that can't be accepted. `path` is the place inside the rule, for example `results[0].conditions[1].share`."""

    def __init__(self, path: str, code: str, **params: object):
        self.path = path
        super().__init__(code, **params)


class RatingError(CodedError):
    """Ratings that name a criterion or a level which the framework does not have."""
