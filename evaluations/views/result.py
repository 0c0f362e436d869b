"""The result of one evaluation."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from evaluations.models import Evaluation
from evaluations.presenters.result import decided_again_context, result_context
from evaluations.queries import visible_to
from evaluations.views.detail import render_detail
from evaluations.views.origins import RefusedMove, origin
from evaluations.visibility import sight


@require_safe
def result(request: HttpRequest, pk) -> HttpResponse:
    """Level, explanation, criteria, what the next level would take, acknowledging and objecting. While an announced
    decision is taken up again: that it is, why, and what had been announced."""
    evaluation = get_object_or_404(visible_to(request.user), pk=pk)
    seen = sight(request.user, evaluation)
    if seen.result and evaluation.result:
        return render_result(request, evaluation)
    if seen.earlier and (context := decided_again_context(request.user, evaluation)):
        return render(request, "evaluations/result_again.html", context)
    raise PermissionDenied(_("The result can be read once it has been announced."))


@origin("result")
def render_result(request: HttpRequest, evaluation: Evaluation, refused: RefusedMove | None = None) -> HttpResponse:
    """The page; with a refused act, its errors on top and its words where they were typed."""
    if not sight(request.user, evaluation).result or not evaluation.result:
        return render_detail(request, evaluation, refused)  # it moved on while the page was open
    context = result_context(request.user, evaluation, refused.form if refused else None)
    if refused:
        context |= refused.shown(in_place=context["object_form"] is refused.form and bool(context["object"]))
    return render(request, "evaluations/result.html", context, status=409 if refused else 200)
