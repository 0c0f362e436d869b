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
