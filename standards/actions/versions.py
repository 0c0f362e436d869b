"""Verbs of published versions: taken out of use. What rests on them stays as it is for ever."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.decisions import Refused
from people.models import User
from standards.enums import VersionStatus
from standards.models import FrameworkVersion
from standards.policies import can_retire
from standards.signals import asked_to_retire


def reasons_not_to_retire(version: FrameworkVersion) -> list[str]:
    """Sentences of the other apps: what still waits for this version. Empty when nothing does."""
    answers = asked_to_retire.send(sender=FrameworkVersion, version=version)
    return [sentence for _receiver, sentences in answers for sentence in sentences or ()]


@transaction.atomic
def retire_version(*, version: FrameworkVersion, by: User) -> FrameworkVersion:
    """Takes a version out of use: no new cycle can choose it. Raises Refused while something still waits for it."""
    version = FrameworkVersion.objects.select_for_update(of=("self",)).select_related("framework").get(pk=version.pk)
    can_retire(by, version).or_raise()
    if reasons := reasons_not_to_retire(version):
        raise Refused(_("This version is still needed."), problems=reasons)
    version.status, version.retired_at = VersionStatus.RETIRED, timezone.now()
    version.save(update_fields=["status", "retired_at"])
    return version
