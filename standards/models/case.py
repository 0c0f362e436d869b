"""What other systems read of a version: the objects of its CASE package, made once, never changed."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.db.models.fields.json import KT
from django.utils.translation import gettext_lazy as _

from core.constraints import only_one, rule
from standards.enums import CaseKind
from standards.models.frameworks import FrameworkVersion


class CaseObject(models.Model):
    """One object of a published version's package. `data` is its JSON; addresses on this server are completed when it
    is served. An imported object keeps every field it came with."""

    version = models.ForeignKey(FrameworkVersion, on_delete=models.CASCADE, related_name="case_objects")
    kind = models.CharField(max_length=21, choices=CaseKind)
    identifier = models.UUIDField(db_index=True)
    position = models.PositiveIntegerField()
    data = models.JSONField()

    class Meta:
        ordering = ["version", "kind", "position"]
        constraints = [
            only_one(
                "case_object_once", ("version", "kind", "identifier"), _("This object is in the package already.")
            ),
            rule("case_object_kind", Q(kind__in=CaseKind.values), _("Unknown kind of CASE object.")),
        ]
        indexes = [
            models.Index(KT(f"data__{end}NodeURI__identifier"), name=f"case_{end}", condition=Q(kind="CFAssociation"))
            for end in ("origin", "destination")
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.kind} {self.identifier}"
