"""Public pages: frameworks are law, anybody may read them."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from standards import queries
from standards.policies import can_draft, can_retire
from standards.presenters import criterion_page, framework_list, version_page


@login_not_required
@require_safe
def index(request):
    """Every framework with its versions and whether they are in force."""
    countries = framework_list(queries.frameworks_with_versions(), timezone.localdate())
    context = {"countries": countries, "may_draft": can_draft(request.user)}
    return render(request, "standards/index.html", context)


@login_not_required
@require_safe
def version(request, code):
    """One version as a document; ?q= keeps the criteria in which every word occurs. A large one is read part by part:
    ?part= a standard's code, ?page= the page of its criteria."""
    row = queries.version_by_code(code)
    if row is None:
        raise Http404
    asked = {name: request.GET.get(name, "") for name in ("q", "part", "page")}
    data = queries.framework_data(row)
    page = version_page(data, timezone.localdate(), asked["q"], asked["part"], asked["page"])
    if page is None:
        raise Http404
    context = {"page": page, "version": row, "may_retire": can_retire(request.user, row)}
    return render(request, "standards/version.html", context)


@login_not_required
@require_safe
def criterion(request, code, criterion):
    """One criterion on a page of its own: a stable address to point at."""
    row = queries.version_by_code(code)
    page = row and criterion_page(queries.framework_data(row), criterion, timezone.localdate())
    if page is None:
        raise Http404
    return render(request, "standards/criterion.html", {"page": page, "version": row})
