"""Accounts: what people change themselves, and what those who administer a school add and correct."""

from datetime import date

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.decisions import Refused
from core.mail import write_mail
from core.names import proper_name
from people.models import Membership, StaffRecord, Unit, User
from people.placing import new_memberships, targets_for
from people.policies import can_administer, can_change_person, can_give_role, can_set_email
from people.queries import group_ids_of
from people.roster.usernames import UserNames


@transaction.atomic
def set_language(*, by: User, language: str) -> User:
    """Remembers the language `by` reads in; "" is "as the browser says". Raises ValueError for an unknown one."""
    if language and language not in dict(settings.LANGUAGES):
        raise ValueError(language)
    if by.language != language:
        by.language = language
        by.save(update_fields=["language"])
    return by


@transaction.atomic
def change_email(*, by: User, email: str) -> User:
    """Another address for oneself, "" for none. The old address is told, and no longer signs in.

    Raises Refused when somebody else has it.
    """
    user = User.objects.select_for_update(of=("self",)).get(pk=by.pk)
    email, before = email.strip().lower(), user.email
    if email == before:
        return user
    if email and User.objects.filter(email__iexact=email).exclude(pk=user.pk).exists():
        raise Refused(_("Somebody already has this e-mail address."))
    user.email = email
    user.save(update_fields=["email"])
    EmailAddress.objects.filter(user=user).exclude(email__iexact=email).delete()
    write_mail(
        key=f"email-changed:{user.pk}:{timezone.now():%Y%m%d%H%M%S%f}",
        to=before,
        language=user.language or settings.LANGUAGE_CODE,
        template="email_changed",
        context={"person": user, "link": settings.SITE_URL},
    )
    return user


@transaction.atomic
def add_person(
    *, school: Unit, full_name: str, role: str, group: Unit | None, start: date, by: User | None, **known
) -> User:
    """A new person at a unit: account without password, staff record, memberships from `start` on.

    `known`: person_code, email and fields of StaffRecord. Raises PermissionDenied or Refused (identifier or address of
    somebody else, a role that this unit does not have). `by` None is the command line.
    """
    if by is not None:
        can_administer(by, school).or_raise()
        can_give_role(by, school, targets_for(role, school, None)[school.pk]).or_raise()
    if group and group.pk not in group_ids_of(school):
        raise Refused(_("The group belongs to another school."))
    if role == "group_leader" and not group:
        raise Refused(_("Say which group is led."))
    full_name = proper_name(full_name)
    account = {name: known.pop(name, "") for name in ("person_code", "email")}
    account["email"] = account["email"].lower()
    _refuse_taken(account)
    try:
        with transaction.atomic():
            user = User.objects.create_user(UserNames([full_name]).take(full_name), full_name=full_name, **account)
    except IntegrityError as error:  # somebody took the name or identifier between the question and the answer
        raise Refused(_("Somebody was added with the same data at this moment. Look at the list again.")) from error
    StaffRecord.objects.create(user=user, **known)
    Membership.objects.bulk_create(new_memberships(user, targets_for(role, school, group), start))
    return user


@transaction.atomic
def correct_person(*, person: User, by: User, **known) -> User:
    """Corrects name, identifier, e-mail and staff record of `person`.

    The address of somebody who signs in with it, or who also has a role that `by` may not print a code for, is left as
    it is. Raises PermissionDenied or Refused.
    """
    can_change_person(by, person).or_raise()
    user = User.objects.select_for_update(of=("self",)).get(pk=person.pk)
    account = {name: known.pop(name) for name in ("full_name", "person_code", "email") if name in known}
    if not can_set_email(by, user):
        account.pop("email", None)
    _refuse_taken(account, but=user)
    for name, value in account.items():
        setattr(user, name, proper_name(value) if name == "full_name" else value)
    user.save()
    StaffRecord.objects.update_or_create(user=user, defaults=known)
    return user


def _refuse_taken(account: dict, but: User | None = None) -> None:
    others = User.objects.exclude(pk=but.pk) if but else User.objects.all()
    if account.get("person_code") and (other := others.filter(person_code=account["person_code"]).first()):
        places = Membership.objects.current().filter(user=other).select_related("unit").order_by("pk")
        place = next((row.unit.name for row in places), "")
        if place:
            raise Refused(
                _("This identifier belongs to %(name)s at %(unit)s. A person has one account: transfer it.")
                % {"name": other.full_name, "unit": place}
            )
        raise Refused(_("Somebody already has this personal identifier."))
    if account.get("email") and others.filter(email__iexact=account["email"]).exists():
        raise Refused(_("Somebody already has this e-mail address."))
