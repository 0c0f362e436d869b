"""Check constraints the house uses again and again, each with the sentence a person reads."""

from django.db.models import CheckConstraint, F, Q, UniqueConstraint
from django.utils.functional import Promise


def rule(name: str, condition: Q, sentence: str | Promise) -> CheckConstraint:
    """A check constraint `name` (unique in the database) whose violation says `sentence`."""
    return CheckConstraint(condition=condition, name=name, violation_error_message=sentence)


def date_order(name: str, earlier: str, later: str, sentence: str | Promise) -> CheckConstraint:
    """`earlier` is not after `later`; either may be empty."""
    order = Q(**{f"{earlier}__isnull": True}) | Q(**{f"{later}__isnull": True}) | Q(**{f"{earlier}__lte": F(later)})
    return rule(name, order, sentence)


def both_or_neither(name: str, one: str, other: str, sentence: str | Promise) -> CheckConstraint:
    """The two columns are filled together or not at all."""
    filled = Q(**{f"{one}__isnull": False}) & Q(**{f"{other}__isnull": False})
    empty = Q(**{f"{one}__isnull": True}) & Q(**{f"{other}__isnull": True})
    return rule(name, filled | empty, sentence)


def filled_if(name: str, condition: Q, field: str, sentence: str | Promise) -> CheckConstraint:
    """`field` is not null wherever `condition` holds."""
    return rule(name, ~condition | Q(**{f"{field}__isnull": False}), sentence)


def only_one(name: str, fields: tuple[str, ...], sentence: str | Promise, where: Q | None = None) -> UniqueConstraint:
    """At most one row with these `fields` (among the rows `where` holds)."""
    return UniqueConstraint(fields=fields, name=name, condition=where, violation_error_message=sentence)
