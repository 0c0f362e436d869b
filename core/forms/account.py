"""The sign-in form, in the product's words (settings.ACCOUNT_FORMS)."""

from allauth.account.forms import LoginForm
from django.utils.translation import gettext_lazy as _


class SignInForm(LoginForm):
    """User name or e-mail, and the password. Computers at schools are shared, so nobody is remembered for long."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        login, password = self.fields["login"], self.fields["password"]
        login.label = _("User name or e-mail")
        login.widget.attrs = {
            "autocomplete": "username",
            "autocapitalize": "none",
            "spellcheck": "false",
        }
        login.error_messages["required"] = _(
            "Enter your user name or your e-mail address."
        )
        password.label = _("Password")
        password.help_text = ""
        password.widget.attrs = {"autocomplete": "current-password"}
        password.error_messages["required"] = _("Enter your password.")
