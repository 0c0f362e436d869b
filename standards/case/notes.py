"""Sentences about what a reader did with a package, for the person who takes it up."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def renamed(n: int) -> str:
    """Objects without an identifier of the right form."""
    return ngettext("%(n)s object had no UUID and was given one.", "%(n)s objects had no UUID and were given one.", n)


def made_codes(n: int) -> str:
    """Items without a code."""
    return ngettext("%(n)s item had no code and was given one.", "%(n)s items had no code and were given one.", n)


def changed_codes(n: int) -> str:
    """Codes that could not stay as they are written."""
    return ngettext(
        "%(n)s code was made single and safe for addresses; what people read stays.",
        "%(n)s codes were made single and safe for addresses; what people read stays.",
        n,
    )


def untold(n: int) -> str:
    """Items without words."""
    return ngettext("%(n)s item has no statement.", "%(n)s items have no statement.", n)


def elsewhere(n: int) -> str:
    """Further parents."""
    return ngettext(
        "%(n)s item stands in a second place too: shown at the first, exported at both.",
        "%(n)s items stand in further places too: shown at the first, exported at all of them.",
        n,
    )


def strangers(n: int) -> str:
    """Places in other packages."""
    return ngettext(
        "%(n)s place in the tree belongs to another package; it is kept for export.",
        "%(n)s places in the tree belong to other packages; they are kept for export.",
        n,
    )


def counted(*pairs: tuple) -> list[str]:
    """The sentences (function, count) that have something to count."""
    return [sentence(count) % {"n": count} for sentence, count in pairs if count]


def root_items() -> str:
    """Leaves at the root."""
    return _("Items at the root without anything below them were put under one standard.")


def as_learning() -> str:
    """What a foreign framework is taken for."""
    return _("Read as standards of learners without an overall result; choose another use before publishing.")


def no_title() -> str:
    """A document without a title."""
    return _("The document has no title.")


def no_start() -> str:
    """A document without a date."""
    return _("The document does not say since when it is in force.")


def no_country() -> str:
    """A document without a country."""
    return _("The document does not say of which country it is: ZZ stands there.")


def mixed_levels() -> str:
    """Rubrics that do not share their levels."""
    return _("The rubrics have different levels: they are kept for export and not used here.")


def guessed_levels() -> str:
    """Rubrics without scores."""
    return _("The rubrics give no scores: their first level was taken for the lowest.")
