"""How a request wants its answer, and what was typed into it."""

import re

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, JsonResponse
from django.utils.http import url_has_allowed_host_and_scheme

# Never shown again to anybody, not even to the person who typed them.
SECRET_FIELD = re.compile(r"pass|token|code|secret|csrf", re.IGNORECASE)


def wants_json(request: HttpRequest) -> bool:
    """True for requests of our own scripts: they show a sentence in the page instead of a page."""
    return (
        request.headers.get("X-Requested-With") == "fetch"
        or request.headers.get("HX-Request") == "true"
        or request.headers.get("Accept", "").startswith("application/json")
    )


def sentence_response(sentence: str, *, status: int, **more) -> JsonResponse:
    """{"detail": sentence, …} for scripts."""
    return JsonResponse({"detail": str(sentence), **more}, status=status)


def safe_next(request: HttpRequest, url: str | None, default: str = "/") -> str:
    """`url` when it leads to this site, else `default`. Stops redirects to strangers."""
    hosts = {request.get_host()}
    if url and url_has_allowed_host_and_scheme(url, allowed_hosts=hosts, require_https=request.is_secure()):
        return url
    return default


def posted_texts(request: HttpRequest) -> list[tuple[str, str]]:
    """(field name, text) of what was typed: no secrets, no codes of choices, nothing empty.

    For pages that must refuse a form and still give every word back.
    """
    try:
        posted = request.POST.lists()
    except (
        SuspiciousOperation,
        OSError,
        ValueError,
    ):  # too large, broken or cut off: nothing to give back
        return []
    return [
        (name, value)
        for name, values in posted
        if not SECRET_FIELD.search(name)
        for value in values
        if len(value.strip()) > 2 and not value.isdigit()
    ]
