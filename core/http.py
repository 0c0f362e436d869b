"""How a request wants its answer, and what was typed into it."""

import json
import re

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import get_script_prefix, is_valid_path, reverse
from django.utils.http import content_disposition_header, url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

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


def attachment(content: bytes, name: str, content_type: str, *, public: bool = False) -> HttpResponse:
    """A file to keep under `name`. Browsers ask again for a public one, and keep no other."""
    headers = {
        "Content-Disposition": content_disposition_header(as_attachment=True, filename=name),
        "Cache-Control": "no-cache" if public else "private, no-store",
    }
    return HttpResponse(content, content_type=content_type, headers=headers)


def page_above(request: HttpRequest) -> str:
    """The address of the nearest page above the one asked for: the cycle of ".../cycles/code/close/"; "" for none."""
    parts = request.path_info.strip("/").split("/")
    for number in range(len(parts) - 1, 0, -1):
        path = "/".join(["", *parts[:number], ""])
        if is_valid_path(path):
            return get_script_prefix().rstrip("/") + path
    return ""


# --- what a saving script sends ---------------------------------------------------------------------------------------
def sent_json(request: HttpRequest) -> dict:
    """The JSON object that a script sent; {} for anything else."""
    try:
        sent = json.loads(request.body)
    except (ValueError, RecursionError):  # no JSON, or lists in lists without end
        return {}
    return sent if isinstance(sent, dict) else {}


def sent_revision(sent: dict) -> int | None:
    """The revision a save stands on; None when it is none that the database could have."""
    revision = sent.get("revision")
    return revision if type(revision) is int and 0 <= revision < 2**31 - 1 else None


def refuse_stranger(request: HttpRequest, sent: dict) -> JsonResponse | None:
    """The answer (401) to a save of words that somebody wrote who is no longer signed in here."""
    if "person" in sent and str(sent["person"]) != str(request.user.pk):
        sentence = _("Somebody else is signed in on this device now. Sign in as yourself to send your words.")
        return sentence_response(sentence, status=401, login_url=reverse("account_logout"), other=True)
    return None


def refuse_save(request: HttpRequest, sent: dict) -> JsonResponse | None:
    """The answer to a save that must not be tried: somebody else is signed in now (401), or it is no save (400)."""
    if refusal := refuse_stranger(request, sent):
        return refusal
    if sent_revision(sent) is None:
        return sentence_response(_("The request could not be understood."), status=400)
    return None


def posted_number(text: str | None, default: int | None = 0) -> int | None:
    """A revision, an id or a place in a list, from a form or an address; `default` for anything else."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else default


# --- ways back --------------------------------------------------------------------------------------------------------
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
