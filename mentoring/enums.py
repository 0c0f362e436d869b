from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PairingStatus(TextChoices):
    PROPOSED = "proposed", _("Waiting for both to accept")
    ACTIVE = "active", _("Under way")
    DECLINED = "declined", _("Declined")
    ENDED = "ended", _("Ended")


class EndReason(TextChoices):
    COMPLETED = "completed", _("Period completed")
    EARLY = "early", _("Ended early")
    MOVED = "moved", _("One of the two moved")
    NO_FIT = "no_fit", _("Not a good fit")
    CONFLICT = "conflict", _("The mentor now evaluates the mentee")


CONFLICT_WORDS = _(
    "The mentor now leads the mentee's school. Whoever evaluates a teacher cannot be the teacher's mentor."
)
"""What everybody who is told of the conflict reads."""

CHOSEN_END_REASONS = (EndReason.COMPLETED, EndReason.EARLY, EndReason.MOVED, EndReason.NO_FIT)
"""Reasons a person may choose; the conflict is found by the system."""


class PairingAction(TextChoices):
    PROPOSE = "propose", _("Proposed")
    ACCEPT = "accept", _("Accepted")
    DECLINE = "decline", _("Declined")
    EXTEND = "extend", _("Period extended")
    END = "end", _("Ended")


OPEN = (PairingStatus.PROPOSED, PairingStatus.ACTIVE)
"""Statuses in which the two are, or are about to be, mentor and mentee."""

MAX_MENTEES = 3
"""Open pairings a mentor may have at a time: mentoring is done beside one's own teaching."""

LONGEST_PERIOD_DAYS = 2 * 366
EDIT_DAYS = 14
"""Days in which whoever logged a meeting may still change or remove it."""
