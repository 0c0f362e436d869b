"""States of a framework version and kinds of sources."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

HOME = {"VN": "vi", "TH": "th", "RU": "ru"}
"""The language that a country's legal texts are written in."""


class VersionStatus(TextChoices):
    DRAFT = "draft", pgettext_lazy("framework version", "Draft")
    PUBLISHED = "published", pgettext_lazy("framework version", "Published")
    RETIRED = "retired", pgettext_lazy("framework version", "Retired")


class SubjectRole(TextChoices):
    """Whom a framework judges."""

    TEACHER = "teacher", _("Teachers")
    LEADER = "leader", _("School leaders")
    STAFF = "staff", _("Staff")
    LEARNER = "learner", _("Learners")


class Purpose(TextChoices):
    """What a framework is for."""

    EVALUATION = "evaluation", _("Evaluation by professional standards")
    DEVELOPMENT = "development", _("Professional development")
    CLASSIFICATION = "classification", _("Yearly classification")
    DIAGNOSTIC = "diagnostic", _("Diagnostic")
    LICENCE = "licence", _("Licence and ethics")
    OCCUPATIONAL = "occupational", _("Occupational standard")
    LEARNING = "learning", _("What learners shall know and be able to do")


class Precision(TextChoices):
    """How exactly a day is known."""

    DAY = "day", _("to the day")
    YEAR = "year", _("to the year")


class DraftOrigin(TextChoices):
    """How a draft began."""

    CLONE = "clone", _("Copied from a version")
    BLANK = "blank", _("Begun empty")
    WORKBOOK = "workbook", _("From a workbook")
    PACK = "pack", _("From a pack file")
    CASE = "case", _("From a CASE package")


class Relation(TextChoices):
    """How a criterion of one version stands to one of another."""

    EXACT = "exact", pgettext_lazy("relation of criteria", "Exactly the same")
    BROADER = "broader", pgettext_lazy("relation of criteria", "Broader")
    NARROWER = "narrower", pgettext_lazy("relation of criteria", "Narrower")
    RELATED = "related", pgettext_lazy("relation of criteria", "Related")


class CaseKind(TextChoices):
    """The kinds of objects that CASE 1.1 serves."""

    DOCUMENT = "CFDocument", "CFDocument"
    ITEM = "CFItem", "CFItem"
    ASSOCIATION = "CFAssociation", "CFAssociation"
    GROUPING = "CFAssociationGrouping", "CFAssociationGrouping"
    RUBRIC = "CFRubric", "CFRubric"
    CONCEPT = "CFConcept", "CFConcept"
    SUBJECT = "CFSubject", "CFSubject"
    ITEM_TYPE = "CFItemType", "CFItemType"
    LICENSE = "CFLicense", "CFLicense"


class SourceStatus(TextChoices):
    """How close a text is to the official wording. Pages say it, so that a summary never looks official."""

    OFFICIAL = "official", _("Official wording")
    SUMMARY = "summary", _("Our summary")
    ILLUSTRATIVE = "illustrative", _("Illustration")
    UNVERIFIED = "unverified", _("Not verified")
