"""More time for one person."""

from datetime import date

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from core.dates import date_words
from core.decisions import Refused
from core.mail import write_mail
from evaluations.models import Evaluation
from evaluations.policies import self_deadline
from evaluations.policies_office import can_extend
from people.models import User


@transaction.atomic
def extend_deadline(*, evaluation: Evaluation, until: date, by: User) -> Evaluation:
    """Moves this person's last day to submit to `until` and tells the person. The same day twice tells once.

    Raises Refused for a day that is no later than the one in force.
    """
    evaluation = (
        Evaluation.objects.select_for_update(of=("self",)).select_related("cycle", "subject").get(pk=evaluation.pk)
    )
    can_extend(by, evaluation).or_raise()
    if until == evaluation.extended_to:
        return evaluation
    if until <= self_deadline(evaluation):
        raise Refused(
            _("Choose a day after %(date)s, the last day so far.") % {"date": date_words(self_deadline(evaluation))}
        )
    evaluation.extended_to = until
    evaluation.save(update_fields=["extended_to"])
    write_mail(
        key=f"extended:{evaluation.pk}:{until}",
        to=evaluation.subject.email,
        language=evaluation.subject.language or settings.LANGUAGE_CODE,
        template="evaluation_extended",
        context={
            "person": evaluation.subject,
            "cycle": evaluation.cycle,
            "due": until,
            "link": settings.SITE_URL + reverse("evaluations:self", args=[evaluation.pk]),
        },
    )
    return evaluation
