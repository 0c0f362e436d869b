"""Verbs: taking a pack up."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from standards.enums import VersionStatus
from standards.models import Criterion, Descriptor, EvidenceExample, Framework, FrameworkVersion, Level, Standard
from standards.pack_files import ENDING, fingerprint
from standards.packs_check import Problem, check


class PackRefused(Exception):
    """A pack that was not taken up. `str()` is the sentence, `problems` the list of places where it is wrong."""

    def __init__(self, sentence: str, problems: list[Problem] | None = None):
        super().__init__(sentence)
        self.problems = problems or []


@transaction.atomic
def load_pack(*, pack: Mapping[str, Any]) -> tuple[FrameworkVersion, str]:
    """Takes a pack up as a published version, whole or not at all. No `by`: a pack is loaded by the installation.

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
    version = _write(framework, pack)
    version.status, version.published_at, version.fingerprint = VersionStatus.PUBLISHED, timezone.now(), mark
    version.save(update_fields=["status", "published_at", "fingerprint"])
    return version, "new"


def _framework(data: Mapping[str, Any]) -> Framework:
    fields = {name: data[name] for name in ("jurisdiction", "subject_role", "title")}
    framework, new = Framework.objects.select_for_update().get_or_create(code=data["code"], defaults=fields)
    if not new and any(getattr(framework, name) != value for name, value in fields.items()):
        sentence = _("The framework “%(code)s” is known with another title, country or kind of people.")
        raise PackRefused(sentence % {"code": data["code"]})
    return framework


def _end(version: FrameworkVersion, pack: Mapping[str, Any]) -> str:
    """Fills in what became known of a version's end after it was published."""
    ending = {name: pack["legal"][name] for name in ENDING if name in pack["legal"]}
    legal = {name: value for name, value in version.legal.items() if name not in ENDING} | ending
    valid_to = _day(pack.get("valid_to"))
    if (legal, valid_to) == (version.legal, version.valid_to):
        return "unchanged"
    version.legal, version.valid_to = legal, valid_to
    version.save(update_fields=["legal", "valid_to"])
    return "ended"


def _write(framework: Framework, pack: Mapping[str, Any]) -> FrameworkVersion:
    version = FrameworkVersion.objects.create(
        framework=framework,
        code=pack["code"],
        title=pack["title"],
        audience=pack.get("audience") or {},
        valid_from=_day(pack["valid_from"]),
        valid_to=_day(pack.get("valid_to")),
        legal=pack["legal"],
        rule=pack["rule"],
        key_name=pack.get("key_name") or {},
        provenance=pack["provenance"],
        vectors=pack.get("vectors", []),
    )
    levels = [
        Level(
            version=version,
            code=item["code"],
            position=position,
            name=item["name"],
            short=item.get("short") or {},
            description=item.get("description") or {},
        )
        for position, item in enumerate(pack["levels"], start=1)
    ]
    writer = _TreeWriter(version, {level.code: level for level in Level.objects.bulk_create(levels)}, pack)
    for item in pack["standards"]:
        writer.standard(item, None)
    writer.finish()
    return version


class _TreeWriter:
    """Writes standards as it goes (children need their parent's id) and everything below them at the end."""

    def __init__(self, version: FrameworkVersion, levels: Mapping[str, Level], pack: Mapping[str, Any]):
        self.version = version
        self.levels = levels
        self.provenance = pack["provenance"]
        self.standards = 0
        self.items: list[tuple[Standard, Mapping[str, Any]]] = []

    def standard(self, item: Mapping[str, Any], parent: Standard | None) -> None:
        self.standards += 1
        standard = Standard.objects.create(
            version=self.version,
            parent=parent,
            code=item["code"],
            position=self.standards,
            name=item["name"],
            description=item.get("description") or {},
            article=item.get("article", ""),
        )
        self.items += [(standard, criterion) for criterion in item.get("criteria", ())]
        for child in item.get("standards", ()):
            self.standard(child, standard)

    def finish(self) -> None:
        criteria = Criterion.objects.bulk_create(
            Criterion(
                version=self.version,
                standard=standard,
                code=item["code"],
                number=item["number"],
                position=position,
                name=item["name"],
                is_key=item.get("key", False),
                provenance=item.get("provenance", {}),
            )
            for position, (standard, item) in enumerate(self.items, start=1)
        )
        descriptors, examples = [], []
        for criterion, (_standard, item) in zip(criteria, self.items, strict=True):
            source = item.get("provenance", {}).get("descriptors", self.provenance["default"]["descriptors"])
            status = self.provenance["sources"][source]["status"]
            descriptors += [
                Descriptor(criterion=criterion, level=self.levels[code], text=text, source=status)
                for code, text in item.get("descriptors", {}).items()
            ]
            examples += [
                EvidenceExample(criterion=criterion, level=self.levels[code], position=position, text=text)
                for code, texts in item.get("examples", {}).items()
                for position, text in enumerate(texts, start=1)
            ]
        Descriptor.objects.bulk_create(descriptors)
        EvidenceExample.objects.bulk_create(examples)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
