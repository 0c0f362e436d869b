"""News of a whole cycle: dates that moved. One mail a person, with the dates that concern this person."""

from datetime import date

from django.conf import settings
from django.urls import reverse

from core.mail import write_mail
from core.models import OutgoingMail
from evaluations.actions.reminders import WAITING_FOR_HEAD, opinions_owed
from evaluations.enums import CycleStatus, Status
from evaluations.models import CycleEvent, Evaluation
from evaluations.policies import self_deadline
from people.enums import Role
from people.models import Membership, User


def tell_dates(event: CycleEvent) -> int:
    """Writes to everybody whom a moved date still concerns: who has not submitted, who owes opinions, who decides.

    Repeated, it writes only to those who have not had theirs. Returns the number of mails written now.
    """
    cycle = event.cycle
    if cycle.status != CycleStatus.OPEN:
        return 0
    concerned: dict[User, dict[str, date]] = {}
    if "self_due" in event.facts:
        day = date.fromisoformat(event.facts["self_due"][1])
        for evaluation in _unsubmitted(cycle):
            if self_deadline(evaluation) == day:  # else more time had been given, or the dates moved on
                concerned.setdefault(evaluation.subject, {})["own"] = day
    if "opinions_due" in event.facts:
        day = date.fromisoformat(event.facts["opinions_due"][1])
        for person, _group, _number in opinions_owed(cycle) if day == cycle.opinions_due else ():
            concerned.setdefault(person, {})["opinions"] = day
    if "decision_due" in event.facts:
        day = date.fromisoformat(event.facts["decision_due"][1])
        for person in _deciding(cycle) if day == cycle.decision_due else ():
            concerned.setdefault(person, {})["decision"] = day
    key = f"dates:{event.pk}"
    told = set(OutgoingMail.objects.filter(key=key).values_list("to", flat=True))
    people = [person for person in concerned if person.email and person.email not in told]
    for person in people:
        write_mail(
            key=key,
            to=person.email,
            language=person.language or settings.LANGUAGE_CODE,
            template="evaluation_dates",
            context={
                "person": person,
                "cycle": cycle,
                "dates": concerned[person],
                "link": settings.SITE_URL + reverse("home"),
            },
        )
    return len(people)


def _unsubmitted(cycle):
    rows = Evaluation.objects.filter(cycle=cycle, status__in=(Status.DRAFT, Status.RETURNED), subject__is_active=True)
    return rows.select_related("cycle", "subject").order_by("pk").iterator(chunk_size=500)


def _deciding(cycle) -> list[User]:
    """The heads of the schools where somebody is still to be decided."""
    waiting = Evaluation.objects.filter(cycle=cycle, status__in=(*WAITING_FOR_HEAD, Status.DRAFT, Status.RETURNED))
    heads = Membership.objects.current().filter(
        unit__in=waiting.order_by().values("unit"), role=Role.HEAD, user__is_active=True
    )
    return [row.user for row in heads.select_related("user").order_by("pk")]
