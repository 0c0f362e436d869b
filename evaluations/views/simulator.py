"""Trying another rule or version on the results of a cycle before adopting it. Looks only; nothing is changed."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from evaluations.forms.simulator import SimulatorForm
from evaluations.models import Cycle
from evaluations.policies_office import can_manage
from evaluations.policies_simulator import can_simulate
from evaluations.presenters import simulator as words
from evaluations.queries import cycle_schools
from evaluations.queries_simulation import past_results, people_of, schools_of
from evaluations.sides import Side, asked_side, choices
from evaluations.simulation import simulate
from evaluations.views.cycles import cycle_for
from evaluations.views.paging import page_of
from people.models import Unit
from standards.queries import framework_data

PAGE = 60


def chosen_side(request: HttpRequest, cycle: Cycle) -> Side | None:
    """The side that ?with= names, None without one; 404 for what this reader may not try."""
    if not request.GET.get("with"):
        return None
    side = asked_side(request.user, cycle, request.GET)
    if side is None:
        raise Http404
    return side


def _context(request: HttpRequest, cycle: Cycle, units: list[Unit], unit: Unit | None = None) -> dict:
    side, data = chosen_side(request, cycle), framework_data(cycle.version)
    offered = choices(request.user, cycle)
    context = {
        "cycle": cycle,
        "unit": unit,
        "page": None,
        "people": [],
        "download": "",
        "form": SimulatorForm(
            request.GET,
            choices=offered,
            has_near=bool(side and side.has_near),
            has_new=bool(side and side.unmatched),
        ),
        "offered": offered,
        "side": side,
        "data": data,
        "found": None,
    }
    if side is None or side.problem:
        return context
    plan = side.plan(data)
    found = simulate(plan, past_results(request.user, cycle, units))
    rows = words.matrix(found, data, side.data)
    return context | {
        "plan": plan,
        "found": found,
        "summary": words.summary(found),
        "figures": words.figures(found),
        "rows": rows,
        "after": words.after(found, side.data),
        "new_levels": [words.result_words(result.code, side.data) for result in side.data.results],
        "picture": words.picture(rows, side.data) if found.people else None,
        "bars": words.before_and_after(rows, found, data, side.data) if found.people else None,
        "download": _download(request, cycle, unit),
        "causes": words.causes(found, data, side),
        "reasons": words.open_reasons(found, side),
        "supposed": words.supposed_words(side),
        "unmatched": words.criteria_words(side.unmatched, side.data),
    }


def _download(request: HttpRequest, cycle: Cycle, unit: Unit | None) -> str:
    """The address of the same as a workbook; empty where documents are not installed."""
    try:
        address = reverse("reports:simulation", args=[cycle.code])
    except NoReverseMatch:
        return ""
    asked = {name: request.GET[name] for name in ("with", "suppose", "near") if name in request.GET}
    if unit:
        asked["school"] = unit.code
    return f"{address}?{urlencode(asked)}"


@require_safe
def simulator(request: HttpRequest, code: str) -> HttpResponse:
    """The whole cycle, as far as the reader looks over it."""
    cycle = cycle_for(request, code)
    can_simulate(request.user, cycle).or_raise()
    schools = schools_of(request.user, cycle)
    if len(schools) == 1 and not can_manage(request.user, cycle):
        return redirect("evaluations:simulator_school", cycle.code, schools[0].code)
    context = _context(request, cycle, schools)
    if context["found"]:
        context["page"] = page_of(request, words.school_rows(context["found"], schools), PAGE)
    return render(request, "evaluations/simulator.html", context)


@require_safe
def simulator_school(request: HttpRequest, code: str, unit_code: str) -> HttpResponse:
    """One school, with the names of those who would move: each of their results the reader may read anyway."""
    cycle = cycle_for(request, code)
    can_simulate(request.user, cycle).or_raise()
    unit = get_object_or_404(cycle_schools(request.user, cycle), code=unit_code)
    context = _context(request, cycle, [unit], unit)
    if context["found"]:
        people = people_of(request.user, cycle, unit)
        context["people"] = words.person_rows(context["plan"], people, context["data"], context["side"])
    return render(request, "evaluations/simulator.html", context)
