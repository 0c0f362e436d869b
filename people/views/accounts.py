"""One's own account."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.decisions import Refused
from people.actions.accounts import change_email, set_language
from people.forms.accounts import EmailForm, LanguageForm
from people.presenters.staff import record_facts
from people.queries import record_of
from people.queries_staff import history_of


@require_http_methods(["GET", "HEAD", "POST"])
def me(request):
    """Language, e-mail, password, and everything that is kept about the reader."""
    user, which = request.user, request.POST.get("form", "")
    language = LanguageForm(
        request.POST if which == "language" else None,
        prefix="l",
        initial={"language": user.language or LanguageForm.AUTOMATIC},
    )
    email = EmailForm(request.POST if which == "email" else None, prefix="e", user=user, initial={"email": user.email})
    if which == "language" and language.is_valid():
        return _language_set(request, language.cleaned_data["language"])
    if which == "email" and email.is_valid():
        try:
            change_email(by=user, email=email.cleaned_data["email"])
        except Refused as refusal:
            email.add_error("email", str(refusal))
        else:
            messages.success(request, _("Your e-mail address is saved."))
            return redirect("people:me")
    context = {
        "language_form": language,
        "email_form": email,
        "form": email if email.is_bound else language,
        "facts": record_facts(record_of(user)),
        "history": history_of(user, user),
    }
    return render(request, "people/me.html", context)


def _language_set(request, language: str):
    """The choice holds at once: the cookie of the language switch gives way to it."""
    set_language(by=request.user, language=language)
    with translation.override(language or translation.get_language()):
        messages.success(request, _("Your language is saved."))
    response = redirect("people:me")
    response.delete_cookie("language", samesite="Lax")
    return response
