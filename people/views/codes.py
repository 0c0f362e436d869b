"""Printing activation codes for people without e-mail, and for those who forgot their password."""

from django.conf import settings
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from people import policies
from people.actions.activation import make_codes
from people.presenters.staff import staff_rows
from people.queries import visible_units
from people.queries_staff import staff_list, with_places

MOST_AT_ONCE = 300


@require_http_methods(["GET", "HEAD", "POST"])
def codes(request, code):
    """GET: choose people of the unit; `only` ticks these ids, `no-email` all without an address, else nobody is ticked.

    POST: a sheet of slips to print and cut; the codes are shown this once.
    """
    unit = get_object_or_404(visible_units(request.user), code=code)
    policies.can_administer(request.user, unit).or_raise()
    people = list(with_places(staff_list(unit, by=request.user), unit)[:MOST_AT_ONCE])
    problem = ""
    if request.method == "POST":
        chosen = {pk for pk in request.POST.getlist("people") if pk.isdecimal()}
        wanted = [person for person in people if str(person.pk) in chosen]
        if len(wanted) != len(chosen):
            raise Http404
        if wanted:
            return _sheet(request, unit, wanted)
        problem = _("Choose at least one person.")
    decisions = policies.codes_printable(request.user, people)
    preselected = set(request.GET.get("only", "").split(","))
    reachless = {str(person.pk) for person in people if not person.email and decisions[person.pk]}
    if "no-email" in request.GET:
        preselected |= reachless
    rows = [
        {
            "row": row,
            "decision": decisions[row.person.pk],
            "checked": str(row.person.pk) in preselected,
        }
        for row in staff_rows(people, unit)
    ]
    context = {
        "unit": unit,
        "rows": rows,
        "problem": problem,
        "first_id": next((f"p{row['row'].person.pk}" for row in rows if row["decision"]), "people"),
        "without": len(reachless),
    }
    return render(request, "people/codes.html", context)


def _sheet(request, unit, people):
    context = {
        "unit": unit,
        "slips": make_codes(people=people, by=request.user),
        "address": settings.SITE_URL + reverse("people:activate"),
    }
    return render(request, "people/slips.html", context)
