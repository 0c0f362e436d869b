"""The front page: what waits for me, first."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.work import sections_for


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """My work, from every app that has something to say."""
    return render(request, "evaluations/home.html", {"sections": sections_for(request.user)})
