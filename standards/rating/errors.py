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
