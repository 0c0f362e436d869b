"""Public pages: frameworks are law, anybody may read them."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from standards import queries
from standards.presenters import framework_list, version_page


@login_not_required
@require_safe
def index(request):
    """Every framework with its versions and whether they are in force."""
    frameworks = framework_list(queries.frameworks_with_versions(), timezone.localdate())
    return render(request, "standards/index.html", {"frameworks": frameworks})


@login_not_required
@require_safe
def version(request, code):
    """One version as a document; ?q= keeps the criteria in which every word occurs."""
    row = queries.version_by_code(code)
    if row is None:
        raise Http404
    page = version_page(queries.framework_data(row), timezone.localdate(), request.GET.get("q", ""))
    return render(request, "standards/version.html", {"page": page})
