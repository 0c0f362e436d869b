"""Evidence: added once to an evaluation, tied to as many criteria as it shows something about."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.constraints import only_one, rule
from evaluations.enums import EvidenceKind
from evaluations.models.cycle import Cycle
from evaluations.models.evaluation import Evaluation
from files.models import StoredFile
from standards.enums import Relation
from standards.models import Criterion


class Evidence(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    evaluation = models.ForeignKey(Evaluation, on_delete=models.CASCADE, related_name="evidence")
    kind = models.CharField(max_length=5, choices=EvidenceKind)
    title = models.CharField(_("Title"), max_length=200)
    description = models.TextField(_("What it shows"), blank=True)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    preview = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    url = models.URLField(_("Link"), max_length=500, blank=True)
    happened_on = models.DateField(_("Date"), null=True, blank=True)
    witness = models.CharField(_("Minutes or witness"), max_length=200, blank=True)
    criteria = models.ManyToManyField(
        Criterion, through="EvidenceUse", through_fields=("evidence", "criterion"), related_name="+"
    )
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    from_cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["created_at", "pk"]
        verbose_name_plural = "evidence"
        constraints = [
            rule(
                "evidence_of_its_kind",
                Q(kind="file", file__isnull=False, url="")
                | (Q(kind="link", file=None) & ~Q(url=""))
                | (Q(kind="fact", file=None, url="") & ~Q(witness="")),
                _("A file needs a file, a link an address, a stated fact its minutes or witness."),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class EvidenceUse(models.Model):
    """This piece of evidence speaks for that criterion.

    Carried over from an earlier year: `origin` is the criterion it spoke for then, `relation` how that one stands to this.
    """

    evidence = models.ForeignKey(Evidence, on_delete=models.CASCADE, related_name="uses")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="+")
    origin = models.ForeignKey(Criterion, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    relation = models.CharField(max_length=10, choices=Relation, blank=True)

    class Meta:
        ordering = ["criterion__number", "pk"]
        constraints = [
            rule(
                "evidence_use_origin",
                Q(origin=None, relation="") | (Q(origin__isnull=False) & Q(relation__in=Relation.values)),
                _("What is carried over says from which criterion, and how that one stands to this."),
            ),
            only_one("evidence_use_once", ("evidence", "criterion"), _("It is tied to this criterion already.")),
        ]

    def __str__(self) -> str:
        return f"{self.evidence_id} → {self.criterion_id}"
