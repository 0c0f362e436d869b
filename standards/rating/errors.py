"""What can be wrong with a rule or with ratings: a place, a code and its sentence, ready for translation.

The sentences are English message ids. This package knows no gettext; `N_` only marks them for extraction,
and `standards.presenters` puts them in the reader's language.
"""

from collections.abc import Mapping


def N_(text: str) -> str:
    """Marks a message id for extraction and changes nothing."""
    return text


SENTENCES: dict[str, str] = {
    "not_an_object": N_("This must be an object with named fields."),
    "not_a_list": N_("This must be a list with at least one item."),
    "unknown_kind": N_("There is no kind of rule or condition called “%(value)s”."),
    "unknown_field": N_("The field “%(value)s” does not belong here."),
    "unknown_level": N_("There is no level “%(value)s”."),
    "unknown_criterion": N_("There is no criterion “%(value)s”."),
    "unknown_group": N_("There is no group of criteria “%(value)s”."),
    "empty_group": N_("The group “%(value)s” has no criteria."),
    "repeated_criterion": N_("The criterion “%(value)s” is named twice."),
    "not_a_share": N_("A share is written as two whole numbers, for example “2/3”, not “%(value)s”."),
    "share_above_one": N_("The share %(value)s is more than the whole."),
    "not_a_count": N_("A count is a whole number of 0 or more, not “%(value)s”."),
    "count_above_total": N_("%(value)s criteria are asked for, but the group has only %(total)s."),
    "share_or_count": N_("Give either a share or a count, not both and not neither."),
    "lowest_level": N_("Nothing can be below “%(value)s”, the lowest level."),
    "order_of_results": N_("Results go from the highest down; “%(value)s” stands in the wrong place."),
    "below_above_lowest": N_(
        "“%(value)s” may stand only at the lowest result: elsewhere raising a criterion could lower the result."
    ),
    "always_not_last": N_("“always” makes every result after it impossible."),
    "not_total": N_(
        "The lowest result must hold whenever the one above it does not: say “always”, or exactly the opposite."
    ),
    "not_rated_policy": N_("“%(value)s” is not a known way to treat criteria that are not rated."),
    "rating_unknown_criterion": N_("The framework has no criterion “%(value)s”."),
    "rating_unknown_level": N_("Criterion %(criterion)s: there is no level “%(value)s”."),
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
