"""One page of a list."""

from django.core.paginator import Page, Paginator
from django.http import HttpRequest


def page_of(request: HttpRequest, rows, size: int) -> Page:
    """The page that ?page= asks for; a number that does not exist gives the nearest page, not an error."""
    return Paginator(rows, size).get_page(request.GET.get("page"))
