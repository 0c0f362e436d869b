"""One-time activation codes: made for printing, used once to choose a password."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from core.decisions import Refused
from core.mail import write_mail
from people.models import ActivationCode, User
from people.policies import codes_printable

ALPHABET = "ABCDEFGHJKMNPQRTUVWXY346789"  # none of 0 O, 1 I L, 2 Z, 5 S: they look alike on paper
GROUPS, GROUP_LENGTH = 3, 4
VALID_FOR = timedelta(days=30)
MAX_ATTEMPTS = 10


@dataclass(frozen=True)
class Slip:
    """What is printed for one person. The code is known only now: the database keeps its hash."""

    user: User
    code: str
    expires_at: datetime


def new_code() -> str:
    """Twelve letters and figures in three groups, about 57 bits."""
    groups = ("".join(secrets.choice(ALPHABET) for _letter in range(GROUP_LENGTH)) for _group in range(GROUPS))
    return "-".join(groups)


def hash_of(code: str) -> str:
    """The keyed hash of a code, whatever its capitals, spaces and dashes. Random codes need no slow hash."""
    letters = "".join(char for char in code.upper() if char.isalnum())
    return salted_hmac("people.activation", letters, algorithm="sha256").hexdigest()


@transaction.atomic
def make_codes(*, people: list[User], by: User | None) -> list[Slip]:
    """A new code for each of `people`, in their order; older unused codes stop working.

    `by` None is the command line. Raises PermissionDenied or Refused for the first person `by` may not do this for.
    """
    expires = timezone.now() + VALID_FOR
    slips = [Slip(person, new_code(), expires) for person in people]
    if by is not None:
        for decision in codes_printable(by, people).values():
            decision.or_raise()
    list(User.objects.select_for_update(of=("self",)).filter(pk__in=[person.pk for person in people]).order_by("pk"))
    ActivationCode.objects.filter(user__in=people, used_at=None).delete()
    rows = ActivationCode.objects.bulk_create(
        ActivationCode(user=slip.user, code_hash=hash_of(slip.code), created_by=by, expires_at=expires)
        for slip in slips
    )
    for slip, row in zip(slips, rows, strict=True):
        if slip.user.last_login:
            _tell_owner(slip.user, row, by)
    return slips


def _tell_owner(person: User, code: ActivationCode, by: User | None) -> None:
    """Who uses the account already learns that somebody made another way in."""
    write_mail(
        key=f"activation:{code.pk}",
        to=person.email,
        language=person.language or settings.LANGUAGE_CODE,
        template="activation_code_made",
        context={"person": person, "by": by, "link": settings.SITE_URL},
    )


def usable_code(username: str, code: str) -> ActivationCode | None:
    """The unused, unexpired code of that user, or None; a wrong one counts against the code.

    Takes the same time for unknown users. Call it inside a transaction: the row stays locked.
    """
    given = hash_of(code)
    row = (
        ActivationCode.objects.select_for_update(of=("self",))
        .select_related("user")
        .filter(user__username__iexact=username.strip(), user__is_active=True, used_at=None)
        .first()
    )
    is_right = constant_time_compare(row.code_hash if row else given[::-1], given)
    if row is None or row.attempts >= MAX_ATTEMPTS or row.expires_at <= timezone.now():
        return None
    if is_right:
        return row
    row.attempts += 1
    row.save(update_fields=["attempts"])
    return None


@transaction.atomic
def check_code(*, username: str, code: str) -> User | None:
    """Whose code this is, without using it up; a wrong guess is counted."""
    row = usable_code(username, code)
    return row.user if row else None


@transaction.atomic
def activate(*, username: str, code: str, password: str) -> User:
    """Uses the code up and sets the password (checked by the form). Raises Refused when the code is no longer good."""
    row = usable_code(username, code)
    if row is None:
        raise Refused(_("This user name and code do not belong together, or the code has expired."))
    row.used_at = timezone.now()
    row.save(update_fields=["used_at"])
    user = User.objects.select_for_update(of=("self",)).get(pk=row.user_id)
    user.set_password(password)
    user.save(update_fields=["password"])
    return user
