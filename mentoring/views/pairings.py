"""The list of pairings, one pairing, and what the two or the organiser do with it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.dates import date_words
from mentoring import presenters as words
from mentoring import queries
from mentoring.actions import pairings as actions
from mentoring.enums import PairingStatus
from mentoring.forms import AnswerForm, EndForm, ExtendForm, FilterForm
from mentoring.models import Pairing
from mentoring.policies import can_answer, can_end, can_extend, can_log, can_pair, firewall_sentence, is_one_of_the_two
from mentoring.views.attempts import attempt
from mentoring.views.paging import page_of
from mentoring.visibility import sight


def pairing_for(request: HttpRequest, pairing_id) -> Pairing:
    """The pairing among those the person may know of, else 404."""
    return get_object_or_404(queries.visible_to(request.user), pk=pairing_id)


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The own pairings; for heads and officers also those of the school or branch, by state only."""
    user, may_pair = request.user, can_pair(request.user)
    mine = words.rows(list(queries.own(user)[:100]), user)
    context = {"mine": mine, "may_pair": bool(may_pair)}
    if may_pair:
        form = FilterForm(request.GET or None)
        chosen = form.cleaned_data if form.is_valid() else {}
        rows = queries.narrowed(queries.organised(user), words=chosen.get("q", ""), status=chosen.get("status", ""))
        page = page_of(request, rows)
        context |= {
            "form": form,
            "page": page,
            "rows": words.rows(page.object_list, user),
            "is_filtered": any(chosen.values()),
        }
    return render(request, "mentoring/index.html", context)


@require_safe
def detail(request: HttpRequest, pairing_id) -> HttpResponse:
    """One pairing: for the two with their log and notes, for the organiser with the dates alone."""
    return _page(request, pairing_for(request, pairing_id), AnswerForm())


def _page(request: HttpRequest, pairing: Pairing, form: AnswerForm) -> HttpResponse:
    user, seen, log = request.user, sight(request.user, pairing), can_log(request.user, pairing)
    focus = list(pairing.focus.order_by("number"))
    one_of_two = is_one_of_the_two(user, pairing)
    meetings = list(queries.meetings_of(user, pairing)) if seen.log else []
    context = {
        "pairing": pairing,
        "one_of_two": one_of_two,
        "partner": pairing.mentee if user.pk == pairing.mentor_id else pairing.mentor,
        "facts": words.facts_of(pairing, focus),
        "state": words.state(pairing),
        "waiting": words.waiting_sentence(pairing) if pairing.status == PairingStatus.PROPOSED else "",
        "conflict": firewall_sentence(user, pairing) if pairing.conflict else "",
        "seen": seen,
        "meetings": words.meeting_rows(meetings, pairing, user, log),
        "dates": [] if seen.log else queries.meeting_dates(pairing),
        "history": words.history(pairing),
        "form": form,
        "can_answer": can_answer(user, pairing),
        "can_log": log,
        "can_extend": can_extend(user, pairing),
        "can_end": can_end(user, pairing),
    }
    return render(request, "mentoring/detail.html", context)


@require_POST
def answer(request: HttpRequest, pairing_id) -> HttpResponse:
    """Accept or decline."""
    pairing = pairing_for(request, pairing_id)
    form = AnswerForm(request.POST)
    done = attempt(form, actions.answer, pairing=pairing, accept=form.accepts, by=request.user)
    if done is None:
        return _page(request, pairing, form)
    if done.status == PairingStatus.ACTIVE and done.start > timezone.localdate():
        begins = _("You are a pair now. Your meetings can be logged from %(date)s, when the period begins.")
        messages.success(request, begins % {"date": date_words(done.start)})
    elif done.status == PairingStatus.ACTIVE:
        messages.success(request, _("You are a pair now. Log your first meeting when it has taken place."))
    elif done.status == PairingStatus.DECLINED:
        messages.success(request, _("Declined. Whoever proposed it can read why under Mentoring."))
    else:
        messages.success(request, _("Accepted. The pairing begins when the other one has accepted too."))
    return redirect("mentoring:detail", pairing.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def extend(request: HttpRequest, pairing_id) -> HttpResponse:
    """More time for a pair."""
    pairing = pairing_for(request, pairing_id)
    can_extend(request.user, pairing).or_raise()
    form = ExtendForm(request.POST or None, pairing=pairing)
    if request.method == "POST" and attempt(form, actions.extend, pairing=pairing, by=request.user):
        messages.success(request, _("Extended. Whoever of the two has an e-mail address gets a mail."))
        return redirect("mentoring:detail", pairing.pk)
    return render(request, "mentoring/extend.html", {"form": form, "pairing": pairing, "period": words.period(pairing)})


@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, pairing_id) -> HttpResponse:
    """The end of a pairing, with its reason. A page of its own: it cannot be taken back."""
    pairing = pairing_for(request, pairing_id)
    can_end(request.user, pairing).or_raise()
    form = EndForm(request.POST or None)
    if request.method == "POST" and attempt(form, actions.end_pairing, pairing=pairing, by=request.user):
        messages.success(request, _("Ended. What the two logged stays with them."))
        return redirect("mentoring:detail", pairing.pk)
    return render(request, "mentoring/end.html", {"form": form, "pairing": pairing})
