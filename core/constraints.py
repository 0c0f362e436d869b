"""Check constraints the house uses again and again, each with the sentence a person reads."""

from django.core.exceptions import ValidationError
from django.db import DEFAULT_DB_ALIAS, IntegrityError
from django.db.models import CheckConstraint, F, Model, Q, UniqueConstraint
from django.utils.functional import Promise


class FieldRule(CheckConstraint):
    """A check constraint whose sentence is about one field: a form shows it there. To migrations it is Django's own."""

    def __init__(self, *, field: str = "", **kwargs):
        super().__init__(**kwargs)
        self.field = field

    def validate(self, model, instance, exclude=None, using=DEFAULT_DB_ALIAS):
        """As Django's, with the sentence under its field unless the form does not ask for that."""
        try:
            super().validate(model, instance, exclude=exclude, using=using)
        except ValidationError as error:
            if not self.field or self.field in (exclude or ()):
                raise
            raise ValidationError({self.field: error}) from error

    def clone(self):
        """As Django's, which asks `deconstruct`; every model keeps clones of its constraints."""
        copy = super().clone()
        copy.field = self.field
        return copy

    def deconstruct(self):
        """The constraint of the database; which field a form marks is no matter of the schema."""
        _path, args, kwargs = super().deconstruct()
        return "django.db.models.CheckConstraint", args, kwargs


def sentence_of(error: IntegrityError, model: type[Model]) -> str:
    """What the constraint of `model` that a row broke says to people. Raises `error` when it broke none of these."""
    broken = error.__cause__.diag.constraint_name if error.__cause__ else None
    for constraint in model._meta.constraints:
        if constraint.name == broken:
            return constraint.get_violation_error_message()
    raise error


def rule(name: str, condition: Q, sentence: str | Promise, field: str = "") -> CheckConstraint:
    """A check constraint `name` (unique in the database) whose violation says `sentence`, in forms at `field`."""
    return FieldRule(condition=condition, name=name, violation_error_message=sentence, field=field)


def date_order(name: str, earlier: str, later: str, sentence: str | Promise) -> CheckConstraint:
    """`earlier` is not after `later`; either may be empty."""
    order = Q(**{f"{earlier}__isnull": True}) | Q(**{f"{later}__isnull": True}) | Q(**{f"{earlier}__lte": F(later)})
    return rule(name, order, sentence, field=later)


def both_or_neither(name: str, one: str, other: str, sentence: str | Promise) -> CheckConstraint:
    """The two columns are filled together or not at all."""
    filled = Q(**{f"{one}__isnull": False}) & Q(**{f"{other}__isnull": False})
    empty = Q(**{f"{one}__isnull": True}) & Q(**{f"{other}__isnull": True})
    return rule(name, filled | empty, sentence, field=other)


def filled_if(name: str, condition: Q, field: str, sentence: str | Promise) -> CheckConstraint:
    """`field` is not null wherever `condition` holds."""
    return rule(name, ~condition | Q(**{f"{field}__isnull": False}), sentence, field=field)


def only_one(name: str, fields: tuple[str, ...], sentence: str | Promise, where: Q | None = None) -> UniqueConstraint:
    """At most one row with these `fields` (among the rows `where` holds)."""
    return UniqueConstraint(fields=fields, name=name, condition=where, violation_error_message=sentence)
