"""The overview of one evaluation."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from evaluations.models import Evaluation
from evaluations.presenters.detail import is_typed_into, overview
from evaluations.queries import visible_to
from evaluations.views.origins import RefusedMove, origin


@require_safe
def detail(request: HttpRequest, pk) -> HttpResponse:
    """Status, whose turn, what may be opened and done, and what happened."""
    return render_detail(request, get_object_or_404(visible_to(request.user), pk=pk))


@origin("detail")
def render_detail(request: HttpRequest, evaluation: Evaluation, refused: RefusedMove | None = None) -> HttpResponse:
    """The page; with a refused act, its errors on top and its words where they were typed."""
    context = overview(request.user, evaluation, refused.form if refused else None)
    if refused:
        context |= refused.shown(in_place=is_typed_into(context["acts"], refused.form))
    return render(request, "evaluations/detail.html", context, status=409 if refused else 200)
