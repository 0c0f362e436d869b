"""One mail for each hand-over, told to whom the workflow table says."""

from django.conf import settings
from django.urls import reverse

from core.mail import write_mail
from evaluations.enums import Actor
from evaluations.models import Evaluation, Event
from evaluations.workflow import Transition
from people.models import Unit, User
from people.queries import heads_of


def tell(evaluation: Evaluation, transition: Transition, event: Event, left: Unit) -> None:
    """Writes the transition's mail into the outbox, to everybody concerned who has an address.

    `left`: the school before the act; when it is another one, its head is told too, without a link that no longer opens.
    """
    if not transition.mail:
        return
    link = settings.SITE_URL + reverse("evaluations:detail", args=[evaluation.pk])
    people = {
        person: link for to in (transition.mail_to, *transition.mail_too) for person in _recipients(evaluation, to)
    }
    if left.pk != evaluation.unit_id:
        people = {**dict.fromkeys(heads_of(left.pk), ""), **people}
    for person, way in people.items():
        if event.by_id == person.pk:
            continue
        write_mail(
            key=f"event:{event.pk}",
            to=person.email,
            language=person.language or settings.LANGUAGE_CODE,
            template=f"evaluation_{transition.mail}",
            context={
                "evaluation": evaluation,
                "event": event,
                "person": person,
                "link": way,
            },
        )


def _recipients(evaluation: Evaluation, to: Actor) -> list[User]:
    if to == Actor.SUBJECT:
        return [evaluation.subject]
    return list(heads_of(evaluation.unit_id))
