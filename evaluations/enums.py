"""All the words of an evaluation. Codes are stored, labels are for readers."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class CycleKind(TextChoices):
    FULL = "full", _("Self-assessment, opinions and decision")
    SELF_ONLY = "self_only", _("Self-assessment only")


class CycleStatus(TextChoices):
    DRAFT = "draft", _("In preparation")
    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")


class Status(TextChoices):
    DRAFT = "draft", _("Not submitted")
    SUBMITTED = "submitted", _("Submitted")
    UNDER_REVIEW = "under_review", _("Under review")
    RETURNED = "returned", _("Returned")
    DECIDED = "decided", _("Decided")
    ANNOUNCED = "announced", _("Announced")
    OBJECTED = "objected", _("Objection")
    CLOSED = "closed", _("Closed")
    EXCUSED = "excused", _("Excused")


class Action(TextChoices):
    SUBMIT = "submit", _("Submit")
    TAKE_BACK = "take_back", _("Take back")
    OPEN = "open", _("Open for review")
    RETURN = "return", _("Return")
    DECIDE = "decide", _("Decide")
    REVISE = "revise", _("Change the decision")
    ANNOUNCE = "announce", _("Announce")
    ACKNOWLEDGE = "acknowledge", _("Acknowledge")
    OBJECT = "object", _("Object")
    UPHOLD = "uphold", _("Keep the decision")
    RECONSIDER = "reconsider", _("Take the decision up again")
    EXCUSE = "excuse", _("Excuse")
    READMIT = "readmit", _("Take in again")
    REOPEN = "reopen", _("Reopen")
    CLOSE = "close", _("Close")
    EXTEND = "extend", _("Give more time")
    TRANSFER = "transfer", _("Move to the new school")


class CycleAction(TextChoices):
    OPEN = "open", _("Opened")
    TAKE_IN = "take_in", _("Brought up to date")
    DATES = "dates", _("Dates moved")
    CLOSE = "close", _("Closed")


class Actor(TextChoices):
    """Who may do an action, relative to the evaluation. The policy finds out whether a person is that."""

    SUBJECT = "subject", _("The teacher")
    DECIDER = "decider", _("The head")
    AUTHORITY = "authority", _("The office above")
    SYSTEM = "system", _("The system")


class SheetKind(TextChoices):
    SELF = "self", _("Self-assessment")
    OPINION = "opinion", _("Opinion")
    DECISION = "decision", _("Decision")


class EvidenceKind(TextChoices):
    FILE = "file", _("File")
    LINK = "link", _("Link")
    FACT = "fact", _("Stated fact")


class ExcuseReason(TextChoices):
    TOO_SHORT = "too_short", _("Too short in post")
    MATERNITY = "maternity", _("Maternity leave")
    SICK = "sick", _("Sick leave")
    UNPAID = "unpaid", _("Unpaid leave")
    STUDY = "study", _("Study or secondment")
    LEFT = "left", _("Left the school")
    OTHER = "other", _("Other reason")


REMARKS = ("strengths", "improvements", "goals", "content", "timing", "conditions")
"""The foot of form 01: remarks (strengths, points to improve) and next year's learning plan (four parts)."""

EDITABLE_BY_SUBJECT = (Status.DRAFT, Status.RETURNED)
UNDECIDED = (Status.DRAFT, Status.RETURNED, Status.SUBMITTED, Status.UNDER_REVIEW, Status.EXCUSED)
"""Statuses in which nothing has been decided, so that the evaluation may still follow its person to another school."""
TO_DECIDE = (Status.SUBMITTED, Status.UNDER_REVIEW)
"""Statuses in which the decision is still to be made."""
RESULT_KNOWN = (Status.ANNOUNCED, Status.OBJECTED, Status.CLOSED)
"""Statuses in which the teacher and the offices above may read the result."""
