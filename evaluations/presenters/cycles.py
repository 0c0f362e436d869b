"""Cycles in words: their stages, who is in and who not and why."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.dates import date_words
from core.localized import localized
from evaluations import participants
from evaluations.enums import Action, CycleAction, CycleStatus, ExcuseReason, Status
from evaluations.forms.cycles import school_year_of
from evaluations.models import Cycle, CycleEvent, Evaluation
from evaluations.offering import force_words
from evaluations.participants import Person, Plan
from evaluations.policies import can
from evaluations.presenters.words import Happened
from evaluations.queries_moved import events_of_cycle, new_school
from people.models import Unit, User
from people.models.searching import contains

TONES = {CycleStatus.DRAFT: "neutral", CycleStatus.OPEN: "info", CycleStatus.CLOSED: "success"}


def reason_sentence(person: Person) -> str:
    """Why this person is left out, as an office explains it to the person."""
    if person.reason == participants.LEADER:
        return _("Heads and deputy heads are judged by the standards for heads.")
    if person.reason == participants.NOT_TEACHER:
        return _("Is %(role)s here, not a teacher.") % {"role": person.detail}
    if person.reason == participants.INACTIVE:
        return _("The account is switched off.")
    if person.reason == participants.OTHER_CYCLE:
        return _("Is already in the open cycle “%(cycle)s” of this school year.") % {"cycle": person.detail}
    if person.reason == participants.OTHER_SCHOOL:
        return _("Teaches at %(school)s too, and is in the cycle there.") % {"school": person.detail}
    if person.reason == participants.STARTS_LATER:
        return _("Starts here on %(date)s, after the reference date.") % {"date": _date(person.detail)}
    return _("Left this school on %(date)s.") % {"date": _date(person.detail)}


def flag_sentence(person: Person, threshold: int) -> str:
    """What is worth knowing of somebody who is in; empty for most."""
    if person.flag == participants.NO_GROUP:
        return _("In no professional group: no colleagues can give opinions.")
    if person.flag == participants.SMALL_GROUP:
        return _(
            "The group is too small: opinions are shown from %(number)s answers, and there are fewer colleagues."
        ) % {"number": threshold}
    return ""


def _date(text: str) -> str:
    return date_words(date.fromisoformat(text))


@dataclass
class SchoolPreview:
    """One school of the preview: counts always, the people when asked for."""

    unit: object
    taken: list[dict]
    left_out: list[dict]

    @property
    def flagged(self) -> int:
        return sum(1 for row in self.taken if row["remark"])


def preview(cycle: Cycle, plan: Plan, words: str = "") -> list[SchoolPreview]:
    """The plan by school, every school listed even when nobody is there; `words` narrow it to matching names."""

    def rows(people: list[Person], sentence) -> dict[int, list[dict]]:
        found: dict[int, list[dict]] = {}
        for person in people:
            name = person.user.full_name
            if contains(name, words):
                found.setdefault(person.unit.pk, []).append(
                    {"name": name, "group": person.group.name if person.group else "", "remark": sentence(person)}
                )
        return found

    taken = rows(plan.taken, lambda person: flag_sentence(person, cycle.anonymity_threshold))
    left_out = rows(plan.left_out, reason_sentence)
    schools = [
        SchoolPreview(unit, taken.get(unit.pk, []), left_out.get(unit.pk, []))
        for unit in cycle.units.select_related("kind").order_by("position", "name", "pk")
    ]
    return [school for school in schools if not words or school.taken or school.left_out]


def year_warning(cycle: Cycle) -> tuple[str, str] | None:
    """(title, sentence) when teachers would fill it in during another school year than the cycle's."""
    year = school_year_of(cycle.self_due)
    if year == cycle.school_year:
        return None
    params = {"date": date_words(cycle.self_due), "year": year, "own": cycle.school_year}
    return (
        _("The dates lie in another school year"),
        _(
            "The self-assessment ends on %(date)s, in %(year)s; the cycle is for %(own)s. Change the set-up if that is not meant."
        )
        % params,
    )


def roster_warning(cycle: Cycle) -> tuple[str, str] | None:
    """(title, sentence) when the people are those of a day in another school year than the cycle's."""
    year = school_year_of(cycle.reference_date)
    if year == cycle.school_year:
        return None
    params = {"date": date_words(cycle.reference_date), "year": year, "own": cycle.school_year}
    return (
        _("The people are those of another school year"),
        _(
            "Who is in it is decided by the state of %(date)s, in %(year)s; the cycle is for %(own)s. Change the set-up if "
            "that is not meant."
        )
        % params,
    )


def force_warning(cycle: Cycle) -> tuple[str, str] | None:
    """(title, sentence) when the framework version is not in force in the cycle's time; None when it is."""
    version = cycle.version
    if version.valid_to and version.valid_to < cycle.reference_date:
        sentence = _(
            "“%(title)s” was in force until %(date)s. Check that your office may still evaluate by it; results keep "
            "these standards."
        )
        names = {"title": localized(version.title), "date": date_words(version.valid_to)}
        return _("These standards are no longer in force"), sentence % names
    if version.valid_from > cycle.starts_on:
        sentence = _(
            "“%(title)s” is in force from %(date)s, and the self-assessment starts on %(start)s. Let it start later, or "
            "check that your office may evaluate by it already."
        )
        names = {"title": localized(version.title), "date": date_words(version.valid_from)}
        return _("These standards are not in force yet"), sentence % (names | {"start": date_words(cycle.starts_on)})
    return None


def stage_sentence(cycle: Cycle) -> str:
    """Where an open cycle stands today, in one line."""
    today = timezone.localdate()
    if cycle.status == CycleStatus.DRAFT:
        return _("Not open yet.")
    if cycle.status == CycleStatus.CLOSED:
        return _("Closed on %(date)s.") % {"date": date_words(cycle.closed_at)}
    if today < cycle.starts_on:
        return _("Self-assessment starts on %(date)s.") % {"date": date_words(cycle.starts_on)}
    if today <= cycle.self_due:
        return _("Self-assessment until %(date)s.") % {"date": date_words(cycle.self_due)}
    if cycle.opinions_due and today <= cycle.opinions_due:
        return _("Opinions until %(date)s.") % {"date": date_words(cycle.opinions_due)}
    if cycle.decision_due and today <= cycle.decision_due:
        return _("Heads decide until %(date)s.") % {"date": date_words(cycle.decision_due)}
    return _("All dates are past.")


def facts_of(cycle: Cycle) -> list[tuple[str, str]]:
    """The set-up of a cycle as a summary list."""
    rows = [
        (_("Standards"), f"{localized(cycle.version.title)} ({force_words(cycle.version)})"),
        (_("School year"), cycle.school_year),
        (_("Kind"), cycle.get_kind_display()),
        (_("Held by"), cycle.owner.name),
        (
            _("Self-assessment"),
            _("%(start)s to %(end)s") % {"start": date_words(cycle.starts_on), "end": date_words(cycle.self_due)},
        ),
    ]
    if cycle.opinions_due:
        rows.append((_("Opinions until"), date_words(cycle.opinions_due)))
    if cycle.decision_due:
        rows.append((_("Decision until"), date_words(cycle.decision_due)))
        rows.append(
            (
                _("Objection"),
                ngettext(
                    "%(count)s day from the announcement", "%(count)s days from the announcement", cycle.objection_days
                )
                % {"count": cycle.objection_days},
            )
        )
    rows.append((_("Reference date"), date_words(cycle.reference_date)))
    rows.append((_("Rules"), " ".join(rules_of(cycle))))
    return rows


def rules_of(cycle: Cycle) -> list[str]:
    """The policies of a cycle as sentences."""
    sentences = []
    if cycle.is_full and cycle.opinions_wanted:
        sentences.append(
            _("Opinions of colleagues appear from %(number)s answers, never with names.")
            % {"number": cycle.anonymity_threshold}
        )
        if cycle.opinions_last:
            sentences.append(_("Heads see them after their own rating."))
    elif cycle.is_full:
        sentences.append(_("No opinions of colleagues are asked for."))
    if cycle.is_full and cycle.reason_where_different:
        sentences.append(_("A reason is needed where the decision differs from the teacher's own level."))
    sentences.append(
        _("Late self-assessments are accepted.") if cycle.late_allowed else _("After the last day the form closes.")
    )
    return sentences


def gone_sentence(evaluation: Evaluation) -> str:
    return _("%(name)s is no longer a teacher at %(school)s. The head can excuse this person.") % {
        "name": evaluation.subject.full_name,
        "school": evaluation.unit.name,
    }


@dataclass(frozen=True)
class Moved:
    """Somebody who teaches at another school of the cycle now. `stays`: why the evaluation stays; empty: it can move."""

    evaluation: Evaluation
    school: Unit
    stays: str
    remark: str
    ticked: bool


def moved(user: User, evaluations: Iterable[Evaluation]) -> list[Moved]:
    """The rows of `queries_moved.moved_away`, each with the new school and what moving would mean."""
    rows = []
    for evaluation in evaluations:
        school, decision = new_school(evaluation), can(user, evaluation, Action.TRANSFER)
        if school is None:  # came back while the page was made
            continue
        excused = evaluation.status == Status.EXCUSED
        remark = _("Excused there: taken in again at the new school.") if excused else ""
        if evaluation.status == Status.UNDER_REVIEW:
            remark = _("The head there has opened it already; what was begun goes along.")
        ticked = not excused or evaluation.excuse_reason == ExcuseReason.LEFT
        rows.append(Moved(evaluation, school, decision.reason, remark, ticked))
    return rows


def moved_sentence(done: list[Evaluation], refused: list[tuple[Evaluation, str]]) -> str:
    """What moving people did, with the reason for each who was not."""
    sentence = ngettext("%(count)s person moved.", "%(count)s people moved.", len(done)) % {"count": len(done)}
    return " ".join([sentence, *(f"{row.subject.full_name}: {reason}" for row, reason in refused)])


def history_of(cycle: Cycle) -> list[Happened]:
    """What was done to the cycle, newest first, as components/timeline.html reads it. One query."""
    return [
        Happened(event.at, event.by.full_name, _happened(event), _details(event)) for event in events_of_cycle(cycle)
    ]


def _happened(event: CycleEvent) -> str:
    return {
        CycleAction.OPEN: _("Cycle opened"),
        CycleAction.TAKE_IN: _("People taken in"),
        CycleAction.DATES: _("Dates moved"),
        CycleAction.CLOSE: _("Cycle closed"),
    }[CycleAction(event.action)]


def _details(event: CycleEvent) -> str:
    facts = event.facts
    if event.action == CycleAction.DATES:
        names = {
            "self_due": _("Self-assessment until"),
            "opinions_due": _("Opinions until"),
            "decision_due": _("Decision until"),
        }
        parts = [
            f"{name}: {_date(facts[key][0])} → {_date(facts[key][1])}"
            if facts[key][0]
            else f"{name}: {_date(facts[key][1])}"
            for key, name in names.items()
            if key in facts
        ]
        if "late_allowed" in facts:
            late, closes = _("Late self-assessments are accepted."), _("After the last day the form closes.")
            parts.append(late if facts["late_allowed"] else closes)
        return "; ".join(parts)
    if "people" in facts:
        return ngettext("%(count)s person", "%(count)s people", facts["people"]) % {"count": facts["people"]}
    return ""


@dataclass(frozen=True)
class Leaver:
    """Somebody on the head's board who does not teach there any more, and where the evaluation can go."""

    evaluation: Evaluation
    school: Unit | None

    @property
    def sentence(self) -> str:
        names = {"name": self.evaluation.subject.full_name, "school": self.school.name if self.school else ""}
        if self.school:
            return (
                _("%(name)s teaches at %(school)s now. The office that holds the cycle moves the evaluation there.")
                % names
            )
        return _("%(name)s does not teach here any more.") % names


def leavers_of(evaluations: Iterable[Evaluation]) -> list[Leaver]:
    """The rows of `queries_moved.leavers` with the school of the cycle where they teach now, if there is one."""
    return [Leaver(evaluation, new_school(evaluation)) for evaluation in evaluations]
