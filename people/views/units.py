"""The tree of units, one unit with its people, and changing the tree."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.decisions import Refused
from people import policies
from people.actions import units as actions
from people.enums import Place
from people.forms.units import FindForm, MoveForm, RenameForm, StaffFilter, UnitForm
from people.presenters.staff import staff_rows
from people.queries import visible_units
from people.queries_staff import former_staff, groups_of, main_places, people_found, staff_list, with_places
from people.queries_tree import (
    children_of,
    kinds_under,
    placements_of,
    possible_parents,
    tree_for,
    units_found,
    usual_kind_under,
)

PER_PAGE = 50
PER_PAGE_FOUND = 25


@require_safe
def index(request):
    """The units the reader may see as a tree; ?q= finds units and people."""
    if not visible_units(request.user).exists():
        raise PermissionDenied(_("This room is for those who lead a group, a school or an office."))
    words = request.GET.get("q", "").strip()[:200]
    context = {"form": FindForm(request.GET), "words": words, "roots": [], "units": [], "page": None}
    if words:
        page = Paginator(people_found(request.user, words), PER_PAGE_FOUND).get_page(request.GET.get("page"))
        places = main_places(list(page))
        context["units"] = units_found(request.user, words)[:50]
        context["page"] = page
        context["found"] = [(person, places.get(person.pk, [])) for person in page]
    else:
        context["roots"] = tree_for(request.user)
    return render(request, "people/index.html", context)


@require_safe
def unit(request, code):
    """One unit: where it stands and stood, its parts, its staff."""
    found = get_object_or_404(visible_units(request.user), code=code)
    former = request.GET.get("show") == "former"
    groups = list(groups_of(found)) if found.kind.place == Place.SCHOOL else []
    form = StaffFilter(request.GET or None, groups=groups, roles=_roles_shown(found))
    chosen = form.cleaned_data if form.is_bound and form.is_valid() else {}
    sort = request.GET.get("sort", "name")
    people = staff_list(
        found,
        by=request.user,
        words=chosen.get("q", ""),
        role=chosen.get("role", ""),
        group=chosen.get("group", ""),
        sort=sort,
    )
    pages = Paginator(former_staff(found) if former else with_places(people, found), PER_PAGE)
    page = pages.get_page(request.GET.get("page"))
    placements = list(placements_of(found))
    context = {
        "unit": found,
        "form": form,
        "former": former,
        "page": page,
        "rows": _left(request.user, found, page) if former else staff_rows(list(page), found),
        "is_filtered": any(chosen.values()),
        "children": children_of(found),
        "placements": placements,
        "parent": next((row.parent for row in placements if row.end is None), None),
        "may": _what_may(request.user, found),
    }
    return render(request, "people/unit.html", context)


def _left(user, found, page) -> list[tuple]:
    """Who has left, each with whether the last day can still be corrected."""
    rows = list(page)
    for row in rows:
        row.unit = found
    return [(row, policies.can_correct_end(user, row)) for row in rows]


def _roles_shown(found) -> list[str]:
    roles = list(policies.ROLES_AT[Place(found.kind.place)])
    if found.kind.place == Place.SCHOOL:
        roles.append("group_leader")
    return [str(role) for role in roles]


def _what_may(user, found) -> dict:
    """Decisions behind the buttons of the page."""
    administer, govern = policies.can_administer(user, found), policies.can_govern(user, found)
    is_school, is_group = found.kind.place == Place.SCHOOL, found.kind.place == Place.GROUP
    return {
        "administer": bool(administer) and not is_group,
        "add_role": bool(administer) and not is_school,
        "import": bool(administer) and is_school,
        "add_unit": bool(administer if is_school else govern) and not is_group,
        "rename": bool(administer if is_group else govern),
        "move": bool(govern),
    }


@require_http_methods(["GET", "HEAD", "POST"])
def add_unit(request, code):
    """A new unit under this one: a group under a school, a school or office under an office."""
    parent = get_object_or_404(visible_units(request.user), code=code)
    is_school = parent.kind.place == Place.SCHOOL
    decide = policies.can_administer if is_school else policies.can_govern
    decide(request.user, parent).or_raise()
    form = UnitForm(request.POST or None, kinds=kinds_under(parent), initial={"kind": usual_kind_under(parent)})
    if request.method == "POST" and form.is_valid():
        try:
            new = actions.add_unit(parent=parent, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error("name", str(refusal))
        else:
            messages.success(request, _("“%(unit)s” is added.") % {"unit": new.name})
            return redirect("people:unit", new.code)
    title = _("Add a professional group") if is_school else _("Add a unit")
    return _form_page(request, parent, form, title, _("Add"))


@require_http_methods(["GET", "HEAD", "POST"])
def rename_unit(request, code):
    """Another name."""
    found = get_object_or_404(visible_units(request.user), code=code)
    decide = policies.can_administer if found.kind.place == Place.GROUP else policies.can_govern
    decide(request.user, found).or_raise()
    form = RenameForm(request.POST or None, initial={"name": found.name, "short_name": found.short_name})
    if request.method == "POST" and form.is_valid():
        try:
            actions.rename_unit(unit=found, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error("name", str(refusal))
        else:
            messages.success(request, _("The name is saved."))
            return redirect("people:unit", found.code)
    return _form_page(request, found, form, _("Rename"), _("Save the name"))


@require_http_methods(["GET", "HEAD", "POST"])
def move_unit(request, code):
    """Another superior unit from a day on."""
    found = get_object_or_404(visible_units(request.user), code=code)
    policies.can_govern(request.user, found).or_raise()
    form = MoveForm(request.POST or None, parents=possible_parents(request.user, found))
    if request.method == "POST" and form.is_valid():
        try:
            actions.move_unit(unit=found, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The new superior unit is saved."))
            return redirect("people:unit", found.code)
    return _form_page(request, found, form, _("Move under another unit"), _("Save the move"))


def _form_page(request, found, form, title, verb):
    context = {"unit": found, "form": form, "title": title, "verb": verb, "lead": ""}
    return render(request, "people/form.html", context)
