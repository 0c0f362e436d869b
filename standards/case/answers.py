"""How the CASE service answers: JSON with a mark of its content, errors as imsx_StatusInfo, not too often to one host."""

import hashlib
import json
import logging
from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from allauth.account.adapter import get_adapter
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.gzip import gzip_page

from core.limits import within_limit
from standards.case.paging import BadQuestion
from standards.case.values import UUID_TEXT

log = logging.getLogger(__name__)
JSON = "application/json"
A_MINUTE = 600  # requests; a reader of a whole library asks for some hundred packages
PATIENCE = 60


class Refusal(Exception):
    """An answer that is an error: `status` of HTTP, `code` of CASE, `name` of the parameter it is about."""

    def __init__(self, status: int, code: str, sentence: str, name: str = "sourcedId"):
        super().__init__(sentence)
        self.status, self.code, self.name = status, code, name


def unknown(identifier: str) -> Refusal:
    """404: nothing here has this identifier."""
    return Refusal(404, "unknownobject", _("There is no such object: %(identifier)s.") % {"identifier": identifier})


def identifier_in(text: str) -> str:
    """The UUID of an address in small letters. Raises Refusal (400) for anything else."""
    if not UUID_TEXT.fullmatch(text):
        raise Refusal(400, "invalid_uuid", _("This is not a UUID: %(text)s.") % {"text": text[:80]})
    return str(UUID(text))


def refused(refusal: Refusal) -> HttpResponse:
    """The error in the form that CASE wants."""
    busy = refusal.code == "server_busy"
    status = {
        "imsx_codeMajor": "failure",
        "imsx_severity": "error",
        "imsx_description": str(refusal),
        "imsx_codeMinor": {
            "imsx_codeMinorField": [{"imsx_codeMinorFieldName": refusal.name, "imsx_codeMinorFieldValue": refusal.code}]
        },
    }
    response = HttpResponse(as_bytes(status), content_type=JSON, status=refusal.status)
    response["Cache-Control"] = "no-store"
    if busy:
        response["Retry-After"] = str(PATIENCE)
    return response


def answer(request: HttpRequest, data: Any, **headers: str) -> HttpResponse:
    """200 with the data, or 304 when the reader has it already."""
    text = as_bytes(data)
    tag = f'"{hashlib.sha256(text).hexdigest()[:32]}"'
    return marked(request, tag, HttpResponse(text, content_type=JSON), **headers)


def marked(request: HttpRequest, tag: str, response: HttpResponse, **headers: str) -> HttpResponse:
    """The response with its mark, or 304."""
    for name, value in {"ETag": tag, "Cache-Control": "public, max-age=60", **headers}.items():
        response[name.replace("_", "-")] = value
    return get_conditional_response(request, etag=tag, response=response) or response


def known_already(request: HttpRequest, tag: str) -> HttpResponse | None:
    """304 when the reader has what `tag` marks, before anything is built."""
    response = get_conditional_response(request, etag=tag)
    return response if response is not None and response.status_code == 304 else None


def public(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view of the CASE service: for everybody, from any page of any site, reading only, errors in CASE's form."""

    @csrf_exempt  # nothing is ever written; other methods get an answer in CASE's form
    @login_not_required
    @gzip_page
    @wraps(view)
    def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            response = _asked(request, view, *args, **kwargs)
        except Refusal as refusal:
            response = refused(refusal)
        except BadQuestion as bad:
            response = refused(Refusal(400, bad.code, str(bad), bad.parameter))
        except PermissionDenied:
            response = refused(Refusal(403, "forbidden", _("This is not for you.")))
        except Exception:
            log.exception("CASE %s", request.path)
            response = refused(Refusal(500, "internal_server_error", _("Something went wrong on our side."), "server"))
        response["Access-Control-Allow-Origin"] = "*"  # law, read by everybody; no cookie is asked for
        response["Access-Control-Expose-Headers"] = "ETag, Link, X-Total-Count, Retry-After"
        return response

    return wrapper


def _asked(request: HttpRequest, view: Callable[..., HttpResponse], *args: Any, **kwargs: Any) -> HttpResponse:
    if request.method not in {"GET", "HEAD"}:
        response = refused(Refusal(405, "unauthorised_request", _("Here one can only read."), "method"))
        response["Allow"] = "GET, HEAD"
        return response
    host = get_adapter(request).get_client_ip(request)
    if not within_limit(f"case:{host}", limit=A_MINUTE, seconds=PATIENCE):
        raise Refusal(429, "server_busy", _("Too many requests: please wait a minute."), "server")
    return view(request, *args, **kwargs)


def as_bytes(data: Any) -> bytes:
    """JSON as it is sent."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
