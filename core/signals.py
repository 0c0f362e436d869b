"""News of the machine. `language_chosen` (sender: the user's class; user, language): a signed-in person switched."""

from django.dispatch import Signal

language_chosen = Signal()
