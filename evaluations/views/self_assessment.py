"""The self-assessment: the page, saving a whole form without scripts, and saving one part with them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.decisions import Refused
from core.http import posted_number, refuse_save, sent_json, sentence_response
from evaluations import policies
from evaluations.actions import saving
from evaluations.enums import EDITABLE_BY_SUBJECT, REMARKS, Action
from evaluations.models import Evaluation
from evaluations.presenters.examples import examples_of
from evaluations.presenters.live import live_of
from evaluations.presenters.self_page import page_context
from evaluations.presenters.self_read import read_context
from evaluations.queries import visible_to
from evaluations.queries_self import own_one, ties_of
from evaluations.views.origins import RefusedMove, origin
from standards.queries import framework_data, version_by_code


def own_or_refuse(request: HttpRequest, pk) -> Evaluation:
    """The person's own evaluation; 404 for a stranger's, 403 for one that may only be known of."""
    if evaluation := own_one(request.user, pk):
        return evaluation
    get_object_or_404(visible_to(request.user), pk=pk)
    raise PermissionDenied(_("Only the teacher concerned fills the self-assessment."))


@require_http_methods(["GET", "HEAD", "POST"])
def self_assessment(request: HttpRequest, pk) -> HttpResponse:
    """GET: the form, or what was submitted. POST: the whole form, from a browser without scripts."""
    evaluation = own_or_refuse(request, pk)
    if request.method == "POST":
        return _save_form(request, evaluation)
    return render_self(request, evaluation)


@origin("self")
def render_self(
    request: HttpRequest, evaluation: Evaluation, refused: RefusedMove | None = None, typed=None, problems=None
) -> HttpResponse:
    """The page; with a refused act or unsaved parts, the sum of errors on top."""
    status = 409 if refused or problems else 200
    errors = list(refused.errors) if refused else []
    if evaluation.status not in EDITABLE_BY_SUBJECT:
        return render(
            request,
            "evaluations/self_read.html",
            {**read_context(request.user, evaluation), "errors": errors},
            status=status,
        )
    context = page_context(request.user, evaluation, typed, problems, away=refused is not None)
    here = context["save_url"]
    if refused and refused.action == Action.SUBMIT and context["live"].missing:
        errors = [(f"{here}#{gap.criterion}", gap.sentence) for gap in context["live"].missing]
    errors += [
        (f"{here}#{code or 'plan'}", _problem_line(context, code, why)) for code, why in (problems or {}).items()
    ]
    return render(request, "evaluations/self.html", {**context, "errors": errors}, status=status)


def _problem_line(context: dict, code: str, why: Exception) -> str:
    if code:
        number = framework_data(context["cycle"].version_id).criterion(code).number
        return _("Criterion %(number)s: %(problem)s") % {"number": number, "problem": why}
    return _("Strengths and learning plan: %(problem)s") % {"problem": why}


def _save_form(request: HttpRequest, evaluation: Evaluation) -> HttpResponse:
    """Saves every part; parts that could not be saved come back with what was typed."""
    posted = request.POST
    policies.can_fill_self(request.user, evaluation).or_raise()
    codes = [criterion.code for criterion in framework_data(evaluation.cycle.version_id).criteria]
    typed = {
        code: saving.RatingValues(
            posted.get(f"level-{code}", ""), posted[f"note-{code}"], f"no_evidence-{code}" in posted
        )
        for code in codes
        if f"note-{code}" in posted
    }
    remarks = {name: posted[name] for name in REMARKS if name in posted}
    pairs = (pair.partition(":") for pair in posted.get("revisions", "").split())
    revisions = {name: posted_number(number) for name, _colon, number in pairs}
    problems = saving.save_sheet(
        evaluation=evaluation,
        ratings={code: (values, revisions.get(code, 0)) for code, values in typed.items()},
        remarks=remarks,
        remarks_revision=revisions.get("remarks", 0),
        by=request.user,
    )
    if problems:
        return render_self(request, evaluation, typed={**typed, "": remarks}, problems=problems)
    messages.success(request, _("Saved."))
    at = posted.get("at", "")
    return redirect(reverse("evaluations:self", args=[evaluation.pk]) + (f"#{at}" if at in (*codes, "plan") else ""))


# --- one part, from a script ------------------------------------------------------------------------------------------
@require_POST
def save_rating(request: HttpRequest, pk, code: str) -> JsonResponse:
    """POST {"level", "note", "no_evidence", "revision", "person"}: saves one criterion.

    200 {"revision", "saved", "live", "states"}; 409 {"stored", "revision"} when it was changed elsewhere; 409 with a
    sentence alone when it can no longer be changed; 401 when somebody else is signed in now.
    """
    sent = sent_json(request)
    values = saving.RatingValues(
        str(sent.get("level") or ""), str(sent.get("note") or ""), sent.get("no_evidence") is True
    )
    return _saved(
        request,
        pk,
        sent,
        lambda revision: saving.save_rating(
            evaluation_id=pk, criterion=code, values=values, revision=revision, by=request.user
        ),
    )


@require_POST
def save_remarks(request: HttpRequest, pk) -> JsonResponse:
    """POST {"strengths", …, "revision", "person"}: saves the foot of the form. Answers as `save_rating`."""
    sent = sent_json(request)
    values = {name: str(sent.get(name) or "") for name in REMARKS if name in sent}
    return _saved(
        request,
        pk,
        sent,
        lambda revision: saving.save_remarks(evaluation_id=pk, values=values, revision=revision, by=request.user),
        with_live=False,
    )


def _saved(request: HttpRequest, pk, sent: dict, save, *, with_live: bool = True) -> JsonResponse:
    if refusal := refuse_save(request, sent):
        return refusal
    try:
        evaluation, revision = save(sent["revision"])
    except saving.NotOwn:
        own_or_refuse(request, pk)
        raise Http404 from None
    except saving.Conflict as conflict:
        return sentence_response(conflict, status=409, stored=conflict.stored, revision=conflict.revision)
    except Refused as refusal:
        closed = not policies.can_fill_self(request.user, own_or_refuse(request, pk))
        return sentence_response(refusal, status=409 if closed else 422, closed=closed)
    answer = {"revision": revision, "saved": f"{timezone.localtime():%H:%M:%S}"}
    if with_live:
        live = live_of(evaluation)
        answer |= {"live": live.html, "states": live.states}
    return JsonResponse(answer)


@require_safe
def state(request: HttpRequest, pk) -> JsonResponse:
    """What may have changed beside the form: the live panel, the ticks and the evidence of each criterion."""
    evaluation = own_or_refuse(request, pk)
    live = live_of(evaluation)
    data = framework_data(evaluation.cycle.version_id)
    ties = {data.criterion_by_id(key).code: rows for key, rows in ties_of(evaluation).items()}
    return JsonResponse(
        {
            "live": live.html,
            "states": live.states,
            "evidence": {
                code: [
                    {"title": title, "kind": kind, "url": reverse("evaluations:evidence_item", args=[pk, key])}
                    for key, title, kind in rows
                ]
                for code, rows in ties.items()
            },
        }
    )


@login_not_required
@require_safe
def save_texts(request: HttpRequest) -> HttpResponse:
    """A fragment: what the saving script says when two versions meet, a form is closed or a sign-in has ended."""
    return render(request, "components/save_texts_rare.html")


@require_safe
def examples(request: HttpRequest, version: str, code: str) -> HttpResponse:
    """A fragment: what could prove each level of a criterion, with where the examples come from."""
    found = version_by_code(version)
    if found is None:
        raise Http404
    try:
        criterion = framework_data(found).criterion(code)
    except KeyError:
        raise Http404 from None
    return render(request, "evaluations/_examples.html", examples_of(framework_data(found), criterion))
