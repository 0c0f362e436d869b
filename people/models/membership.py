from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.constraints import date_order, only_one, rule
from people.enums import Role
from people.models.unit import Unit


class MembershipQuerySet(models.QuerySet):
    def current(self, day: date | None = None) -> "MembershipQuerySet":
        """In force on that day (default today)."""
        day = day or timezone.localdate()
        return self.filter(Q(end=None) | Q(end__gte=day), start__lte=day)


class Membership(models.Model):
    """A person's role at a unit from a day to a day. The only source of rights.

    A teacher has one at the school (teacher) and one at the professional group (teacher or group leader);
    heads and deputies have theirs at the school, officers and administrators at their office.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(_("Role"), max_length=15, choices=Role)
    start = models.DateField(_("From"), default=timezone.localdate)
    end = models.DateField(_("To"), null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            rule("membership_role", Q(role__in=Role.values), _("Unknown role.")),
            date_order("membership_dates", "start", "end", _("A membership ends before it starts.")),
            only_one(
                "membership_one_open",
                ("user", "unit", "role"),
                _("This person already has this role at this unit."),
                where=Q(end=None),
            ),
        ]
        indexes = [models.Index(fields=["unit", "role"], name="membership_unit_role")]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}, {self.unit}"
