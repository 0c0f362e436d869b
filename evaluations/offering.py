"""Which framework versions a cycle may use, and why not the others. Looks only."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from core.dates import date_words
from core.localized import localized
from standards.enums import Precision, Purpose, SubjectRole, VersionStatus
from standards.models import Criterion, FrameworkVersion, Level


@dataclass(frozen=True)
class Offer:
    """A version that a cycle may use. `remark`: what to think of first (it has ended, or is not in force yet)."""

    version: FrameworkVersion
    remark: str = ""

    @property
    def hint(self) -> str:
        """When it is in force, and the remark."""
        return f"{self.version.code}: {force_words(self.version)}. {self.remark}".strip()


@dataclass(frozen=True)
class Offers:
    """What can be chosen, the best first, and (title, why not) of the rest."""

    usable: list[Offer]
    others: list[tuple[str, str]]

    @property
    def ids(self) -> list[int]:
        """Of the versions that can be chosen, in their order."""
        return [offer.version.pk for offer in self.usable]


def offers(today: date) -> Offers:
    """Every published or retired version, what learners shall know excepted. One query."""
    versions = list(_versions())
    fit = [version for version in versions if not why_unfit(version)]
    usable, others = [], []
    for version in versions:
        why = why_unfit(version) or _replaced(version, fit, today)
        if why:
            others.append((localized(version.title), why))
        else:
            usable.append(Offer(version, remark(version, today)))
    usable.sort(key=lambda offer: _rank(offer.version, today))
    return Offers(usable, others)


def _versions() -> QuerySet[FrameworkVersion]:
    main = Level.objects.filter(version=OuterRef("pk"), scale="")
    elsewhere = Criterion.objects.filter(version=OuterRef("pk")).exclude(scale="")
    rows = FrameworkVersion.objects.filter(status__in=(VersionStatus.PUBLISHED, VersionStatus.RETIRED))
    return (
        rows.exclude(framework__subject_role=SubjectRole.LEARNER)
        .select_related("framework")
        .annotate(has_levels=Exists(main), has_other_scales=Exists(elsewhere))
        .order_by("-valid_from", "code")
    )


def why_unfit(version: FrameworkVersion) -> str:
    """Why no cycle can use this version, whatever the day; empty when one can. Reads the annotations of `offers`."""
    framework = version.framework
    if version.status == VersionStatus.RETIRED:
        return _("It has been taken out of use: it can be read, not used any more.")
    if framework.subject_role != SubjectRole.TEACHER:
        whom = SubjectRole(framework.subject_role).label
        return _("It is not for teachers: %(whom)s.") % {"whom": whom}
    if framework.purpose != Purpose.EVALUATION:
        return _("Its purpose is another: %(purpose)s.") % {"purpose": Purpose(framework.purpose).label}
    if not version.has_levels:
        return _("It has no levels, so nobody can be rated by it.")
    if version.has_other_scales:
        return _("Its criteria are rated on several scales; a cycle works with one.")
    if version.rule.get("kind") == "none":
        return _("Its text knows no overall result.")
    if version.results:
        return _("Its overall result is not one of its levels.")
    return ""


def _replaced(version: FrameworkVersion, fit: list[FrameworkVersion], today: date) -> str:
    """An ended version gives way to the one in force in its place; without one it stays, with a remark."""
    if not version.valid_to or version.valid_to >= today:
        return ""
    for other in fit:
        later = other.framework_id == version.framework_id and other.valid_from > version.valid_to
        if later and other.valid_from <= today and (other.valid_to is None or other.valid_to >= today):
            return _("It was in force until %(date)s; “%(title)s” has taken its place.") % {
                "date": date_words(version.valid_to),
                "title": localized(other.title),
            }
    return ""


def _rank(version: FrameworkVersion, today: date) -> tuple[int, int]:
    """In force first, then what has ended, then what is to come; the newest first."""
    coming, ended = version.valid_from > today, bool(version.valid_to and version.valid_to < today)
    return (2 if coming else 1 if ended else 0), -version.valid_from.toordinal()


def remark(version: FrameworkVersion, on: date) -> str:
    """A sentence where the version is not in force on that day; empty where it is."""
    if version.valid_to and version.valid_to < on:
        return _("It has ended: check that your office may still evaluate by it.")
    if version.valid_from > on:
        return _("It is not in force yet: a cycle can be prepared now.")
    return ""


def force_words(version: FrameworkVersion) -> str:
    """ "in force since 10 October 2018", "10 October 2018 to 13 April 2026"; years alone where no more is known."""
    by_year = version.precision == Precision.YEAR
    start = str(version.valid_from.year) if by_year else date_words(version.valid_from)
    if not version.valid_to:
        return _("in force from %(date)s") % {"date": start}
    end = str(version.valid_to.year) if by_year else date_words(version.valid_to)
    return _("%(start)s to %(end)s") % {"start": start, "end": end}
