"""How allauth behaves here: accounts are made by schools and offices, never by visitors."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class ClosedAccountAdapter(DefaultAccountAdapter):
    """Sign-up is closed; people sign in by user name or e-mail with the account their school made for them."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: an account comes from a roster, a head or an administrator."""
        return False
