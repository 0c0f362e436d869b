"""How two versions, or two frameworks, stand to each other: data that evidence and goals can follow."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.constraints import only_one, rule
from standards.enums import Relation
from standards.models.frameworks import Criterion, FrameworkVersion


class Mapping(models.Model):
    """From `source` to `target`, criterion by criterion."""

    source = models.ForeignKey(FrameworkVersion, on_delete=models.PROTECT, related_name="mappings_from")
    target = models.ForeignKey(FrameworkVersion, on_delete=models.PROTECT, related_name="mappings_to")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["source__code", "target__code", "pk"]
        constraints = [
            only_one("mapping_once", ("source", "target"), _("There is already a mapping between these versions.")),
            rule("mapping_of_two", ~Q(source=F("target")), _("A mapping stands between two versions.")),
        ]

    def __str__(self) -> str:
        return f"{self.source.code} → {self.target.code}"


class MappingLink(models.Model):
    """What stands at the target is EXACTLY the same as the source, BROADER or NARROWER than it, or RELATED (as in SKOS)."""

    mapping = models.ForeignKey(Mapping, on_delete=models.CASCADE, related_name="links")
    source = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="+")
    target = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="+")
    relation = models.CharField(max_length=10, choices=Relation)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["mapping", "source__position", "target__position", "pk"]
        constraints = [
            only_one("mapping_link_once", ("mapping", "source", "target"), _("These two are tied together already.")),
            rule("mapping_relation", Q(relation__in=Relation.values), _("Unknown relation of two criteria.")),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} {self.relation} {self.target_id}"
