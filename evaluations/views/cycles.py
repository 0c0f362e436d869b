"""An office's cycles: prepare, see who is in, open, keep up to date, close."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.decisions import Refused
from core.http import posted_number
from evaluations.actions import cycles as actions
from evaluations.actions.moves import transfer_many
from evaluations.actions.reminders import remind_heads
from evaluations.enums import CycleStatus
from evaluations.forms.cycles import CycleForm, DatesForm
from evaluations.models import Cycle
from evaluations.participants import plan
from evaluations.policies import can_manage_cycles
from evaluations.policies_office import can_close, can_edit_draft, can_extend_dates, can_manage, can_open, can_refresh
from evaluations.presenters import board as board_words
from evaluations.presenters import cycles as words
from evaluations.queries import own
from evaluations.queries_moved import moved_away
from evaluations.queries_office import cycle_list, office_cycles, school_numbers, status_counts, unfinished
from evaluations.views.paging import page_of
from people.models.searching import contains


def cycle_for(request: HttpRequest, code: str) -> Cycle:
    """The cycle with this code among those the person works with, else 404."""
    return get_object_or_404(office_cycles(request.user), code=code)


def managed_cycle(request: HttpRequest, code: str) -> Cycle:
    """The same for those who run it; heads and supervisors, who may only look, get 403."""
    cycle = cycle_for(request, code)
    can_manage(request.user, cycle).or_raise()
    return cycle


@require_safe
def cycle_index(request: HttpRequest) -> HttpResponse:
    """The cycles of the offices and schools the person works for."""
    page = page_of(request, cycle_list(request.user), 50)
    may_open = can_manage_cycles(request.user)
    if not may_open and not page.paginator.count and not board_words.is_leader_or_office(request.user):
        raise PermissionDenied(_("Only leaders of schools and offices work with cycles."))
    rows = [
        {"cycle": cycle, "tone": words.TONES[cycle.status], "stage": words.stage_sentence(cycle)}
        for cycle in page.object_list
    ]
    return render(request, "evaluations/cycles.html", {"rows": rows, "page": page, "may_open": may_open})


@require_http_methods(["GET", "HEAD", "POST"])
def cycle_new(request: HttpRequest) -> HttpResponse:
    """A new cycle in preparation."""
    can_manage_cycles(request.user).or_raise()
    return _edit(request, Cycle())


@require_http_methods(["GET", "HEAD", "POST"])
def cycle_edit(request: HttpRequest, code: str) -> HttpResponse:
    """Changes a cycle in preparation."""
    cycle = managed_cycle(request, code)
    can_edit_draft(request.user, cycle).or_raise()
    return _edit(request, cycle)


def _edit(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    is_new = not cycle.pk
    form = CycleForm(request.POST or None, instance=cycle, user=request.user)
    if request.method == "POST" and form.is_valid():
        cycle = actions.save_draft(cycle=form.save(commit=False), units=form.cleaned_data["units"], by=request.user)
        messages.success(request, _("Saved. Look at who will be in it, then open the cycle."))
        return redirect("evaluations:cycle", cycle.code)
    return render(request, "evaluations/cycle_form.html", {"form": form, "cycle": cycle, "is_new": is_new})


@require_safe
def cycle_detail(request: HttpRequest, code: str) -> HttpResponse:
    """A draft: who will be in it. Open or closed: how far every school is. Others are led to what is theirs."""
    cycle = office_cycles(request.user).filter(code=code).first()
    if cycle is None:
        mine = own(request.user).filter(cycle__code=code).first()
        if mine is None:
            raise Http404
        return redirect("evaluations:detail", mine.pk)
    if cycle.status == CycleStatus.DRAFT:
        can_manage(request.user, cycle).or_raise()
        return _preview(request, cycle)
    return _overview(request, cycle)


def _preview(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    query, school = request.GET.get("q", "").strip(), request.GET.get("school", "")
    people = plan(cycle)
    context = {
        "cycle": cycle,
        "facts": words.facts_of(cycle),
        "warnings": [
            *filter(None, (words.force_warning(cycle), words.year_warning(cycle), words.roster_warning(cycle)))
        ],
        "schools": words.preview(cycle, people, query),
        "in_number": len(people.taken),
        "out_number": len(people.left_out),
        "flagged": sum(1 for person in people.taken if person.flag),
        "query": query,
        "opened": school,
        "can_open": can_open(request.user, cycle),
        "can_edit": can_edit_draft(request.user, cycle),
    }
    return render(request, "evaluations/cycle_preview.html", context)


def _overview(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    schools = list(school_numbers(cycle, request.user))
    if len(schools) == 1 and not can_manage(request.user, cycle):
        return redirect("evaluations:board", cycle.code, schools[0].code)
    query = request.GET.get("q", "").strip()
    total = board_words.totals(schools)
    shown = [school for school in schools if contains(school.name, query)]
    shown = board_words.sorted_schools(shown, request.GET.get("sort", ""))
    page = page_of(request, shown, 60)
    context = {
        "cycle": cycle,
        "tone": words.TONES[cycle.status],
        "stage": words.stage_sentence(cycle),
        "facts": words.facts_of(cycle),
        "total": total,
        "stages": board_words.stages(cycle, total),
        "page": page,
        "query": query,
        "is_late": board_words.is_late(cycle),
        "can_manage": can_manage(request.user, cycle),
        "can_refresh": can_refresh(request.user, cycle),
        "can_extend": can_extend_dates(request.user, cycle),
        "can_close": can_close(request.user, cycle),
        "history": words.history_of(cycle),
    }
    return render(request, "evaluations/cycle_overview.html", context)


@require_POST
def cycle_open(request: HttpRequest, code: str) -> HttpResponse:
    """Opens the cycle. Pressed twice, it is opened once."""
    cycle = actions.open_cycle(cycle=managed_cycle(request, code), by=request.user)
    sentence = _(
        "The cycle is open. Everybody in it finds it under “My work”; whoever has an e-mail address also gets a mail."
    )
    messages.success(request, sentence)
    return redirect("evaluations:cycle", cycle.code)


@require_POST
def cycle_discard(request: HttpRequest, code: str) -> HttpResponse:
    """Throws away a cycle in preparation."""
    cycle = managed_cycle(request, code)
    actions.discard_draft(cycle=cycle, by=request.user)
    messages.success(request, _("“%(name)s” has been discarded.") % {"name": cycle.name})
    return redirect("evaluations:cycles")


@require_http_methods(["GET", "HEAD", "POST"])
def cycle_refresh(request: HttpRequest, code: str) -> HttpResponse:
    """Who came, moved to another school and left since the cycle was opened."""
    cycle = managed_cycle(request, code)
    can_refresh(request.user, cycle).or_raise()
    if request.method == "POST":
        chosen = [posted_number(value) for value in request.POST.getlist("person")]
        joined, grouped = actions.refresh(cycle=cycle, people=chosen, by=request.user)
        messages.success(request, _refreshed(joined, grouped))
        if picked := set(request.POST.getlist("move")):
            rows = [row for row in moved_away(cycle) if str(row.pk) in picked]
            messages.success(request, words.moved_sentence(*transfer_many(evaluations=rows, by=request.user)))
        return redirect("evaluations:cycle", cycle.code)
    moved = words.moved(request.user, moved_away(cycle))
    context = {
        "cycle": cycle,
        "joined": actions.newcomers(cycle),
        "moved": [row for row in moved if not row.stays],
        "staying": [row for row in moved if row.stays],
        "gone": [{"evaluation": row, "sentence": words.gone_sentence(row)} for row in actions.gone(cycle)],
        "grouped": actions.without_group(cycle),
    }
    return render(request, "evaluations/cycle_refresh.html", context)


def _refreshed(joined: int, grouped: int) -> str:
    sentence = ngettext("%(count)s person taken in.", "%(count)s people taken in.", joined) % {"count": joined}
    if grouped:
        more = ngettext("%(count)s professional group noted.", "%(count)s professional groups noted.", grouped)
        sentence += " " + more % {"count": grouped}
    return sentence


@require_http_methods(["GET", "HEAD", "POST"])
def cycle_dates(request: HttpRequest, code: str) -> HttpResponse:
    """More time for everybody."""
    cycle = managed_cycle(request, code)
    can_extend_dates(request.user, cycle).or_raise()
    form = DatesForm(request.POST or None, cycle=cycle)
    if request.method == "POST" and form.is_valid():
        try:
            actions.extend_dates(cycle=cycle, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        except ValidationError as contradiction:
            form.add_error(None, contradiction)
        else:
            if form.has_changed():
                messages.success(request, _("The new dates are in force."))
            else:
                messages.info(request, _("Nothing was changed: these are the dates until now."))
            return redirect("evaluations:cycle", cycle.code)
    return render(request, "evaluations/cycle_dates.html", {"form": form, "cycle": cycle})


@require_POST
def cycle_heads(request: HttpRequest, code: str) -> HttpResponse:
    """Reminds the heads of the schools where something waits, once a day."""
    done = remind_heads(cycle=managed_cycle(request, code), by=request.user)
    messages.success(request, board_words.reminded_sentence(done.sent, done.already, done.unreachable))
    return redirect("evaluations:cycle", code)


@require_http_methods(["GET", "HEAD", "POST"])
def cycle_close(request: HttpRequest, code: str) -> HttpResponse:
    """Closes the cycle, after showing what is unfinished."""
    cycle = managed_cycle(request, code)
    can_close(request.user, cycle).or_raise()
    if request.method == "POST":
        actions.close_cycle(cycle=cycle, by=request.user)
        messages.success(request, _("The cycle is closed."))
        return redirect("evaluations:cycle", cycle.code)
    page = page_of(request, unfinished(cycle), 100)
    context = {
        "cycle": cycle,
        "page": page,
        "counts": board_words.status_line(status_counts(cycle)),
    }
    return render(request, "evaluations/cycle_close.html", context)
