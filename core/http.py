"""How a request wants its answer."""

from django.http import HttpRequest, JsonResponse
from django.utils.http import url_has_allowed_host_and_scheme


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
    if url and url_has_allowed_host_and_scheme(
        url, allowed_hosts=hosts, require_https=request.is_secure()
    ):
        return url
    return default
