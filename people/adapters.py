"""How allauth behaves here: accounts are made by schools and offices, never by visitors."""

from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest


class ClosedAccountAdapter(DefaultAccountAdapter):
    """Sign-up is closed; people sign in by user name or e-mail with the account their school made for them."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: an account comes from a roster, a head or an administrator."""
        return False

    def get_reset_password_from_key_url(self, key: str) -> str:
        """The link of a mail leads to SITE_URL, whatever host the request named."""
        return settings.SITE_URL + urlsplit(super().get_reset_password_from_key_url(key)).path
