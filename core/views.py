"""Pages about the product itself, the language switch, and what people read when something goes wrong."""

import logging

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template import loader
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.csrf import requires_csrf_token
from django.views.decorators.http import require_POST, require_safe

from core import signals
from core.http import posted_texts, safe_next, sentence_response, wants_json

log = logging.getLogger(__name__)


# --- language -------------------------------------------------------------------------------------------------------
@login_not_required
@require_POST
def set_language(request):
    """Remembers the language in a cookie and goes back to the page. An unknown language changes nothing."""
    language = request.POST.get("language", "")
    target = safe_next(request, request.POST.get("next") or request.headers.get("Referer"))
    response = HttpResponseRedirect(target)
    if language in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            max_age=60 * 60 * 24 * 365,
            samesite=settings.LANGUAGE_COOKIE_SAMESITE,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
        )
        if request.user.is_authenticated:
            signals.language_chosen.send(sender=type(request.user), user=request.user, language=language)
    return response


# --- about ----------------------------------------------------------------------------------------------------------
@login_not_required
@require_safe
def help_page(request):
    """How to sign in, fill, submit, and whom to ask."""
    return render(request, "core/help.html")


@login_not_required
@require_safe
def accessibility(request):
    """The accessibility statement."""
    return render(request, "core/accessibility.html")


@login_not_required
@require_safe
def privacy(request):
    """What is kept, why, who sees it, and which cookies there are."""
    cookies = [
        (
            settings.SESSION_COOKIE_NAME,
            _("keeps you signed in until you close the browser"),
        ),
        (settings.CSRF_COOKIE_NAME, _("makes sure that forms come from these pages")),
        (settings.LANGUAGE_COOKIE_NAME, _("remembers your language for a year")),
    ]
    return render(request, "core/privacy.html", {"cookies": cookies})


@login_not_required
@require_safe
def components(request):
    """The gallery of components, for whoever builds pages. Only while developing or demonstrating."""
    if not (settings.DEBUG or settings.DEMO):
        raise Http404
    from core import gallery

    return render(request, "core/components.html", gallery.context(request))


# --- when something goes wrong ----------------------------------------------------------------------------------------
def bad_request(request, exception):
    """400."""
    if wants_json(request):
        return sentence_response(_("The request could not be understood."), status=400)
    return render(request, "400.html", status=400)


def permission_denied(request, exception):
    """403, with the sentence of the policy when there is one."""
    reason = str(exception) if exception.args else ""
    if wants_json(request):
        return sentence_response(reason or _("You do not have permission for this."), status=403)
    return render(request, "403.html", {"reason": reason}, status=403)


def not_found(request, exception):
    """404: the page does not exist, or is not this person's to see; which of the two is not said."""
    if wants_json(request):
        return sentence_response(_("This page does not exist, or you may not see it."), status=404)
    return render(request, "404.html", status=404)


def too_many_requests(request, exception=None):
    """429: sign-in tried too often; allauth asks for it by handler429 of the root addresses."""
    if wants_json(request):
        return sentence_response(_("Too many attempts. Wait a few minutes and try again."), status=429)
    return render(request, "429.html", status=429)


def server_error(request):
    """500. Uses as little as possible: no user, no database, no context processors."""
    if wants_json(request):
        return sentence_response(_("Something went wrong on our side. Try again in a moment."), status=500)
    try:
        return HttpResponse(loader.render_to_string("500.html"), status=500)
    except Exception:  # whatever broke the page may break its error page too
        log.exception("The error page failed")
        with override(None):
            return HttpResponse(
                "<!doctype html><title>Error</title><p>Something went wrong.",
                status=500,
            )


@requires_csrf_token
def csrf_failure(request, reason=""):
    """403: the page was open too long or cookies are off. Gives every posted text back, so no word is lost."""
    log.warning("CSRF check failed: %s", reason)
    if wants_json(request):
        sentence = _(
            "This page was open for so long that it could not be sent safely. Sign in again; what you typed is kept "
            "in this page."
        )
        return sentence_response(sentence, status=403, code="csrf")
    context = {
        "texts": posted_texts(request),
        "back": request.get_full_path(),
        "cookies": bool(request.COOKIES),
    }
    return render(request, "core/csrf_failure.html", context, status=403)
