"""Form 01, the teacher's self-assessment (dispatch 4530/BGDĐT-NGCBQLGD of 2018, appendix I)."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.localized import localized
from evaluations.enums import REMARKS, EvidenceKind, SheetKind, Status
from evaluations.models import Evaluation, Evidence, EvidenceUse, Rating, Sheet
from people.models import StaffRecord
from reports.summaries.common import Frame, frame_of
from standards.queries import FrameworkData, framework_data


@dataclass(frozen=True)
class FormCriterion:
    """A row: the level ticked ("" for none), what the teacher says, and the evidence in words."""

    number: int | str  # the text's own numbering where it has one
    name: str
    level: str
    note: str
    no_evidence: bool
    evidence: tuple[str, ...]


@dataclass(frozen=True)
class FormStandard:
    """A standard and its rows."""

    number: int
    name: str
    criteria: tuple[FormCriterion, ...]


@dataclass(frozen=True)
class SelfForm:
    """One filled form."""

    evaluation: UUID
    frame: Frame
    person: str
    subject: str
    group: str
    standards: tuple[FormStandard, ...]
    remarks: dict[str, str]
    result: str
    submitted_on: date | None


def self_form(evaluation: Evaluation, language: str) -> SelfForm:
    """The form of one evaluation as it stands."""
    return self_forms([evaluation], language)[0]


def self_forms(evaluations: list[Evaluation], language: str) -> list[SelfForm]:
    """The forms of evaluations of one cycle and school. The same number of queries for one as for a hundred."""
    if not evaluations:
        return []
    first = evaluations[0]
    data = framework_data(first.cycle.version_id)
    frame = frame_of(first.cycle, first.unit, data, reference="", language=language)
    sheets = {
        sheet.evaluation_id: sheet
        for sheet in Sheet.objects.filter(evaluation__in=evaluations, kind=SheetKind.SELF).order_by("pk")
    }
    ratings: dict[int, dict[int, Rating]] = defaultdict(dict)
    for rating in Rating.objects.filter(sheet__in=list(sheets.values())).order_by("pk"):
        ratings[rating.sheet_id][rating.criterion_id] = rating
    evidence = _evidence_words(evaluations)
    records = StaffRecord.objects.in_bulk([evaluation.subject_id for evaluation in evaluations])
    forms = []
    for evaluation in evaluations:
        sheet = sheets.get(evaluation.pk)
        record = records.get(evaluation.subject_id)
        forms.append(
            SelfForm(
                evaluation=evaluation.pk,
                frame=with_reference(frame, evaluation),
                person=evaluation.subject.full_name,
                subject=record.subject if record else "",
                group=evaluation.group.name if evaluation.group else "",
                standards=form_standards(data, ratings[sheet.pk] if sheet else {}, evidence[evaluation.pk], language),
                remarks={name: getattr(sheet, name) if sheet else "" for name in REMARKS},
                result=evaluation.self_result if evaluation.status not in (Status.DRAFT, Status.RETURNED) else "",
                submitted_on=timezone.localdate(evaluation.submitted_at) if evaluation.submitted_at else None,
            )
        )
    return forms


def with_reference(frame: Frame, evaluation: Evaluation) -> Frame:
    """The frame under the evaluation's own reference number."""
    return Frame(**{**frame.__dict__, "reference": reference_of(evaluation)})


def reference_of(evaluation: Evaluation) -> str:
    """The number that stands on every document of an evaluation."""
    return f"{evaluation.cycle.code}/{evaluation.pk.hex[:8].upper()}"


def form_standards(
    data: FrameworkData, ratings: dict[int, Rating], evidence: dict[int, list[str]], language: str
) -> tuple[FormStandard, ...]:
    """The rows of the form: criterion id -> rating, criterion id -> evidence in words. A draft's have neither."""
    standards = []
    for number, standard in enumerate(data.standards, start=1):
        rows = []
        for criterion in standard.all_criteria:
            rating = ratings.get(criterion.id)
            rows.append(
                FormCriterion(
                    number=criterion.number if criterion.label == str(criterion.number) else criterion.label,
                    name=localized(criterion.name, language),
                    level=rating.level if rating else "",
                    note=rating.note.strip() if rating else "",
                    no_evidence=rating.no_evidence if rating else False,
                    evidence=tuple(evidence.get(criterion.id, ())),
                )
            )
        standards.append(FormStandard(number, localized(standard.name, language), tuple(rows)))
    return tuple(standards)


def _evidence_words(evaluations: list[Evaluation]) -> dict:
    """Evaluation id -> criterion id -> the evidence in words, in the order it was added. Two queries."""
    words = {row.pk: evidence_in_words(row) for row in Evidence.objects.filter(evaluation__in=evaluations)}
    found: dict = defaultdict(lambda: defaultdict(list))
    uses = EvidenceUse.objects.filter(evidence__evaluation__in=evaluations)
    for use in uses.order_by("evidence__created_at", "evidence").values(
        "evidence", "evidence__evaluation", "criterion"
    ):
        found[use["evidence__evaluation"]][use["criterion"]].append(words[use["evidence"]])
    return found


def evidence_in_words(evidence: Evidence) -> str:
    """ "Lesson plan of unit 4 (file, 12/10/2026)": what a reader on paper needs to ask for it."""
    more = []
    if evidence.kind == EvidenceKind.FACT:
        more.append(evidence.witness)
    elif evidence.kind == EvidenceKind.LINK:
        more.append(_("link"))
    else:
        more.append(_("file"))
    if evidence.happened_on:
        more.append(date_format(evidence.happened_on, "d/m/Y"))
    return f"{evidence.title} ({', '.join(more)})"
