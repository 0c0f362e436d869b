"""Evidence in words: what kind, from where, for which criteria."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.urls import reverse
from django.utils.translation import gettext as _

from core.dates import date_words
from core.localized import localized
from core.templatetags.core import file_size
from evaluations.enums import EvidenceKind
from evaluations.matching import relation_words
from evaluations.models import Evidence, EvidenceUse
from standards.enums import Relation
from standards.queries import FrameworkData

ICONS = {EvidenceKind.FILE: "file", EvidenceKind.LINK: "link", EvidenceKind.FACT: "comment"}


@dataclass(frozen=True)
class Piece:
    """One piece of evidence as lists show it. `preview`: address of something to show in the page, or ""."""

    id: str
    title: str
    kind: str
    icon: str
    note: str
    description: str
    url: str  # our page about it
    link: str  # outside address, or ""
    download: str
    preview: str
    is_pdf: bool
    criteria: list[tuple[str, str, str]]  # code, number in the text, name
    codes: frozenset[str]
    carried: str  # the year and the standards it was taken over from, or ""
    origins: list[str]  # what it spoke for then, where that is another criterion


def piece(evidence: Evidence, data: FrameworkData) -> Piece:
    """`evidence` with its file and uses loaded."""
    address = [evidence.evaluation_id, evidence.pk]
    criteria = [data.criterion_by_id(use.criterion_id) for use in evidence.uses.all()]
    criteria.sort(key=lambda criterion: criterion.number)
    is_pdf = bool(evidence.file and evidence.file.content_type == "application/pdf")
    return Piece(
        id=str(evidence.pk),
        title=evidence.title,
        kind=evidence.kind,
        icon="image" if evidence.preview_id else ICONS[EvidenceKind(evidence.kind)],
        note=_note(evidence),
        description=evidence.description,
        url=reverse("evaluations:evidence_item", args=address),
        link=evidence.url,
        download=reverse("evaluations:evidence_file", args=address) if evidence.file else "",
        preview=reverse("evaluations:evidence_preview", args=address) if evidence.preview or is_pdf else "",
        is_pdf=is_pdf,
        criteria=[(c.code, c.label, localized(c.name)) for c in criteria],
        codes=frozenset(c.code for c in criteria),
        carried=_carried(evidence),
        origins=[_origin(use, data) for use in evidence.uses.all() if _is_another(use)],
    )


def _carried(evidence: Evidence) -> str:
    cycle = evidence.from_cycle
    if cycle is None:
        return ""
    return _("Taken over from %(year)s, %(standards)s.") % {
        "year": cycle.school_year,
        "standards": localized(cycle.version.title),
    }


def _is_another(use: EvidenceUse) -> bool:
    """Tied to another criterion than then; the same one of the same text needs no words."""
    return use.origin_id is not None and use.origin_id != use.criterion_id


def _origin(use: EvidenceUse, data: FrameworkData) -> str:
    criterion = data.criterion_by_id(use.criterion_id)
    return _("For criterion %(here)s: then %(there)s %(name)s, %(relation)s.") % {
        "here": criterion.label,
        "there": use.origin.label or use.origin.number,
        "name": localized(use.origin.name),
        "relation": relation_words(Relation(use.relation)),
    }


def _note(evidence: Evidence) -> str:
    if evidence.file:
        return f"{evidence.file.name}, {file_size(evidence.file.size)}"
    if evidence.url:
        return host_of(evidence.url)
    parts = [evidence.witness, date_words(evidence.happened_on)]
    return _("Confirmed by: %(who)s") % {"who": ", ".join(part for part in parts if part)}


def host_of(url: str) -> str:
    """The host an address leads to, as plainly as a browser's address bar says it; foreign letters in their ASCII form."""
    host = urlsplit(url).hostname or url
    try:
        return host.encode("idna").decode()
    except UnicodeError:
        return host
