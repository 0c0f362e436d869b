"""Evidence: added once, tied to many criteria, removable until the self-assessment is submitted."""

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import PurePath

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from core.decisions import Refused
from core.limits import within_limit
from evaluations.actions.saving import NotOwn
from evaluations.carrying import Carrier
from evaluations.enums import EvidenceKind
from evaluations.models import Evaluation, Evidence, EvidenceUse
from evaluations.policies import can_fill_self
from evaluations.queries_self import lock_own, same_file
from files import actions as files
from files.models import Purpose, StoredFile
from files.validators import Checked, check_upload
from people.models import User
from standards.queries import framework_data

MOST = 200
UPLOADS_PER_HOUR = 120


class SameFile(Refused):
    """The same file is there already; `existing` can be tied instead."""

    def __init__(self, existing: Evidence, name: str):
        super().__init__(
            _("“%(name)s” is here already, as “%(title)s”. Use that one instead of a second copy.")
            % {"name": name, "title": existing.title}
        )
        self.existing = existing


def add_file(
    *,
    evaluation: Evaluation,
    upload: UploadedFile,
    criteria: Iterable[str],
    by: User,
    title: str = "",
    description: str = "",
) -> tuple[Evidence, bool]:
    """Keeps an upload as evidence; returns it and whether the picture carries the place where it was taken.

    The content is judged before anything is written. Raises Refused with the sentence, SameFile for a copy.
    """
    if not within_limit(f"upload:{by.pk}", limit=UPLOADS_PER_HOUR, seconds=3600):
        raise Refused(_("That were very many files in one hour. Wait a while, then go on; nothing is lost."))
    checked = check_upload(upload)
    kept: list[StoredFile] = []
    try:
        with transaction.atomic():
            evaluation = _open(evaluation, by, adding=1)
            if existing := same_file(evaluation, checked.sha256):
                raise SameFile(existing, checked.name)
            evidence = _keep(evaluation, checked, kept, by, title, description)
            _tie(evidence, criteria, evaluation)
    except Exception:
        for stored in kept:
            files.discard(stored=stored)
        raise
    return evidence, checked.has_place


def _keep(
    evaluation: Evaluation, checked: Checked, kept: list[StoredFile], by: User, title: str, description: str
) -> Evidence:
    stored = files.store_checked(checked=checked, purpose=Purpose.EVIDENCE, by=by)
    kept.append(stored)
    preview = None
    if checked.preview:
        preview = files.store_bytes(
            data=checked.preview,
            name=PurePath(checked.name).stem + ".jpg",
            content_type="image/jpeg",
            purpose=Purpose.PREVIEW,
            by=by,
        )
        kept.append(preview)
    return Evidence.objects.create(
        evaluation=evaluation,
        kind=EvidenceKind.FILE,
        title=title or PurePath(checked.name).stem,
        description=description,
        file=stored,
        preview=preview,
        added_by=by,
    )


@transaction.atomic
def add_link(
    *, evaluation: Evaluation, title: str, url: str, criteria: Iterable[str], by: User, description: str = ""
) -> Evidence:
    """Evidence that lies at an address (http or https; the form has checked it)."""
    evaluation = _open(evaluation, by, adding=1)
    evidence = Evidence.objects.create(
        evaluation=evaluation, kind=EvidenceKind.LINK, title=title, url=url, description=description, added_by=by
    )
    _tie(evidence, criteria, evaluation)
    return evidence


@transaction.atomic
def add_fact(
    *,
    evaluation: Evaluation,
    title: str,
    witness: str,
    criteria: Iterable[str],
    by: User,
    happened_on: date | None = None,
    description: str = "",
) -> Evidence:
    """Something that happened, with the minutes or the witness who can confirm it."""
    evaluation = _open(evaluation, by, adding=1)
    evidence = Evidence.objects.create(
        evaluation=evaluation,
        kind=EvidenceKind.FACT,
        title=title,
        witness=witness,
        happened_on=happened_on,
        description=description,
        added_by=by,
    )
    _tie(evidence, criteria, evaluation)
    return evidence


@transaction.atomic
def change(*, evidence: Evidence, criteria: Iterable[str], by: User, **fields) -> Evidence:
    """New words for a piece of evidence (title, description, url, happened_on, witness) and exactly these ties."""
    evaluation = _open(evidence.evaluation, by)
    evidence = Evidence.objects.select_for_update(of=("self",)).get(pk=evidence.pk, evaluation=evaluation)
    for name, value in fields.items():
        setattr(evidence, name, value)
    evidence.save(update_fields=list(fields))
    _retie(EvidenceUse.objects.filter(evidence=evidence), evidence, _criterion_ids(evaluation, criteria))
    return evidence


@transaction.atomic
def tie(*, evaluation: Evaluation, criterion: str, evidence_ids: Iterable, by: User) -> None:
    """Exactly these pieces of evidence speak for the criterion; unknown ids are passed over."""
    evaluation = _open(evaluation, by)
    id = _criterion_ids(evaluation, [criterion])[0]
    tied = EvidenceUse.objects.filter(evidence__evaluation=evaluation, criterion=id)
    chosen = Evidence.objects.filter(evaluation=evaluation, pk__in=list(evidence_ids)).order_by("created_at", "pk")
    wanted = list(chosen.values_list("pk", flat=True))
    tied.exclude(evidence__in=wanted).delete()
    known = set(tied.values_list("evidence", flat=True))  # these keep where they came from
    EvidenceUse.objects.bulk_create(EvidenceUse(evidence_id=pk, criterion_id=id) for pk in wanted if pk not in known)


@transaction.atomic
def remove(*, evidence: Evidence, by: User) -> None:
    """Takes the evidence away for good: row, ties and, unless another year's evaluation uses it, the file itself."""
    evaluation = _open(evidence.evaluation, by)
    row = Evidence.objects.select_for_update(of=("self",)).filter(pk=evidence.pk, evaluation=evaluation).first()
    if row is None:
        return  # a second click: gone already
    stored = [kept for kept in (row.file, row.preview) if kept]
    row.delete()
    for kept in stored:
        if not Evidence.objects.filter(file=kept).exists() and not Evidence.objects.filter(preview=kept).exists():
            files.delete(stored=kept)


@transaction.atomic
def reuse(
    *, evaluation: Evaluation, sources: Iterable[Evidence], by: User, ties: Mapping[object, Iterable[str]] | None = None
) -> int:
    """Copies evidence of the person's earlier evaluations into this one; files are shared, not stored twice.

    `ties`: evidence id -> this year's criteria chosen among the proposals (`carrying`); None: all that are exactly the
    same. Each copy and each tie remembers where it came from. Returns how many pieces were copied.
    """
    sources = list(sources)
    evaluation = _open(evaluation, by, adding=len(sources))
    carrier = Carrier(evaluation)
    for source in sources:
        copy = Evidence.objects.create(
            evaluation=evaluation,
            kind=source.kind,
            title=source.title,
            description=source.description,
            file_id=source.file_id,
            preview_id=source.preview_id,
            url=source.url,
            happened_on=source.happened_on,
            witness=source.witness,
            added_by=by,
            from_cycle=source.evaluation.cycle,
        )
        then = framework_data(source.evaluation.cycle.version_id)
        wanted = None if ties is None else set(ties.get(source.pk, ()))
        EvidenceUse.objects.bulk_create(
            EvidenceUse(
                evidence=copy,
                criterion_id=carrier.here.criterion(proposal.target).id,
                origin_id=then.criterion(proposal.source).id,
                relation=proposal.relation,
            )
            for proposal in carrier.proposals(source)
            if (proposal.is_exact if wanted is None else proposal.target in wanted)
        )
    return len(sources)


def _open(evaluation: Evaluation, by: User, *, adding: int = 0) -> Evaluation:
    locked = lock_own(by, evaluation.pk)
    if locked is None:
        raise NotOwn
    can_fill_self(by, locked).or_raise()
    if adding and Evidence.objects.filter(evaluation=locked).count() + adding > MOST:
        raise Refused(_("At most %(most)s pieces of evidence are possible. Remove some first.") % {"most": MOST})
    return locked


def _criterion_ids(evaluation: Evaluation, codes: Iterable[str]) -> list[int]:
    ids = {criterion.code: criterion.id for criterion in framework_data(evaluation.cycle.version_id).criteria}
    wanted = list(codes)
    if unknown := [code for code in wanted if code not in ids]:
        raise Refused(_("There is no criterion %(code)s in this evaluation.") % {"code": unknown[0]})
    return [ids[code] for code in wanted]


def _retie(tied, evidence: Evidence, wanted: list[int]) -> None:
    """Exactly these criteria; those that were tied before keep where they came from."""
    tied.exclude(criterion__in=wanted).delete()
    known = set(tied.values_list("criterion", flat=True))
    EvidenceUse.objects.bulk_create(
        EvidenceUse(evidence=evidence, criterion_id=id) for id in dict.fromkeys(wanted) if id not in known
    )


def _tie(evidence: Evidence, codes: Iterable[str], evaluation: Evaluation) -> None:
    EvidenceUse.objects.bulk_create(
        EvidenceUse(evidence=evidence, criterion_id=id) for id in dict.fromkeys(_criterion_ids(evaluation, codes))
    )
