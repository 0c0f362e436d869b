"""Uploaded files of frameworks that wait for a decision, and what they would become."""

from django.db.models import QuerySet
from django.utils import timezone

from people.models import User
from standards.models import Draft, FrameworkVersion
from standards.models.uploads import KEPT, Upload
from standards.queries_drafts import drafting_offices, drafts_visible_to


def uploads_visible_to(user: User) -> QuerySet[Upload]:
    """One's own uploads that nobody has decided yet, the latest first: none for those who do not draft."""
    waiting = Upload.objects.filter(created_by=user, created_at__gt=timezone.now() - KEPT)
    waiting = waiting.select_related("based_on").order_by("-created_at", "pk")
    return waiting if drafting_offices(user) else waiting.none()


def latest_of_framework(code: str) -> FrameworkVersion | None:
    """The latest version of a framework, by its code."""
    versions = FrameworkVersion.objects.filter(framework__code=code).exclude(status="draft")
    return versions.select_related("framework").order_by("-valid_from", "-pk").first()


def open_drafts_with(user: User, code: str) -> QuerySet[Draft]:
    """Unpublished drafts with this version code."""
    return drafts_visible_to(user).filter(published_as=None, content__code=code)
