"""Mails about a pairing. They say that something waits, never what the two talk about."""

from django.conf import settings
from django.urls import reverse

from core.mail import write_mail
from mentoring.enums import CONFLICT_WORDS, EndReason
from mentoring.models import Pairing, PairingEvent
from people.models import User


def tell(pairing: Pairing, event: PairingEvent, template: str, people: list[User]) -> None:
    """Writes one mail to each of `people` who has an address, except whoever did it."""
    for person in dict.fromkeys(people):
        if person.pk == event.by_id:
            continue
        write_mail(
            key=f"pairing-event:{event.pk}",
            to=person.email,
            language=person.language or settings.LANGUAGE_CODE,
            template=f"mentoring_{template}",
            context={
                "pairing": pairing,
                "event": event,
                "conflict": CONFLICT_WORDS if pairing.end_reason == EndReason.CONFLICT else "",
                "person": person,
                "is_mentor": person.pk == pairing.mentor_id,
                "is_mentee": person.pk == pairing.mentee_id,
                "link": settings.SITE_URL + reverse("mentoring:detail", args=[pairing.pk]),
            },
        )
