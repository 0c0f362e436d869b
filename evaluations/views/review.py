"""The head's review of one teacher: reading all sides, deciding criterion by criterion, next teacher."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.decisions import Refused
from core.http import sent_json, sent_revision, sentence_response
from evaluations.actions import decision as actions
from evaluations.actions.saving import Conflict
from evaluations.enums import TO_DECIDE, Action, Status
from evaluations.models import Evaluation, Event
from evaluations.policies import can, can_rate_decision, can_review
from evaluations.policies_office import can_extend
from evaluations.presenters import review as words
from evaluations.presenters.acts import acts_of
from evaluations.presenters.detail import is_typed_into
from evaluations.presenters.words import deadline_of, due_sentence, level_words, status_pill, timeline_of, whose_turn
from evaluations.queries import visible_to
from evaluations.queries_office import HANDED_IN, review_order
from evaluations.queries_self import last_event, objection_of
from evaluations.views.origins import RefusedMove, origin
from evaluations.visibility import opinions, sight
from people.queries import schools_decided
from standards.queries import framework_data


def reviewed(request: HttpRequest, pk) -> Evaluation:
    """An evaluation of a school the person leads; 404 for strangers, 403 for those who may only know of it."""
    evaluation = get_object_or_404(visible_to(request.user), pk=pk)
    can_review(request.user, evaluation).or_raise()
    return evaluation


@require_safe
def review(request: HttpRequest, pk) -> HttpResponse:
    """Submitted: asks whether to open it. Opened: the review. Otherwise: where it stands."""
    return render_review(request, reviewed(request, pk))


@origin("review")
def render_review(request: HttpRequest, evaluation: Evaluation, refused: RefusedMove | None = None) -> HttpResponse:
    """The page; with a refused act, its errors on top and its words where they were typed."""
    user, seen = request.user, sight(request.user, evaluation)
    can_review(user, evaluation).or_raise()
    acts = acts_of(user, evaluation, refused.form if refused else None)
    context = {
        "evaluation": evaluation,
        "cycle": evaluation.cycle,
        "pill": status_pill(evaluation),
        "turn": whose_turn(evaluation, is_subject=False),
        "deadline": deadline_of(evaluation),
        "due": due_sentence(evaluation, is_subject=False),
        "pager": _pager(user, evaluation, everybody="all" in request.GET),
        "acts": acts,
        "can_extend": can_extend(user, evaluation),
        "said": _said(evaluation),
        "timeline": timeline_of(evaluation, seen),
    }
    if refused:
        refused.form.errors_shown = True  # the page's own summary names them
        context |= refused.shown(in_place=is_typed_into(acts.values(), refused.form))
    template = "evaluations/review_wait.html"
    if seen.self_sheet:
        template = "evaluations/review.html"
        context |= _sides(user, evaluation, seen)
        if refused and refused.action == Action.DECIDE:
            context["errors"] = words.linked_errors(refused.errors, context["panel"].missing)
    elif evaluation.status == Status.SUBMITTED and evaluation.cycle.is_full:
        template = "evaluations/review_open.html"
        context["can_open"] = can(user, evaluation, Action.OPEN)
    return render(request, template, context, status=409 if refused else 200)


def _said(evaluation: Evaluation) -> Event | None:
    """The head's words that brought it where it waits now: returned, excused."""
    action = {Status.RETURNED: Action.RETURN, Status.EXCUSED: Action.EXCUSE}.get(evaluation.status)
    return last_event(evaluation, action) if action else None


def _sides(user, evaluation: Evaluation, seen) -> dict:
    """Everything the opened review shows."""
    data = framework_data(evaluation.cycle.version_id)
    own_sheet, sheet = words.sheets_of(evaluation)
    own, decided = words.ratings_by_criterion(own_sheet), words.ratings_by_criterion(sheet)
    spread = opinions(user, evaluation)
    objection, answered = objection_of(evaluation)
    return {
        "groups": words.groups_of(evaluation, data, own=own, decided=decided, opinions=spread, seen=seen),
        "levels": [level_words(code, data) for code in data.level_codes],
        "own_sheet": own_sheet,
        "own_result": level_words(evaluation.self_result, data),
        "sheet": sheet,
        "panel": words.panel_of(evaluation, data, own, decided),
        "opinions_sentence": words.opinions_sentence(spread, evaluation),
        "asks_opinions": evaluation.cycle.opinions_wanted,
        "can_write": can_rate_decision(user, evaluation),
        "wants_reason": evaluation.cycle.reason_where_different,
        "objection": objection,
        "answered": answered,
        "person": user.pk,
    }


def _pager(user, evaluation: Evaluation, *, everybody: bool) -> dict:
    """Previous and next teacher in the order of the board: those still to decide, or, when asked for or nobody else is
    left, everybody who handed in. Who is not among those (decided just now, not handed in) has no number, and goes on
    from the own place in the order.

    `opens`: the step begins that teacher's review, so it is a button that says so, not a link. `other`: how many the
    other way of going through has, 0 where it makes no difference.
    """
    order = review_order(user, evaluation)
    waiting = [row for row in order if row[1] in TO_DECIDE or row[0] == evaluation.pk]
    numbers = {True: sum(row[1] in HANDED_IN for row in order), False: sum(row[1] in TO_DECIDE for row in order)}
    others_wait = any(row[1] in TO_DECIDE and row[0] != evaluation.pk for row in order)
    offers_less = evaluation.cycle.is_full and others_wait and numbers[False] < numbers[True]
    everybody = everybody or not offers_less
    shown, counted = (order, HANDED_IN) if everybody else (waiting, TO_DECIDE)
    opens = evaluation.cycle.is_full and evaluation.unit_id in schools_decided(user)
    place = next((index for index, row in enumerate(shown) if row[0] == evaluation.pk), None)

    def at(index: int) -> dict | None:
        if not 0 <= index < len(shown):
            return None
        pk, status, name = shown[index]
        return {"pk": pk, "name": name, "opens": opens and status == Status.SUBMITTED}

    rank = 0 if place is None else sum(row[1] in counted for row in shown[: place + 1])
    return {
        "position": rank if evaluation.status in counted else 0,
        "total": numbers[everybody],
        "previous": at(place - 1) if place is not None else None,
        "next": at(place + 1) if place is not None else None,
        "everybody": everybody,
        "query": "?all=1" if everybody and offers_less else "",
        "other": numbers[not everybody] if offers_less else 0,
    }


# --- saving, from a script ----------------------------------------------------------------------------------------------
@require_POST
def review_save(request: HttpRequest, pk) -> JsonResponse:
    """POST {"criterion", "level", "reason", "revision"} saves one criterion, {"remarks": {…}, "revision"} the remarks.

    200 {"revision", "saved", "panel"}; 409 {"stored", "revision"} when it was saved elsewhere meanwhile; 409 or 422 with
    a sentence when it cannot be saved.
    """
    evaluation = reviewed(request, pk)
    sent = sent_json(request)
    revision = sent_revision(sent)
    if revision is None:
        return sentence_response(_("The request could not be understood."), status=400)
    try:
        if isinstance(sent.get("remarks"), dict):
            evaluation, revision = actions.save_remarks(
                evaluation=evaluation, values=sent["remarks"], revision=revision, by=request.user
            )
        else:
            evaluation, revision = actions.save_decision(
                evaluation=evaluation,
                criterion=str(sent.get("criterion") or ""),
                level=str(sent.get("level") or ""),
                reason=str(sent.get("reason") or ""),
                revision=revision,
                by=request.user,
            )
    except Conflict as conflict:
        return sentence_response(conflict, status=409, stored=conflict.stored, revision=conflict.revision)
    except Refused as refusal:
        closed = not can_rate_decision(request.user, reviewed(request, pk))
        return sentence_response(refusal, status=409 if closed else 422, closed=closed)
    return JsonResponse(
        {"revision": revision, "saved": f"{timezone.localtime():%H:%M}", "panel": _panel(request, evaluation)}
    )


def _panel(request: HttpRequest, evaluation: Evaluation) -> str:
    """The live result after a save, as HTML."""
    data = framework_data(evaluation.cycle.version_id)
    own, decided = (words.ratings_by_criterion(sheet) for sheet in words.sheets_of(evaluation))
    panel = words.panel_of(evaluation, data, own, decided)
    return render_to_string("evaluations/review_panel.html", {"panel": panel, "evaluation": evaluation}, request)
