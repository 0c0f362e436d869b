"""From the printed slip to one's own password. The only page of people that needs no sign-in."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from core.decisions import Refused
from people.actions.activation import activate as use_code
from people.forms.accounts import ActivationForm
from people.limits import too_many


@login_not_required
@never_cache
@sensitive_post_parameters("code", "password1", "password2")
@require_http_methods(["GET", "HEAD", "POST"])
def activate(request):
    """User name, code and a new password; then signed in. Wrong pairs get one answer, whether the user exists or not."""
    form = ActivationForm(request.POST or None, initial={"username": request.GET.get("user", "")[:60]})
    if request.method == "POST":
        if too_many(request, "activate", limit=20, seconds=600):
            sentence = _("Too many attempts from this place. Wait ten minutes and try again.")
            return render(request, "people/activate.html", {"form": form, "wait": sentence}, status=429)
        if form.is_valid():
            data = form.cleaned_data
            try:
                user = use_code(username=data["username"], code=data["code"], password=data["password1"])
            except Refused:  # used in another tab a moment ago
                form.add_error("code", form.WRONG)
            else:
                login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
                messages.success(request, _("Your password is set and you are signed in."))
                return redirect("home")
    return render(request, "people/activate.html", {"form": form, "wait": ""})
