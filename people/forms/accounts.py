"""Forms about one's own account."""

from django import forms
from django.conf import settings
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.localized import own_language_name
from people.actions.activation import check_code


class LanguageForm(forms.Form):
    """The language of pages and mails."""

    AUTOMATIC = "auto"
    language = forms.ChoiceField(label=_("Language of pages and mails"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        names = [(code, own_language_name(code)) for code, _name in settings.LANGUAGES]
        self.fields["language"].choices = [(self.AUTOMATIC, _("As my browser says")), *names]

    def clean_language(self) -> str:
        """The code, or "" for the browser's."""
        chosen = self.cleaned_data["language"]
        return "" if chosen == self.AUTOMATIC else chosen


class EmailForm(forms.Form):
    """Another address, confirmed with the password: whoever finds an open browser cannot take the account over."""

    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        help_text=_("For signing in, for mails about deadlines, and for a new password."),
    )
    password = forms.CharField(
        label=_("Your present password"), widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password(self) -> str:
        if not self.user.check_password(self.cleaned_data["password"]):
            raise ValidationError(_("This is not your password."))
        return self.cleaned_data["password"]


class ActivationForm(forms.Form):
    """User name and code from the printed slip, and the password of one's own choice."""

    username = forms.CharField(
        label=_("User name"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    code = forms.CharField(
        label=_("Activation code"),
        max_length=40,
        help_text=_("Twelve letters and figures from the slip; capitals and dashes do not matter."),
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )
    password1 = forms.CharField(
        label=_("New password"),
        strip=False,
        help_text=_("At least ten characters; several words are easy to keep in mind."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    password2 = forms.CharField(
        label=_("New password again"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    WRONG = _(
        "This user name and code do not belong together, or the code has expired. Ask your school for a new slip."
    )

    def clean(self):
        """The code first: nobody learns about passwords of an account without its code."""
        data = super().clean()
        if not data.get("username") or not data.get("code"):
            return data
        user = check_code(username=data["username"], code=data["code"])
        if user is None:
            self.errors.pop("password1", None)
            self.add_error("code", self.WRONG)
            return data
        first, second = data.get("password1"), data.get("password2")
        if first and second and first != second:
            self.add_error("password2", _("The two passwords differ."))
        elif first:
            try:
                password_validation.validate_password(first, user)
            except ValidationError as error:
                self.add_error("password1", error)
        return data
