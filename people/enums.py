"""Words of people and places. Codes are stored, labels are for readers."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    TEACHER = "teacher", _("Teacher")
    GROUP_LEADER = "group_leader", _("Group leader")
    DEPUTY_HEAD = "deputy_head", _("Deputy head")
    HEAD = "head", _("Head")
    OFFICER = "officer", _("Officer")
    SUPERVISOR = "supervisor", _("Supervisor")
    ADMINISTRATOR = "administrator", _("Administrator")


class Place(TextChoices):
    """What a kind of unit is to the product, whatever the country calls it."""

    OFFICE = "office", _("Office")
    SCHOOL = "school", _("School")
    GROUP = "group", _("Professional group")


class Gender(TextChoices):
    FEMALE = "f", _("Female")
    MALE = "m", _("Male")
    OTHER = "x", _("Other")


LEADERS = (Role.HEAD, Role.DEPUTY_HEAD)
"""Roles judged by the standards for heads, and never by the teachers' (Circular 14/2018)."""

TEACHERS = (Role.TEACHER, Role.GROUP_LEADER)
OVERSEERS = (Role.OFFICER, Role.SUPERVISOR, Role.ADMINISTRATOR)
"""Roles at an office whose sight covers every unit below it."""
