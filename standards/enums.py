"""States of a framework version and kinds of sources."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class VersionStatus(TextChoices):
    DRAFT = "draft", pgettext_lazy("framework version", "Draft")
    PUBLISHED = "published", pgettext_lazy("framework version", "Published")
    RETIRED = "retired", pgettext_lazy("framework version", "Retired")


class SubjectRole(TextChoices):
    """Whom a framework judges."""

    TEACHER = "teacher", _("Teachers")
    LEADER = "leader", _("School leaders")


class SourceStatus(TextChoices):
    """How close a text is to the official wording. Pages say it, so that a summary never looks official."""

    OFFICIAL = "official", _("Official wording")
    SUMMARY = "summary", _("Our summary")
    ILLUSTRATIVE = "illustrative", _("Illustration")
    UNVERIFIED = "unverified", _("Not verified")
