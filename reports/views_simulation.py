"""A simulation as a file."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.decisions import Refused
from core.http import attachment
from core.spreadsheets.writing import XLSX
from evaluations.policies_simulator import can_simulate
from evaluations.queries_office import office_cycles
from evaluations.queries_simulation import past_results, schools_of
from evaluations.sides import asked_side
from evaluations.simulation import simulate
from reports.simulations import simulation_workbook
from standards.queries import framework_data


@require_safe
def simulation(request: HttpRequest, code: str) -> HttpResponse:
    """?with=, ?suppose=, ?near= as the page; ?school= one school; ?pass_on= with small counts hidden."""
    cycle = get_object_or_404(office_cycles(request.user), code=code)
    can_simulate(request.user, cycle).or_raise()
    asked = request.GET
    if not asked.get("with"):
        raise Refused(_("Choose what to try first."))
    side = asked_side(request.user, cycle, asked)
    if side is None:
        raise Http404
    if side.problem:
        raise Refused(side.problem)
    units = schools_of(request.user, cycle)
    if school := asked.get("school"):
        units = [unit for unit in units if unit.code == school]
        if not units:
            raise Http404
    data = framework_data(cycle.version_id)
    found = simulate(side.plan(data), past_results(request.user, cycle, units))
    content = simulation_workbook(cycle, units, data, side, found, passing_on="pass_on" in asked)
    name = slugify(f"{cycle.code} {school or ''} {side.data.code}")
    return attachment(content, f"{name}.xlsx", XLSX)
