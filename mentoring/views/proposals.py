"""A new pairing in three steps: the mentee, the mentor, the period."""

from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from mentoring import presenters as words
from mentoring import queries
from mentoring.actions import pairings as actions
from mentoring.forms import USUAL_PERIOD, FindForm, ProposalForm
from mentoring.matching import assess, suggest
from mentoring.policies import can_pair, can_pair_mentee
from mentoring.profiles import Mentee, mentee_of, mentees_at_a_glance, mentors_of
from mentoring.views.attempts import attempt
from mentoring.views.paging import page_of
from people.models import Unit, User
from people.queries import search_people

OTHERS_SHOWN = 20


def _mentee(request: HttpRequest, mentee_id: int) -> tuple[User, Unit]:
    """The mentee among the teachers within reach and their school, else 404; 403 for people who pair nobody."""
    can_pair(request.user).or_raise()
    person = get_object_or_404(queries.mentee_candidates(request.user), pk=mentee_id)
    can_pair_mentee(request.user, person).or_raise()
    return person, queries.school_of_mentee(request.user, person)


@require_safe
def choose_mentee(request: HttpRequest) -> HttpResponse:
    """Step 1: whom to support."""
    can_pair(request.user).or_raise()
    form = FindForm(request.GET or None)
    query = form.cleaned_data["q"] if form.is_valid() else ""
    page = page_of(request, search_people(queries.mentee_candidates(request.user), query, by=request.user), 25)
    rows = mentees_at_a_glance(request.user, list(page.object_list))
    return render(request, "mentoring/choose_mentee.html", {"form": form, "page": page, "rows": rows, "query": query})


@require_safe
def choose_mentor(request: HttpRequest, mentee_id: int) -> HttpResponse:
    """Step 2: the weak criteria, who is strong there, and anybody else with the sentence why not."""
    user = request.user
    person, school = _mentee(request, mentee_id)
    mentee = mentee_of(user, person)
    form = FindForm(request.GET or None)
    query = form.cleaned_data["q"] if form.is_valid() else ""
    near = list(queries.mentor_candidates(user, school).exclude(pk=person.pk))
    context = {
        "person": person,
        "school": school,
        "mentee": mentee,
        "weak": words.weak_rows(mentee),
        "suggestions": suggest(mentee.profile, _profiles(user, near, mentee, school), mentee.scale),
        "form": form,
        "query": query,
        "others": [],
    }
    if query:
        found = search_people(queries.staff_in_reach(user), query, by=user)
        context["more"] = found.count() > OTHERS_SHOWN
        profiles = _profiles(user, list(found[:OTHERS_SHOWN]), mentee, school)
        context["others"] = [assess(mentee.profile, profile, mentee.scale) for profile in profiles]
    return render(request, "mentoring/choose_mentor.html", context)


def _profiles(user: User, people: list[User], mentee: Mentee, school: Unit) -> list:
    today = timezone.localdate()
    return mentors_of(user, people, mentee, school, start=today, end=today + USUAL_PERIOD + timedelta(days=1))


@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest, mentee_id: int, mentor_id: int) -> HttpResponse:
    """Step 3: the period, the purpose, the criteria in focus; then both are asked."""
    user = request.user
    person, school = _mentee(request, mentee_id)
    mentor = get_object_or_404(queries.staff_in_reach(user), pk=mentor_id)
    mentee = mentee_of(user, person)
    found = _profiles(user, [mentor], mentee, school)
    if not found:
        raise Http404
    choice = assess(mentee.profile, found[0], mentee.scale)
    version = queries.version_for(person)
    form = ProposalForm(request.POST or None, version=version, weak=mentee.weak)
    pairing = (
        attempt(form, actions.propose, mentor=mentor, mentee=person, by=user) if request.method == "POST" else None
    )
    if pairing:
        messages.success(request, _("Proposed. Both have been asked; the pairing begins when both accept."))
        return redirect("mentoring:detail", pairing.pk)
    context = {"person": person, "mentor": mentor, "school": school, "choice": choice, "form": form}
    return render(request, "mentoring/propose.html", context)
