"""My evaluations over the years, and those of others that I may know of."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from evaluations.forms.listing import ListForm
from evaluations.policies import can_manage_cycles
from evaluations.presenters.listing import own_rows, rows
from evaluations.queries import own
from evaluations.queries_self import cycles_among, narrowed, others_visible, schools_among
from evaluations.views.paging import page_of
from people.queries import schools_led

PAGE_SIZE = 50


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """?q=, ?cycle=, ?status=, ?unit= narrow the list of others; a bad value is passed over."""
    others = others_visible(request.user)
    cycles, schools = list(cycles_among(others)), list(schools_among(others))
    form = ListForm(request.GET, cycles=cycles, schools=schools)
    page = page_of(request, narrowed(others, **form.chosen()), PAGE_SIZE)
    context = {
        "mine": own_rows(list(own(request.user))),
        "form": form,
        "page": page,
        "rows": rows(request.user, page.object_list),
        "sees_others": bool(cycles),
        "sees_cycles": bool(can_manage_cycles(request.user)) or bool(schools_led(request.user)),
        "is_narrowed": bool(form.chosen()),
    }
    return render(request, "evaluations/index.html", context)
