"""One mail for each hand-over, told to whom the workflow table says."""

from django.conf import settings
from django.urls import reverse

from core.mail import write_mail
from evaluations.enums import Actor
from evaluations.models import Evaluation, Event
from evaluations.workflow import Transition
from people.models import User
from people.queries import heads_of


def tell(evaluation: Evaluation, transition: Transition, event: Event) -> None:
    """Writes the transition's mail into the outbox, to everybody concerned who has an address."""
    if not transition.mail:
        return
    for person in _recipients(evaluation, transition.mail_to):
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
                "link": settings.SITE_URL + reverse("evaluations:detail", args=[evaluation.pk]),
            },
        )


def _recipients(evaluation: Evaluation, to: Actor) -> list[User]:
    if to == Actor.SUBJECT:
        return [evaluation.subject]
    return list(heads_of(evaluation.unit_id))
