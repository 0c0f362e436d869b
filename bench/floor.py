"""The smallest pages that do the same kind of work: session, user, one query and a 60-line template; one row written."""

import json

from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from evaluations.models import Rating
from people.models import Unit


def read(request: HttpRequest) -> HttpResponse:
    units = list(Unit.objects.order_by("pk")[:20])
    return render(request, "floor.html", {"person": request.user.full_name, "units": units})


def write(request: HttpRequest, pk: int) -> JsonResponse:
    """One row of the same table as an autosave writes, for the signed-in person."""
    sent = json.loads(request.body)
    with transaction.atomic():
        written = Rating.objects.filter(pk=pk).update(note=sent["note"], revision=sent["revision"] + 1)
    return JsonResponse({"person": request.user.pk, "written": written})
