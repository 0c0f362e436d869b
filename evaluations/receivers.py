"""Answers to the apps below."""

from django.dispatch import receiver
from django.utils.translation import gettext as _

from evaluations.enums import CycleStatus
from evaluations.models import Cycle
from standards.models import FrameworkVersion
from standards.signals import asked_to_retire


@receiver(asked_to_retire, dispatch_uid="cycles_in_preparation")
def cycles_in_preparation(version: FrameworkVersion, **_kwargs) -> list[str]:
    """A cycle that is being prepared would lose its standards. Open and closed ones keep them."""
    cycles = Cycle.objects.filter(version=version, status=CycleStatus.DRAFT).order_by("starts_on", "pk")
    sentence = _("The cycle “%(name)s” is being prepared with it: open or discard that cycle first.")
    return [sentence % {"name": cycle.name} for cycle in cycles]
