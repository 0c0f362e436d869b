"""HTML to PDF: tagged, in our own faces, with nothing fetched from anywhere else.

A stylesheet is parsed and its faces are loaded once a process; WeasyPrint alone does both again for every document.
"""

import gc
import mimetypes
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

STATIC = "https://static.invalid/"
"""Where our documents believe our static files to be; only the fetcher below knows how to go there."""

STYLESHEETS = ("css/pdf.css", "css/pdf-forms.css", "css/pdf-tables.css")
VARIANT = "pdf/ua-1"

_one_at_a_time = threading.Lock()


class ForeignAddressError(FatalURLFetchingError):
    """A document refers to something outside the product."""


class OwnFilesFetcher(URLFetcher):
    """Serves our static files and `data:`; anything else stops the document."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols=("data",), allow_redirects=False)

    def fetch(self, url: str, headers: dict | None = None) -> URLFetcherResponse:
        """The static file or inline data behind `url`. Raises ForeignAddressError."""
        if url.startswith("data:"):
            return super().fetch(url, headers)
        if not url.startswith(STATIC):
            raise ForeignAddressError(url)
        found = finders.find(url.removeprefix(STATIC))
        if not found:
            raise ForeignAddressError(url)
        kind = mimetypes.guess_type(found)[0] or "application/octet-stream"
        return URLFetcherResponse(url, Path(found).read_bytes(), {"Content-Type": kind})


@cache
def _prepared() -> tuple[URLFetcher, FontConfiguration, list[CSS]]:
    fetcher, fonts = OwnFilesFetcher(), FontConfiguration()
    sheets = [CSS(url=STATIC + name, url_fetcher=fetcher, font_config=fonts) for name in STYLESHEETS]
    return fetcher, fonts, sheets


def pdf_bytes(html: str) -> bytes:
    """The document as PDF/UA. The same HTML gives the same bytes.

    Raises ForeignAddressError when the HTML points outside the product.
    """
    with _one_at_a_time, _quiet_collector():
        fetcher, fonts, sheets = _prepared()
        document = HTML(string=html, base_url=STATIC, url_fetcher=fetcher)
        return document.write_pdf(stylesheets=sheets, font_config=fonts, pdf_variant=VARIANT)


@contextmanager
def _quiet_collector() -> Iterator[None]:
    """A layout makes a million objects that all live until its end: looking for garbage among them is wasted time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def stylesheet_text(address: Any = None) -> str:
    """All stylesheets as one text, with addresses of fonts and pictures under `address`: for comparing and previewing."""
    text = "\n".join(Path(finders.find(name)).read_text(encoding="utf-8") for name in STYLESHEETS)
    return text.replace("../fonts/", f"{address}fonts/") if address else text
