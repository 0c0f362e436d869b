"""Pages of reports: what I asked for, asking, progress, download."""

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.decisions import Refused
from evaluations.models import Cycle, Evaluation
from evaluations.queries import visible_to as visible_evaluations
from files.responses import Gone
from files.responses import download as send
from people.models import Unit
from reports import presenters, queries
from reports.actions import requests
from reports.enums import PERSONAL, ReportStatus
from reports.forms import RequestForm
from reports.models import Report
from reports.policies import can_download

PAGE = 20
NOTHING_MORE = 286  # the status that makes htmx stop asking


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """My reports, and what I may ask for."""
    page = Paginator(queries.visible_to(request.user), PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": presenters.rows_of(list(page)),
        "offers": presenters.offers_for(request.user) if page.number == 1 else [],
    }
    return render(request, "reports/index.html", context)


@require_POST
def request_report(request: HttpRequest) -> HttpResponse:
    """Asks for a document and shows its progress. The same request again leads to the same report."""
    form = RequestForm(request.POST)
    if not form.is_valid():
        raise BadRequest(form.errors.as_json())  # only a page that is not ours sends this
    wanted = form.cleaned_data
    cycle, unit, evaluation = _subject(request, wanted)
    report = requests.request_report(
        kind=wanted["kind"],
        cycle=cycle,
        unit=unit,
        evaluation=evaluation,
        language=wanted["language"] or get_language(),
        by=request.user,
    )
    return redirect("reports:detail", report.pk)


def _subject(request: HttpRequest, wanted: dict) -> tuple[Cycle, Unit, Evaluation | None]:
    """The subject among what the person may know of, else 404."""
    user = request.user
    if wanted["kind"] in PERSONAL:
        evaluation = get_object_or_404(visible_evaluations(user), pk=wanted["evaluation"])
        return evaluation.cycle, evaluation.unit, evaluation
    cycle = get_object_or_404(queries.reportable_cycles(user), code=wanted["cycle"])
    for units in (queries.schools_in_sight(user), queries.offices_in_sight(user)):
        if unit := units.filter(code=wanted["unit"]).first():
            return cycle, unit, None
    raise Http404


def _mine(request: HttpRequest, pk) -> Report:
    return get_object_or_404(queries.visible_to(request.user), pk=pk)


@require_safe
def detail(request: HttpRequest, pk) -> HttpResponse:
    """One report: progress, file, or the reason why it failed."""
    report = _mine(request, pk)
    shown = presenters.shown(request.user, report)
    context = {"shown": shown, "facts": presenters.facts_of(report), "was_moving": False}
    return render(request, "reports/detail.html", context)


@require_safe
def progress(request: HttpRequest, pk) -> HttpResponse:
    """The part of the page that moves, asked for every two seconds until there is an end."""
    shown = presenters.shown(request.user, _mine(request, pk))
    status = 200 if shown.is_moving else NOTHING_MORE
    return render(request, "reports/_progress.html", {"shown": shown, "was_moving": not shown.is_moving}, status=status)


@require_safe
def download(request: HttpRequest, pk) -> HttpResponse:
    """The finished file, for who asked for it and may still see what it is about."""
    report = _mine(request, pk)
    can_download(request.user, report).or_raise()
    try:
        return send(report.file)
    except Gone as gone:
        raise Refused(_("The file is not in the storage any more. Ask for the report again.")) from gone


@require_POST
def retry(request: HttpRequest, pk) -> HttpResponse:
    """Tries a failed report again."""
    report = requests.retry(report=_mine(request, pk), by=request.user)
    return redirect("reports:detail", report.pk)


@require_POST
def delete(request: HttpRequest, pk) -> HttpResponse:
    """Cancels a report that is being made, or deletes a finished one with its file."""
    report = _mine(request, pk)
    was_moving = report.status in (ReportStatus.QUEUED, ReportStatus.RUNNING)
    requests.throw_away(report=report)
    messages.success(request, _("The report is cancelled.") if was_moving else _("The report is deleted."))
    return redirect("reports:index")
