"""The reader's language, for every page."""

from django.conf import settings
from django.utils import translation
from django.utils.cache import patch_vary_headers

KNOWN = dict(settings.LANGUAGES)


class LanguageMiddleware:
    """Language cookie, else the signed-in person's own choice, else the browser's, else the installation's.

    Stands behind AuthenticationMiddleware and asks for the person only where there is a session cookie and no
    language cookie; the row it loads is the one that the view needs anyway.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        language = language_for(request)
        request.LANGUAGE_CODE = language
        with translation.override(language):  # the next request of this thread starts without a language
            response = self.get_response(request)
        patch_vary_headers(response, ("Accept-Language", "Cookie"))
        response.headers.setdefault("Content-Language", language)
        return response


def language_for(request) -> str:
    """The code of the language this request is answered in: always one of settings.LANGUAGES."""
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    if chosen in KNOWN:
        return chosen
    is_known = settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated
    if is_known and request.user.language in KNOWN:
        return request.user.language
    return translation.get_language_from_request(request)
