"""The floor's two views: session, user, one query and a 60-line template; session, user and one row written."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import path

from evaluations.models import Rating


def read(request: HttpRequest, sheet: int) -> HttpResponse:
    """One query, one template."""
    rows = Rating.objects.filter(sheet=sheet).order_by("pk").values_list("criterion_id", "level", "note")
    return render(request, "floor.html", {"person": request.user, "rows": list(rows)})


def write(request: HttpRequest, rating: int) -> JsonResponse:
    """One row written."""
    number = Rating.objects.filter(pk=rating, sheet__author=request.user.pk).update(note=request.body.decode()[:200])
    return JsonResponse({"saved": number})


urlpatterns = [path("read/<int:sheet>/", read), path("write/<int:rating>/", write)]
