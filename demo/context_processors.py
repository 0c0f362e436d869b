"""What the sign-in page of a demo shows."""

from django.conf import settings

from demo.accounts import ACCOUNTS, PASSWORD


def accounts(request) -> dict:
    """{"demo_accounts", "demo_password"}; an empty list and text outside a demo."""
    if not settings.DEMO:
        return {"demo_accounts": (), "demo_password": ""}
    return {"demo_accounts": ACCOUNTS, "demo_password": PASSWORD}
