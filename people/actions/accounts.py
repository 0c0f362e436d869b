"""What people do to their own account."""

from django.conf import settings
from django.db import transaction

from people.models import User


@transaction.atomic
def set_language(*, by: User, language: str) -> User:
    """Remembers the language `by` reads in; "" is "as the browser says". Raises ValueError for an unknown one."""
    if language and language not in dict(settings.LANGUAGES):
        raise ValueError(language)
    if by.language != language:
        by.language = language
        by.save(update_fields=["language"])
    return by
