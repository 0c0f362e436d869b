"""Last year's remarks and learning plan, to read and to take words from."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.http import wants_json
from evaluations.policies import can_fill_self
from evaluations.presenters.carrying import last_year_context
from evaluations.queries_self import last_self_sheet
from evaluations.views.self_assessment import own_or_refuse


@require_safe
def last_year(request: HttpRequest, pk) -> HttpResponse:
    """A page; for scripts the fragment that stands in the self-assessment. Nothing is copied by itself."""
    evaluation = own_or_refuse(request, pk)
    can_fill_self(request.user, evaluation).or_raise()
    sheet = last_self_sheet(evaluation)
    if sheet is None:
        context = {"evaluation": evaluation, "cycle": evaluation.cycle, "earlier": None}
        return render(request, "evaluations/last_year.html", context)
    if wants_json(request):
        return render(request, "evaluations/_last_year.html", last_year_context(evaluation, sheet, level=3))
    return render(request, "evaluations/last_year.html", last_year_context(evaluation, sheet, level=2))
