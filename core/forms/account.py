"""allauth's forms in the product's words (settings.ACCOUNT_FORMS)."""

from allauth.account import forms as allauth
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

# allauth has no Vietnamese. What it may still say by itself is repeated here, so that our catalogues translate it.
SENTENCES_OF_ALLAUTH = (
    gettext_noop("This account is currently inactive."),
    gettext_noop("You cannot remove your primary email address."),
    gettext_noop("This email address is already associated with this account."),
    gettext_noop("The email address and/or password you specified are not correct."),
    gettext_noop("A user is already registered with this email address."),
    gettext_noop("Please type your current password."),
    gettext_noop("Incorrect password."),
    gettext_noop("The password reset token was invalid."),
    gettext_noop("You cannot add more than %d email addresses."),
    gettext_noop("Too many failed login attempts. Try again later."),
    gettext_noop("The email address is not assigned to any user account."),
    gettext_noop("Your primary email address must be verified."),
    gettext_noop("The username and/or password you specified are not correct."),
    gettext_noop("The new value must be different from the current one."),
    gettext_noop("Be patient, you are sending too many requests."),
    gettext_noop("You must type the same password each time."),
)


def _word(form, name, label, required, **attrs):
    field = form.fields[name]
    field.label = label
    field.error_messages["required"] = required
    field.widget.attrs.update(attrs)


class SignInForm(allauth.LoginForm):
    """User name or e-mail, and the password. Computers at schools are shared, so nobody is remembered for long."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        sentence = _("Enter your user name or your e-mail address.")
        _word(self, "login", _("User name or e-mail"), sentence, autocomplete="username", autocapitalize="none")
        _word(self, "password", _("Password"), _("Enter your password."))
        self.fields["password"].help_text = ""  # the page has the link


class ChangePasswordForm(allauth.ChangePasswordForm):
    """The old password once, the new one twice."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _word(self, "oldpassword", _("Password until now"), _("Enter the password you have used until now."))
        _word(self, "password1", _("New password"), _("Enter a new password."))
        _word(self, "password2", _("New password again"), _("Enter the new password a second time."))
        self.fields["oldpassword"].help_text = ""


class SetPasswordForm(allauth.SetPasswordForm):
    """The first password of an account."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _word(self, "password1", _("New password"), _("Enter a new password."))
        _word(self, "password2", _("New password again"), _("Enter the new password a second time."))


class ResetPasswordKeyForm(allauth.ResetPasswordKeyForm):
    """A new password by the link from the mail."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _word(self, "password1", _("New password"), _("Enter a new password."))
        _word(self, "password2", _("New password again"), _("Enter the new password a second time."))


class ResetPasswordForm(allauth.ResetPasswordForm):
    """Where the link is sent."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _word(self, "email", _("E-mail address"), _("Enter your e-mail address."))


class AddEmailForm(allauth.AddEmailForm):
    """One more address."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _word(self, "email", _("E-mail address"), _("Enter an e-mail address."))


class ReauthenticateForm(allauth.ReauthenticateForm):
    """The password once more before something delicate."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _word(self, "password", _("Password"), _("Enter your password."))
        self.fields["password"].help_text = ""
