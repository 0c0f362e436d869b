"""What is done with a published version as a whole."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.decisions import Refused
from standards.actions.versions import reasons_not_to_retire, retire_version
from standards.forms.versions import version_name
from standards.policies import can_draft, can_retire
from standards.queries import version_by_code


@require_http_methods(["GET", "HEAD", "POST"])
def retire(request: HttpRequest, code: str) -> HttpResponse:
    """Asks, with what still needs the version. POST: takes it out of use."""
    can_draft(request.user).or_raise()
    version = version_by_code(code)
    if version is None:
        raise Http404
    decision = can_retire(request.user, version)
    reasons, status = reasons_not_to_retire(version), 200
    if request.method == "POST":
        try:
            retire_version(version=version, by=request.user)
        except Refused as refusal:
            reasons, status = refusal.problems or [str(refusal)], 409
        else:
            messages.success(request, _("The version is out of use. Evaluations made with it keep it."))
            return redirect("standards:version", code)
    context = {"version": version, "name": version_name(version), "decision": decision, "reasons": reasons}
    return render(request, "standards/retire.html", context, status=status)
