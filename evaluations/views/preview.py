"""The self-assessment of a draft, for those who write it. Nothing can be sent from here."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from evaluations.presenters.preview import preview_context
from standards.queries_drafts import draft_data, drafts_visible_to, problems_of


@require_safe
def preview_draft(request: HttpRequest, pk) -> HttpResponse:
    """The form as teachers would have it; where the draft cannot be read as a whole, the problems that keep it from it."""
    draft = get_object_or_404(drafts_visible_to(request.user), pk=pk)
    data = draft_data(draft)
    context = {"draft": draft, "data": data, "problems": problems_of(draft)}
    if data is not None and data.criteria:
        context |= preview_context(data)
    return render(request, "evaluations/preview.html", context)
