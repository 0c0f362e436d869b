"""The board of a school in a cycle, and what is done there to one or many."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.dates import date_words
from core.decisions import Refused
from evaluations.actions.extending import extend_deadline
from evaluations.actions.moves import announce_many
from evaluations.actions.reminders import remind_unsubmitted
from evaluations.enums import RESULT_KNOWN, Status
from evaluations.forms.board import BoardFilter, ExtendForm
from evaluations.models import Cycle
from evaluations.policies import can_see_board
from evaluations.policies_office import can_extend, can_remind
from evaluations.presenters import board as words
from evaluations.presenters import charts
from evaluations.presenters.cycles import leavers_of, stage_sentence
from evaluations.queries import cycle_schools, visible_to
from evaluations.queries_moved import leavers
from evaluations.queries_office import board_rows, groups_on_board, level_counts, status_counts
from evaluations.views.cycles import cycle_for
from evaluations.views.paging import page_of
from people.models import Unit
from people.queries import schools_decided, schools_led
from standards.queries import framework_data

PAGE = 50


def school_for(request: HttpRequest, code: str, unit_code: str) -> tuple[Cycle, Unit]:
    """The cycle and one of its schools that the person may look at, else 404."""
    cycle = cycle_for(request, code)
    unit = get_object_or_404(cycle_schools(request.user, cycle), code=unit_code)
    can_see_board(request.user, cycle, unit.pk).or_raise()
    return cycle, unit


@require_safe
def board(request: HttpRequest, code: str, unit_code: str) -> HttpResponse:
    """Who has done what at this school, by stage."""
    cycle, unit = school_for(request, code, unit_code)
    user, data = request.user, framework_data(cycle.version)
    counts = status_counts(cycle, [unit.pk])
    total = words.totals_of_counts(counts)
    leads, decides = unit.pk in schools_led(user), unit.pk in schools_decided(user)
    form = BoardFilter(request.GET, groups=list(groups_on_board(cycle, unit)))
    rows = words.filtered(board_rows(cycle, unit), cycle, **form.chosen(), head=user if decides else None)
    page = page_of(request, words.ordered(rows, request.GET.get("sort", "")), PAGE)
    reminds = can_remind(user, cycle, unit.pk)
    reader = {"leads": leads, "decides": decides, "reminds": bool(reminds)}
    shown = [words.row_of(row, cycle, data, user, **reader) for row in page.object_list]
    context = {
        "cycle": cycle,
        "unit": unit,
        "stage": stage_sentence(cycle),
        "tabs": words.board_tabs(cycle, unit, "people"),
        "total": total,
        "stages": words.stages(cycle, total),
        "form": form,
        "is_filtered": any(form.chosen().values()),
        "page": page,
        "rows": shown,
        "has_hidden": any(row.hidden for row in shown),
        "leads": leads,
        "decides": decides,
        "to_announce": counts.get(Status.DECIDED, 0) if decides else 0,
        "can_remind": reminds,
        "asks_opinions": cycle.is_full and cycle.opinions_wanted,
        "leavers": leavers_of(leavers(cycle, unit)) if leads and cycle.is_open else [],
    }
    return render(request, "evaluations/board.html", context)


@require_safe
def board_results(request: HttpRequest, code: str, unit_code: str) -> HttpResponse:
    """The distribution of results and the heat map of criteria: decided ones for leaders, announced ones for offices."""
    cycle, unit = school_for(request, code, unit_code)
    leads = unit.pk in schools_led(request.user)
    statuses = (Status.DECIDED, *RESULT_KNOWN) if leads else RESULT_KNOWN
    overall, by_criterion = level_counts(cycle, unit, statuses, without=request.user if leads else None)
    data = framework_data(cycle.version)
    number = sum(overall.values())
    context = {
        "cycle": cycle,
        "unit": unit,
        "stage": stage_sentence(cycle),
        "tabs": words.board_tabs(cycle, unit, "results"),
        "number": number,
        "leads": leads,
        "distribution": charts.distribution(data, overall, unit) if number else None,
        "heat": charts.heat(data, by_criterion) if number else None,
    }
    return render(request, "evaluations/board_results.html", context)


def _picked(request: HttpRequest, source) -> list[UUID]:
    found = []
    for value in source.getlist("pick"):
        try:
            found.append(UUID(value))
        except ValueError:
            continue
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def board_announce(request: HttpRequest, code: str, unit_code: str) -> HttpResponse:
    """Announces many results: first a page with the names and with who cannot be announced and why.

    POST with `ask` shows that page for the people picked on the board; without it, it announces.
    """
    cycle, unit = school_for(request, code, unit_code)
    if unit.pk not in schools_decided(request.user):
        raise PermissionDenied(_("Only the head of the school announces results."))
    rows = board_rows(cycle, unit).select_related("cycle", "subject").order_by("subject__name_key", "pk")
    source = request.POST if request.method == "POST" else request.GET
    rows = rows.filter(pk__in=_picked(request, source)) if "pick" in source else rows.filter(status=Status.DECIDED)
    ready, refused = words.announceable(list(rows), request.user)
    if request.method == "POST" and "ask" not in request.POST:
        done, failed = announce_many(evaluations=ready, by=request.user)
        for level, sentence in words.announced_sentences(len(done), refused + failed):
            messages.add_message(request, level, sentence)
        return redirect("evaluations:board", cycle.code, unit.code)
    data = framework_data(cycle.version)
    context = {
        "cycle": cycle,
        "unit": unit,
        "ready": [{"evaluation": row, "result": words.level_words(row.result, data)} for row in ready],
        "refused": refused,
    }
    return render(request, "evaluations/board_announce.html", context)


@require_POST
def board_remind(request: HttpRequest, code: str, unit_code: str) -> HttpResponse:
    """Reminds those who have not submitted: the ones picked, or all. Once a day each."""
    cycle, unit = school_for(request, code, unit_code)
    only = _picked(request, request.POST) if "pick" in request.POST else None
    done = remind_unsubmitted(cycle=cycle, unit=unit, by=request.user, only=only)
    messages.success(request, words.reminded_sentence(done.sent, done.already, done.unreachable))
    return redirect("evaluations:board", cycle.code, unit.code)


@require_http_methods(["GET", "HEAD", "POST"])
def extend(request: HttpRequest, pk) -> HttpResponse:
    """Gives one person more time."""
    evaluation = get_object_or_404(visible_to(request.user), pk=pk)
    can_extend(request.user, evaluation).or_raise()
    form = ExtendForm(request.POST or None, evaluation=evaluation)
    if request.method == "POST" and form.is_valid():
        try:
            extend_deadline(evaluation=evaluation, until=form.cleaned_data["until"], by=request.user)
        except Refused as refusal:
            form.add_error("until", str(refusal))
        else:
            messages.success(
                request,
                _("%(name)s has until %(date)s.")
                % {"name": evaluation.subject.full_name, "date": date_words(form.cleaned_data["until"])},
            )
            return redirect("evaluations:board", evaluation.cycle.code, evaluation.unit.code)
    return render(request, "evaluations/board_extend.html", {"form": form, "evaluation": evaluation})
