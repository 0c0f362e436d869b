"""Frameworks as tables. Texts are localized values; codes are what is stored and compared elsewhere."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.constraints import date_order, only_one, rule
from core.localized import localized
from standards.enums import Precision, Purpose, SourceStatus, SubjectRole, VersionStatus
from standards.immutability import (
    LEVEL_OF_CRITERION,
    OWN,
    THROUGH_CRITERION,
    closed_when_published,
    same_version,
    version_keeps_its_text,
)

CODE_LENGTH = 40


class Framework(models.Model):
    """What stays the same from one legal text to the next: the standards of a kind of people somewhere."""

    code = models.CharField(max_length=CODE_LENGTH)
    jurisdiction = models.CharField(max_length=2)  # ISO 3166 country code
    subject_role = models.CharField(max_length=10, choices=SubjectRole)
    purpose = models.CharField(max_length=15, choices=Purpose, default=Purpose.EVALUATION)
    title = models.JSONField()

    class Meta:
        ordering = ["code"]
        constraints = [
            only_one("framework_code", ("code",), _("There is already a framework with this code.")),
            rule("framework_role", Q(subject_role__in=SubjectRole.values), _("A framework says whom it is for.")),
            rule("framework_purpose", Q(purpose__in=Purpose.values), _("A framework says what it is for.")),
        ]

    def __str__(self) -> str:
        return localized(self.title)


class FrameworkVersion(models.Model):
    """One legal text. Published, it never changes: see `immutability`.

    `legal`, `rule`, `scales`, `results`, `ranks`, `provenance`, `vectors` and `extensions` have the shapes of the pack
    format (packs/schema.json). `valid_from` and `valid_to` are the first and the last day in force, known to the
    `precision`. `identifier` is the version's name for other systems (CASE).
    """

    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="versions")
    code = models.CharField(max_length=CODE_LENGTH)
    title = models.JSONField()
    audience = models.JSONField(default=dict, blank=True)
    status = models.CharField(max_length=10, choices=VersionStatus, default=VersionStatus.DRAFT)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    precision = models.CharField(max_length=4, choices=Precision, default=Precision.DAY)
    legal = models.JSONField()
    scales = models.JSONField(default=dict, blank=True)
    results = models.JSONField(default=list, blank=True)
    ranks = models.JSONField(default=list, blank=True)
    rule = models.JSONField()
    key_name = models.JSONField(default=dict, blank=True)
    provenance = models.JSONField()
    vectors = models.JSONField(default=list, blank=True)
    identifier = models.UUIDField(null=True, blank=True)
    extensions = models.JSONField(default=dict, blank=True)
    fingerprint = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )  # empty: came with the installation
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["code"]
        constraints = [
            only_one("version_code", ("code",), _("There is already a framework version with this code.")),
            rule(
                "version_precision", Q(precision__in=Precision.values), _("A day is known to the day or to the year.")
            ),
            rule("version_status", Q(status__in=VersionStatus.values), _("A version is draft, published or retired.")),
            date_order("version_dates", "valid_from", "valid_to", _("The last day in force comes before the first.")),
            rule(
                "version_published",
                Q(status=VersionStatus.DRAFT) | (Q(published_at__isnull=False) & ~Q(fingerprint="")),
                _("A published version says when it was published and carries its fingerprint."),
            ),
        ]
        triggers = [version_keeps_its_text()]

    def __str__(self) -> str:
        return localized(self.title)


class Level(models.Model):
    """One level of a scale; `position` counts from 1, the lowest.

    `scale` is the code of a scale of the version's `scales`, empty for the main one. `points`: what the level is worth
    where a rule counts points or takes means, an exact decimal as text, or empty. `identifier` as in `Criterion`.
    """

    version = models.ForeignKey(FrameworkVersion, on_delete=models.CASCADE, related_name="levels")
    scale = models.CharField(max_length=CODE_LENGTH, blank=True)
    code = models.CharField(max_length=10)
    position = models.PositiveSmallIntegerField()
    points = models.CharField(max_length=20, blank=True)
    name = models.JSONField()
    short = models.JSONField(default=dict, blank=True)
    description = models.JSONField(default=dict, blank=True)
    identifier = models.UUIDField(null=True, blank=True)

    class Meta:
        ordering = ["version", "scale", "position"]
        constraints = [
            only_one("level_code", ("version", "scale", "code"), _("There is already a level with this code.")),
            only_one("level_position", ("version", "scale", "position"), _("Two levels cannot have the same place.")),
            rule("level_position_from_1", Q(position__gte=1), _("Places of levels count from 1.")),
        ]
        triggers = [closed_when_published(OWN)]

    def __str__(self) -> str:
        return localized(self.name)


class Standard(models.Model):
    """A node of the tree; `position` orders all standards of a version, parents before children.

    `article` is the key of a citation in the version's `legal["articles"]`, or empty. `descriptors` (level code to
    text) describe the standard as a whole. `label`, `provenance`, `identifier` and `origins` as in `Criterion`.
    """

    version = models.ForeignKey(FrameworkVersion, on_delete=models.CASCADE, related_name="standards")
    parent = models.ForeignKey("self", on_delete=models.CASCADE, null=True, blank=True, related_name="children")
    code = models.CharField(max_length=CODE_LENGTH)
    label = models.CharField(max_length=CODE_LENGTH, blank=True)
    position = models.PositiveSmallIntegerField()
    name = models.JSONField()
    alternative_name = models.JSONField(default=dict, blank=True)
    description = models.JSONField(default=dict, blank=True)
    article = models.CharField(max_length=40, blank=True)
    descriptors = models.JSONField(default=dict, blank=True)
    provenance = models.JSONField(default=dict, blank=True)
    identifier = models.UUIDField(null=True, blank=True)
    origins = models.JSONField(default=list, blank=True)
    extensions = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["version", "position"]
        constraints = [
            only_one("standard_code", ("version", "code"), _("There is already a standard with this code.")),
            models.UniqueConstraint(
                fields=["version", "position"],
                name="standard_position",
                deferrable=models.Deferrable.DEFERRED,
                violation_error_message=_("Two standards cannot have the same place."),
            ),
            rule("standard_not_own_parent", ~Q(parent=F("pk")), _("A standard cannot be part of itself.")),
        ]
        triggers = [
            closed_when_published(OWN),
            same_version(
                "NEW.parent_id IS NULL OR NEW.version_id = (SELECT version_id FROM standards_standard"
                " WHERE id = NEW.parent_id)",
                "A standard and the one above it belong to the same framework version.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {localized(self.name)}"


class Criterion(models.Model):
    """What is judged. `position` orders all criteria of a version; `provenance` names sources that differ from the
    version's defaults.

    `label` is what pages show where the text numbers otherwise ("1.1", "CC1.1"), empty for the plain number. `scale`
    as in `Level`. `identifier` is the criterion's name for other systems, empty where it follows from the codes (see
    `identity`); `origins` are the identifiers of what it came from in an earlier version: one where reworded, several
    where merged.
    """

    version = models.ForeignKey(FrameworkVersion, on_delete=models.CASCADE, related_name="criteria")
    standard = models.ForeignKey(Standard, on_delete=models.CASCADE, related_name="criteria")
    code = models.CharField(max_length=CODE_LENGTH)
    number = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=CODE_LENGTH, blank=True)
    position = models.PositiveSmallIntegerField()
    name = models.JSONField()
    alternative_name = models.JSONField(default=dict, blank=True)
    description = models.JSONField(default=dict, blank=True)
    scale = models.CharField(max_length=CODE_LENGTH, blank=True)
    is_key = models.BooleanField(default=False)
    provenance = models.JSONField(default=dict, blank=True)
    identifier = models.UUIDField(null=True, blank=True)
    origins = models.JSONField(default=list, blank=True)
    extensions = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["version", "position"]
        verbose_name_plural = "criteria"
        constraints = [
            only_one("criterion_code", ("version", "code"), _("There is already a criterion with this code.")),
            models.UniqueConstraint(
                fields=["version", "number"],
                name="criterion_number",
                deferrable=models.Deferrable.DEFERRED,
                violation_error_message=_("There is already a criterion with this number."),
            ),
            models.UniqueConstraint(
                fields=["version", "position"],
                name="criterion_position",
                deferrable=models.Deferrable.DEFERRED,
                violation_error_message=_("Two criteria cannot have the same place."),
            ),
            rule("criterion_number_from_1", Q(number__gte=1), _("Numbers of criteria count from 1.")),
        ]
        triggers = [
            closed_when_published(OWN),
            same_version(
                "NEW.version_id = (SELECT version_id FROM standards_standard WHERE id = NEW.standard_id)",
                "A criterion and its standard belong to the same framework version.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {localized(self.name)}"


class Descriptor(models.Model):
    """What a level of a criterion demands."""

    criterion = models.ForeignKey(Criterion, on_delete=models.CASCADE, related_name="descriptors")
    level = models.ForeignKey(Level, on_delete=models.CASCADE, related_name="+")
    text = models.JSONField()
    source = models.CharField(max_length=12, choices=SourceStatus, default=SourceStatus.SUMMARY)

    class Meta:
        ordering = ["criterion", "level__position"]
        constraints = [
            only_one("descriptor_once", ("criterion", "level"), _("This level is described already.")),
            rule("descriptor_source", Q(source__in=SourceStatus.values), _("A text says where it comes from.")),
        ]
        triggers = [
            closed_when_published(THROUGH_CRITERION),
            same_version(
                LEVEL_OF_CRITERION, "A text belongs to a criterion and a level of the same framework version."
            ),
        ]

    def __str__(self) -> str:
        return localized(self.text)


class EvidenceExample(models.Model):
    """An example of what can show that a level is reached."""

    criterion = models.ForeignKey(Criterion, on_delete=models.CASCADE, related_name="examples")
    level = models.ForeignKey(Level, on_delete=models.CASCADE, related_name="+")
    position = models.PositiveSmallIntegerField()
    text = models.JSONField()

    class Meta:
        ordering = ["criterion", "level__position", "position"]
        constraints = [
            only_one(
                "example_place", ("criterion", "level", "position"), _("Two examples cannot have the same place.")
            ),
        ]
        triggers = [
            closed_when_published(THROUGH_CRITERION),
            same_version(
                LEVEL_OF_CRITERION, "An example belongs to a criterion and a level of the same framework version."
            ),
        ]

    def __str__(self) -> str:
        return localized(self.text)
