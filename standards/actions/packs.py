"""Verbs: taking a pack up. The one road by which a framework version comes into the tables."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from people.models import User
from standards.actions.writing import write_version
from standards.case.objects import write_objects
from standards.enums import VersionStatus
from standards.models import Framework, FrameworkVersion
from standards.pack_files import ENDING, fingerprint
from standards.packs_check import Problem, check


class PackRefused(Exception):
    """A pack that was not taken up. `str()` is the sentence, `problems` the list of places where it is wrong."""

    def __init__(self, sentence: str, problems: list[Problem] | None = None):
        super().__init__(sentence)
        self.problems = problems or []


@transaction.atomic
def load_pack(
    *, pack: Mapping[str, Any], by: User | None = None, case: Mapping[str, Any] | None = None
) -> tuple[FrameworkVersion, str]:
    """Takes a pack up as a published version, whole or not at all.

    `by`: who publishes it; None when the installation does. `case`: the CASE package it was made from, so that every
    object of that package can be given out again as it came.

    Returns the version and what happened: "new", "unchanged", or "ended" when only the facts of its ending differ.
    Raises PackRefused for a pack with problems and for one that would change a published version.
    """
    if problems := check(pack):
        raise PackRefused(_("The pack has problems, nothing was taken up."), problems)
    framework = _framework(pack["framework"])
    mark = fingerprint(pack)
    version = FrameworkVersion.objects.select_for_update().filter(code=pack["code"]).first()
    if version and version.status == VersionStatus.DRAFT:
        sentence = _("There is a draft “%(code)s”: publish or remove it before loading a pack with this code.")
        raise PackRefused(sentence % {"code": pack["code"]})
    if version and version.fingerprint != mark:
        sentence = _(
            "Framework version “%(code)s” is published and this pack says something else. A published version never"
            " changes: give the new text a new code."
        )
        raise PackRefused(sentence % {"code": pack["code"]})
    if version:
        return version, _end(version, pack)
    version = write_version(framework, pack)
    version.status, version.published_at, version.published_by = VersionStatus.PUBLISHED, timezone.now(), by
    version.fingerprint = mark
    version.save(update_fields=["status", "published_at", "published_by", "fingerprint"])
    write_objects(version, pack, case)
    return version, "new"


def _framework(data: Mapping[str, Any]) -> Framework:
    fields = {name: data[name] for name in ("jurisdiction", "subject_role", "title")}
    fields["purpose"] = data.get("purpose", "evaluation")
    framework, new = Framework.objects.select_for_update().get_or_create(code=data["code"], defaults=fields)
    if not new and any(getattr(framework, name) != value for name, value in fields.items()):
        sentence = _("The framework “%(code)s” is known with another title, country, purpose or kind of people.")
        raise PackRefused(sentence % {"code": data["code"]})
    return framework


def _end(version: FrameworkVersion, pack: Mapping[str, Any]) -> str:
    """Fills in what became known of a version's end after it was published; what a pack leaves out stays as it is."""
    legal = version.legal | {name: pack["legal"][name] for name in ENDING if pack["legal"].get(name)}
    valid_to = date.fromisoformat(pack["valid_to"]) if pack.get("valid_to") else version.valid_to
    if (legal, valid_to) == (version.legal, version.valid_to):
        return "unchanged"
    version.legal, version.valid_to = legal, valid_to
    version.save(update_fields=["legal", "valid_to"])
    return "ended"
