"""News from below that people act on."""

from django.dispatch import receiver

from core.signals import language_chosen
from people.actions.accounts import set_language


@receiver(language_chosen)
def remember_language(sender, *, user, language: str, **kwargs) -> None:
    """The language switch of any page is also the person's own choice, for mails and other computers."""
    set_language(by=user, language=language)
