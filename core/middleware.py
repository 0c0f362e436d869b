"""Sign-in before everything, private pages, and acts refused at the wrong time told in a sentence."""

from urllib.parse import urlsplit, urlunsplit

from django.contrib.auth.middleware import LoginRequiredMiddleware as DjangoLoginRequiredMiddleware
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from core.decisions import Refused
from core.http import page_above, posted_texts, safe_next, sentence_response, wants_json

PERMISSIONS_POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"


class LoginRequiredMiddleware(DjangoLoginRequiredMiddleware):
    """Every view needs a signed-in person unless it is marked `login_not_required`.

    A page redirects to the sign-in page and comes back; a form with typed words gets them back on a page first (the
    session ran out while somebody was writing); a script gets 401 with a sentence and the address, so that it can keep
    what was typed and ask the person to sign in again in another tab.
    """

    def handle_no_permission(self, request, view_func):
        """Redirect for pages, the words back for forms, 401 JSON for scripts."""
        login_url = resolve_url(self.get_login_url(view_func))
        if wants_json(request):
            return sentence_response(
                _("You are no longer signed in. Sign in again; what you typed is kept in this page."),
                status=401,
                login_url=login_url,
            )
        if request.method == "POST":  # its address may take no GET: come back to the page with the form
            back = urlsplit(safe_next(request, request.headers.get("Referer")))
            login_url = f"{login_url}?{urlencode({'next': urlunsplit(('', '', back.path, back.query, ''))})}"
            texts = posted_texts(request)
            if not texts:
                return redirect(login_url)
            return render(request, "core/signed_out.html", {"texts": texts, "login_url": login_url}, status=401)
        return super().handle_no_permission(request, view_func)


class PrivatePagesMiddleware:
    """Pages of signed-in people are never stored by browsers or proxies (school computers are shared).

    Also answers `core.decisions.Refused` with 409: the sentence, and the list of problems if there is one.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.status_code == 405 and not response.content and not wants_json(request):
            allowed = response["Allow"]
            response = render(request, "405.html", status=405)
            response["Allow"] = allowed
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        kind = response.headers.get("Content-Type", "")
        if kind.startswith(("text/html", "application/json")) and request.user.is_authenticated:
            response.headers["Cache-Control"] = "private, no-store"
        return response

    def process_exception(self, request, exception):
        """A 409 page (or JSON for scripts) for `Refused`; None for everything else."""
        if not isinstance(exception, Refused):
            return None
        problems = [str(problem) for problem in exception.problems]
        if wants_json(request):
            return sentence_response(exception, status=409, problems=problems)
        return render(
            request,
            "409.html",
            {"reason": str(exception), "problems": problems, "above": page_above(request)},
            status=409,
        )
