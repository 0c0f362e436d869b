"""The frame around every page, rendered once for each kind of reader and kept: it is on every page and hardly differs.

What differs between two requests of one reader (the CSRF token, the path to come back to) is put in afterwards.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

TOKEN, PATH = "token-goes-here", "path-goes-here"
KEPT = 2000  # readers


@dataclass(frozen=True)
class Frame:
    """All that the header says of a reader; equal frames look the same."""

    language: str
    person: bool
    name: str
    role_line: str
    home: str
    navigation: tuple[tuple[str, str, bool], ...]  # address, label, here now

    @classmethod
    def of(cls, shell) -> "Frame":
        person = shell.person
        return cls(
            language=get_language() or settings.LANGUAGE_CODE,
            person=person is not None,
            name=getattr(person, "full_name", "") or "",
            role_line=getattr(person, "role_line", "") or "",
            home=shell.home,
            navigation=tuple((item["url"], str(item["label"]), item["current"]) for item in shell.navigation),
        )


def site_header(context) -> SafeString:
    """The bar on top of the page: product, navigation, language, account."""
    shell = context["shell"]
    html = _header(Frame.of(shell), tuple(tuple(item.items()) for item in shell.languages))
    html = html.replace(TOKEN, escape(context.get("csrf_token", "")))
    return mark_safe(html.replace(PATH, escape(shell.request.get_full_path())))  # noqa: S308  both escaped


@lru_cache(maxsize=KEPT)
def _header(frame: Frame, languages: tuple) -> str:
    shell = {
        "person": frame.person,
        "name": frame.name,
        "role_line": frame.role_line,
        "home": frame.home,
        "navigation": [{"url": url, "label": label, "current": here} for url, label, here in frame.navigation],
        "languages": [dict(language) for language in languages],
    }
    return _rendered("components/site_header.html", {"shell": shell, "path": PATH, "csrf_token": TOKEN})


def site_assets() -> SafeString:
    """The style sheets of every page."""
    return _assets(settings.STATIC_URL)


@lru_cache(maxsize=4)
def _assets(_static_url: str) -> SafeString:
    return _rendered("components/site_assets.html")


def site_footer(context) -> SafeString:
    """The foot of the page, and the texts that scripts show."""
    return _footer(get_language() or settings.LANGUAGE_CODE, context["shell"].version)


@lru_cache(maxsize=16)
def _footer(_language: str, version: str) -> SafeString:
    return _rendered("components/site_footer.html", {"version": version})


def _rendered(template: str, values: dict | None = None) -> SafeString:
    """A part of the frame without its indentation, which every page would send over every weak link."""
    return mark_safe(re.sub(r"\n\s*", "\n", render_to_string(template, values)))  # noqa: S308  our own template
