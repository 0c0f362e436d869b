"""What is still missing, in words: the checklist beside Submit and Decide, and the refusal when pressed anyway."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from evaluations.models import Evaluation, EvidenceUse
from evaluations.queries import decision_sheet, self_sheet
from standards.queries import FrameworkData, framework_data


@dataclass(frozen=True)
class Missing:
    """One gap: the criterion's code ("" for the whole sheet), what kind of gap, and the sentence."""

    criterion: str
    kind: str  # "level" | "both" | "evidence" | "note" | "reason"
    sentence: str


def missing_to_submit(evaluation: Evaluation) -> list[Missing]:
    """Gaps of the self-assessment, in the order of the criteria.

    Every criterion needs a level. A level above the lowest rests on suitable evidence (Circular 20/2018, article
    10.1): a piece of evidence, or "no evidence" with a note, never both. The lowest level needs none: nobody proves a
    negative.
    """
    data = framework_data(evaluation.cycle.version_id)
    sheet = self_sheet(evaluation)
    ratings = {row.criterion_id: row for row in sheet.ratings.all()} if sheet else {}
    proven = set(
        EvidenceUse.objects.filter(evidence__evaluation=evaluation).order_by().values_list("criterion_id", flat=True)
    )
    return gaps_of_self(data, ratings, proven)


def gaps_of_self(data: FrameworkData, ratings: dict, proven: set[int]) -> list[Missing]:
    """The same from rows at hand: `ratings` criterion id -> Rating, `proven` ids of criteria with evidence."""
    lowest = data.levels[0].code
    gaps = []
    for criterion in data.criteria:
        rating = ratings.get(criterion.id)
        name = {"number": criterion.number}
        if rating is None or not rating.level:
            gaps.append(Missing(criterion.code, "level", _("Criterion %(number)s has no level yet.") % name))
        elif rating.no_evidence and criterion.id in proven:
            gaps.append(
                Missing(
                    criterion.code,
                    "both",
                    _("Criterion %(number)s has evidence and says “no evidence”: only one of them can be true.") % name,
                )
            )
        elif rating.no_evidence and not rating.note.strip():
            gaps.append(
                Missing(
                    criterion.code,
                    "note",
                    _("Criterion %(number)s says “no evidence”: add a note in your own words.") % name,
                )
            )
        elif rating.level != lowest and not rating.no_evidence and criterion.id not in proven:
            gaps.append(
                Missing(
                    criterion.code,
                    "evidence",
                    _("Criterion %(number)s has no evidence: add some, or answer “no evidence” with a note.") % name,
                )
            )
    return gaps


def missing_to_decide(evaluation: Evaluation) -> list[Missing]:
    """Gaps of the decision: a level for every criterion, a reason wherever it differs from the teacher's own."""
    data = framework_data(evaluation.cycle.version_id)
    own, decision = self_sheet(evaluation), decision_sheet(evaluation)
    return gaps_of_decision(
        data,
        {row.criterion_id: row for row in own.ratings.all()} if own else {},
        {row.criterion_id: row for row in decision.ratings.all()} if decision else {},
        reasons=evaluation.cycle.reason_where_different,
    )


def gaps_of_decision(data: FrameworkData, own: dict, decided: dict, *, reasons: bool) -> list[Missing]:
    """The same from rows at hand (criterion id -> Rating). `reasons`: the cycle asks for one where they differ."""
    gaps = []
    for criterion in data.criteria:
        rating, name = decided.get(criterion.id), {"number": criterion.number}
        mine = own.get(criterion.id)
        if rating is None or not rating.level:
            gaps.append(Missing(criterion.code, "level", _("Criterion %(number)s is not decided yet.") % name))
        elif reasons and mine and mine.level and rating.level != mine.level and not rating.note.strip():
            gaps.append(
                Missing(
                    criterion.code,
                    "reason",
                    _("Criterion %(number)s differs from the teacher's own level: give the reason.") % name,
                )
            )
    return gaps


def words_without_difference(data: FrameworkData, own: dict, decided: dict) -> list[Missing]:
    """Criteria decided as the teacher sees them with words beside: a remark, or a reason that has become untrue. The
    teacher reads them and they are printed, so the head is asked; nothing is taken away by itself."""
    gaps = []
    for criterion in data.criteria:
        mine, rating = own.get(criterion.id), decided.get(criterion.id)
        if mine and rating and rating.level and rating.level == mine.level and rating.note.strip():
            sentence = _(
                "Criterion %(number)s: decided as the teacher sees it, with a reason beside. Does it still hold?"
            )
            gaps.append(Missing(criterion.code, "reason", sentence % {"number": criterion.number}))
    return gaps
