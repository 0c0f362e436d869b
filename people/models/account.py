"""Accounts. Rights never come from here: see Membership."""

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q, Value
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from core.constraints import only_one, rule
from core.names import name_key
from people.enums import Gender, Role
from people.models.searching import Plain


class UserManager(BaseUserManager):
    def get_by_natural_key(self, username: str) -> "User":
        return self.get(username__iexact=username)

    def taken_names(self, names: list[str]) -> set[str]:
        """Those of `names` (small letters) that somebody has as user name already. One query."""
        lowered = self.annotate(lowered=models.functions.Lower("username"))
        return set(lowered.filter(lowered__in=names).values_list("lowered", flat=True)) if names else set()

    def create_user(self, username: str, *, full_name: str, password: str | None = None, **fields) -> "User":
        """A new account; without a password nobody can sign in until an activation code is used."""
        user = self.model(username=username.lower(), full_name=full_name, **fields)
        user.set_password(password)
        user.save()
        return user


class User(AbstractBaseUser):
    """A person who may sign in. Name and addresses only; what an employer keeps is in StaffRecord."""

    username = models.CharField(_("User name"), max_length=60)
    email = models.EmailField(_("E-mail"), blank=True)
    full_name = models.CharField(_("Full name"), max_length=120)
    name_key = models.CharField(max_length=420, editable=False, db_collation="C")
    person_code = models.CharField(_("Personal identifier"), max_length=20, blank=True)
    language = models.CharField(_("Language"), max_length=5, blank=True)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=timezone.now)
    search_key = models.GeneratedField(
        expression=Plain(
            models.functions.Concat(
                "full_name",
                Value(" "),
                "username",
                Value(" "),
                "person_code",
                Value(" "),
                "email",
                output_field=models.TextField(),
            )
        ),
        output_field=models.TextField(),
        db_persist=True,
    )

    objects = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["full_name"]

    class Meta:
        ordering = ["name_key", "pk"]
        constraints = [
            models.UniqueConstraint(
                models.functions.Lower("username"),
                name="user_username",
                violation_error_message=_("Somebody already has this user name."),
            ),
            models.UniqueConstraint(
                models.functions.Lower("email"),
                name="user_email",
                condition=~Q(email=""),
                violation_error_message=_("Somebody already has this e-mail address."),
            ),
            only_one(
                "user_person_code",
                ("person_code",),
                _("Somebody already has this personal identifier."),
                where=~Q(person_code=""),
            ),
            rule("user_has_name", ~Q(full_name=""), _("A person needs a name.")),
        ]
        indexes = [models.Index(fields=["name_key"], name="user_name_key")]

    def save(self, *args, **kwargs) -> None:
        self.name_key = name_key(self.full_name)
        if (fields := kwargs.get("update_fields")) and "full_name" in fields:
            kwargs["update_fields"] = {*fields, "name_key"}
        super().save(*args, **kwargs)

    def __str__(self) -> str:
        return self.full_name

    def get_full_name(self) -> str:
        return self.full_name

    def get_short_name(self) -> str:
        return self.full_name.split()[-1]

    @cached_property
    def current_memberships(self) -> list:
        """Memberships in force today with their units, most responsible first; one query per request."""
        rows = self.memberships.current().select_related("unit", "unit__kind")
        rank = {role: position for position, role in enumerate(reversed(Role.values))}
        return sorted(rows, key=lambda row: (rank[row.role], row.pk))

    def roles(self) -> set[str]:
        return {membership.role for membership in self.current_memberships}

    @property
    def role_line(self) -> str:
        """What the header says under the name: the most responsible role and where."""
        if not self.current_memberships:
            return ""
        first = self.current_memberships[0]
        return f"{first.get_role_display()}, {first.unit.name}"

    @property
    def navigation_keys(self) -> set[str]:
        """Rooms this person has work in, for the navigation."""
        keys = {"work", "evaluations", "mentoring", "standards"}
        roles = self.roles()
        if roles - {Role.TEACHER}:
            keys |= {"people"}
        if roles & {Role.HEAD, Role.DEPUTY_HEAD, Role.OFFICER, Role.SUPERVISOR, Role.ADMINISTRATOR, Role.TEACHER}:
            keys |= {"reports"}
        return keys


class StaffRecord(models.Model):
    """What a school's roster says of a person, apart from the account: pages of evaluations never load it."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, primary_key=True, related_name="staff_record")
    birth_date = models.DateField(_("Date of birth"), null=True, blank=True)
    gender = models.CharField(_("Gender"), max_length=1, choices=Gender, blank=True)
    ethnicity = models.CharField(_("Ethnicity"), max_length=60, blank=True)
    subject = models.CharField(_("Subject taught"), max_length=80, blank=True)
    qualification = models.CharField(_("Qualification"), max_length=80, blank=True)
    title_rank = models.CharField(_("Professional title rank"), max_length=20, blank=True)
    party_member = models.BooleanField(_("Party member"), default=False)
    joined_on = models.DateField(_("Entered the profession"), null=True, blank=True)
    joined_month_only = models.BooleanField(default=False)  # the day of joined_on is not known
    joined_year_only = models.BooleanField(default=False)  # nor is its month
    phone = models.CharField(_("Phone"), max_length=30, blank=True)

    class Meta:
        constraints = [
            rule(
                "staff_joined_after_birth",
                Q(birth_date=None) | Q(joined_on=None) | Q(joined_on__gt=models.F("birth_date")),
                _("Nobody enters the profession before being born."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.user)


class ActivationCode(models.Model):
    """A printed one-time code for people without e-mail. Only its hash is kept."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="activation_codes")
    code_hash = models.CharField(max_length=128)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            only_one("code_one_unused", ("user",), _("There is an unused code already."), where=Q(used_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.user} ({self.created_at:%Y-%m-%d})"
