"""Two versions side by side. Published ones are open to everybody, drafts to those who draft."""

from dataclasses import dataclass

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.localized import localized
from standards.comparing import compare
from standards.forms.versions import CompareForm, version_choices, version_name
from standards.framework_data import FrameworkData
from standards.models import FrameworkVersion
from standards.presenters import comparison as words
from standards.queries import framework_data, reader_first, version_by_code
from standards.queries_drafts import draft_data, draft_named, drafts_visible_to, named_drafts
from standards.queries_mappings import links_between, readable_versions

PAGE = 60


@dataclass(frozen=True)
class Side:
    """One of the two: its name, address, and tree (None where a draft cannot be read as one yet)."""

    name: str
    url: str
    data: FrameworkData | None
    version: FrameworkVersion | None = None


def side_of(request: HttpRequest, key: str) -> Side | None:
    """What ?from= or ?to= names; None without one. Raises Http404 for what this reader may not see."""
    if not key:
        return None
    if draft := draft_named(request.user, key):
        name = _("%(title)s (%(code)s, draft)") % {"title": localized(draft.content.get("title")), "code": draft.code}
        return Side(name, reverse("standards:draft", args=[draft.pk]), draft_data(draft))
    version = version_by_code(key)
    if version is None:
        raise Http404
    return Side(version_name(version), reverse("standards:version", args=[key]), framework_data(version), version)


@login_not_required
@require_safe
def compare_page(request: HttpRequest) -> HttpResponse:
    """?from= and ?to= two codes, or draft:<id>; ?show= one kind of difference, or all items."""
    old, new = side_of(request, request.GET.get("from", "")), side_of(request, request.GET.get("to", ""))
    drafts = named_drafts(drafts_visible_to(request.user).filter(published_as=None))
    choices = version_choices(reader_first(readable_versions()), drafts)
    context = {"old": old, "new": new, "found": None, "page": None, "rows": [], "url": request.get_full_path()}
    shows = [("", _("What changed")), ("all", _("Everything"))]
    if old and new and old.data and new.data:
        links = links_between(old.version, new.version) if old.version and new.version else {}
        comparison = compare(old.data, new.data, links)
        found = words.comparison_page(comparison, request.GET.get("show", ""))
        page = Paginator(found.shown, PAGE).get_page(request.GET.get("page"))
        context |= {"found": found, "page": page, "rows": words.rows(page.object_list, comparison)}
        shows[1:1] = [(count.code, f"{count.word} ({count.number})") for count in found.counts]
    data = request.GET if old or new else None
    context["form"] = CompareForm(data, choices=choices, shows=shows if context["found"] else ())
    return render(request, "standards/compare.html", context)
