"""Who may draft, publish and retire frameworks, and tie them together. Reading what is published needs no right."""

from django.utils.translation import gettext as _

from core.decisions import Allowed, Decision, Denied, nobody_elses_work
from people.models import User
from standards.enums import VersionStatus
from standards.models import Draft, FrameworkVersion, Mapping
from standards.queries_drafts import drafting_offices, highest_offices


def can_draft(user: User) -> Decision:
    """Begin a draft, see and change those there are: officers and administrators of any office."""
    if drafting_offices(user):
        return Allowed()
    return nobody_elses_work(_("Officers and administrators of an office prepare frameworks. Ask your office."))


def can_change_draft(user: User, draft: Draft) -> Decision:
    """Change a draft: whoever drafts, until it is published."""
    if not (decision := can_draft(user)):
        return decision
    if draft.published_as_id:
        return Denied(_("This draft has been published. A published version never changes; begin a new draft from it."))
    return Allowed()


def can_discard(user: User, draft: Draft) -> Decision:
    """Throw a draft away: whoever began it, or a highest office."""
    if not (decision := can_change_draft(user, draft)) or draft.created_by_id == user.pk:
        return decision
    return _highest(user, _("Only whoever began it, or an officer or administrator of %(office)s, throws it away."))


def can_publish(user: User, draft: Draft) -> Decision:
    """Publish a draft: officers and administrators of an office that stands under no other."""
    if not (decision := can_change_draft(user, draft)):
        return decision
    return _highest(
        user, _("Only an officer or administrator of %(office)s publishes. Ask there when the draft is ready.")
    )


def can_retire(user: User, version: FrameworkVersion) -> Decision:
    """Take a version out of use: officers and administrators of a highest office."""
    if not (decision := can_draft(user)):
        return decision
    sentence = _("Only an officer or administrator of %(office)s takes a version out of use.")
    if not (decision := _highest(user, sentence)):
        return decision
    if version.status != VersionStatus.PUBLISHED:
        return Denied(_("Only a published version is taken out of use."))
    return Allowed()


def can_map(user: User) -> Decision:
    """Say how the criteria of two versions stand to each other: whoever drafts."""
    return can_draft(user)


def can_remove_mapping(user: User, mapping: Mapping) -> Decision:
    """Take a whole mapping away: whoever made it, or a highest office."""
    if not (decision := can_map(user)) or mapping.created_by_id == user.pk:
        return decision
    return _highest(user, _("Only whoever made it, or an officer or administrator of %(office)s, removes a mapping."))


def _highest(user: User, sentence: str) -> Decision:
    """Allowed in an office without another above it; else `sentence` names the one to ask."""
    highest = highest_offices(user)
    if {unit.pk for unit in highest} & {unit.pk for unit in drafting_offices(user)}:
        return Allowed()
    return nobody_elses_work(sentence % {"office": ", ".join(unit.name for unit in highest)})
