"""What waits for a person in mentoring: the front page asks."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from core.work import Section, WorkItem
from mentoring import presenters as words
from mentoring import queries
from mentoring.enums import OPEN, PairingStatus
from mentoring.models import Pairing
from mentoring.policies import can_pair
from people.models import User

SHOWN = 20


def items(user: User) -> Iterator[WorkItem]:
    """Proposals to answer, own pairings under way, and for heads and officers the pairs that must end or go on."""
    for pairing in queries.own(user).filter(status__in=OPEN)[:SHOWN]:
        yield from _own(user, pairing)
    if can_pair(user):
        for pairing in queries.needing_a_word(user)[:SHOWN]:
            yield _to_settle(pairing)


def _own(user: User, pairing: Pairing) -> Iterator[WorkItem]:
    if pairing.conflict:
        return
    is_mentor = user.pk == pairing.mentor_id
    partner = pairing.mentee if is_mentor else pairing.mentor
    url = reverse("mentoring:detail", args=[pairing.pk])
    if pairing.status == PairingStatus.ACTIVE:
        title = _("Mentoring with %(name)s") % {"name": partner.full_name}
        note = words.meetings_words(pairing)
        yield WorkItem(title, url, note=note, section=Section.WATCH, status=words.state(pairing), weight=70)
    elif (pairing.mentor_accepted_at if is_mentor else pairing.mentee_accepted_at) is None:
        ask = _("You are asked to be the mentor of %(name)s") if is_mentor else _("%(name)s is to be your mentor")
        yield WorkItem(
            ask % {"name": partner.full_name},
            url,
            note=_("Proposed by %(name)s. Accept or decline.") % {"name": pairing.created_by.full_name},
            weight=40,
        )


def _to_settle(pairing: Pairing) -> WorkItem:
    names = {"mentor": pairing.mentor.full_name, "mentee": pairing.mentee.full_name}
    url = reverse("mentoring:detail", args=[pairing.pk])
    title = _("Mentoring of %(mentee)s by %(mentor)s") % names
    if pairing.conflict:
        note = _("The mentor leads the mentee's school now: end the pairing.")
    elif pairing.end < timezone.localdate():
        note = _("The period is over: extend it or end it.")
    else:
        note = ""
    return WorkItem(title, url, note=note, status=words.state(pairing), weight=60)
