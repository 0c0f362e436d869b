"""One address for every action of the workflow."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.decisions import Refused
from core.http import safe_next, wants_json
from evaluations import policies
from evaluations.actions.moves import move as do_move
from evaluations.enums import Action
from evaluations.forms.moves import form_for
from evaluations.models import Evaluation
from evaluations.presenters.words import teacher_told
from evaluations.queries import visible_to
from evaluations.views.origins import RefusedMove, render_again
from evaluations.workflow import TABLE
from people.queries import heads_of

AFTERWARDS = {
    Action.SUBMIT: "self",
    Action.TAKE_BACK: "self",
    Action.ACKNOWLEDGE: "result",
    Action.OBJECT: "result",
}
"""Where an action leads when the form does not say; everything else leads to the overview."""

TOLD_TO_THE_TEACHER = (Action.RETURN, Action.ANNOUNCE, Action.UPHOLD, Action.RECONSIDER, Action.EXTEND)
"""Acts after which the head reads whether the teacher gets a mail."""


@require_http_methods(["GET", "POST"])
def move(request: HttpRequest, pk, action: str) -> HttpResponse:
    """POST does the action with `comment` and its facts; `from` names the page it came from, `next` where to go.

    A refusal shows the page again: nothing typed is lost. A GET (a page reloaded) leads to the overview.
    """
    evaluation = get_object_or_404(visible_to(request.user), pk=pk)
    if action not in Action.values or action == Action.EXTEND:  # more time has a page of its own
        raise Http404
    if request.method == "GET":
        return redirect("evaluations:detail", pk=pk)
    verb = Action(action)
    decision = policies.can(request.user, evaluation, verb)
    if not decision and not decision.is_role:
        raise PermissionDenied(decision.reason)
    form = form_for(verb, evaluation.status, request.POST)
    form.errors_shown = True  # by the page, together with everything else that is wrong
    refused = RefusedMove(verb, form)
    if not form.is_valid() and (evaluation.status, verb) in TABLE:
        if wants_json(request):
            raise Refused(next(text for texts in form.errors.values() for text in texts))
        refused.errors = [(f"{verb}-{name}", text) for name, texts in form.errors.items() for text in texts]
        return render_again(request.POST.get("from", ""), request, evaluation, refused)
    try:
        do_move(
            evaluation=evaluation,
            action=verb,
            by=request.user,
            comment=form.cleaned_data.get("comment", ""),
            **(form.facts() if form.is_valid() else {}),
        )
    except Refused as refusal:
        if wants_json(request):
            raise
        sentence = str(refusal) if refusal.problems else f"{not_done_words(verb)} {refusal}"
        refused.errors = [("", sentence), *(("", problem) for problem in refusal.problems)]
        evaluation = get_object_or_404(visible_to(request.user), pk=pk)  # it may have moved on just now
        return render_again(request.POST.get("from", ""), request, evaluation, refused)
    messages.success(request, f"{done_words(verb)} {told_words(verb, evaluation)}".strip())
    target = reverse(f"evaluations:{AFTERWARDS.get(verb, 'detail')}", args=[pk])
    return redirect(safe_next(request, request.POST.get("next"), target))


def done_words(action: Action) -> str:
    """The sentence after the act: what happened and what comes next; `told_words` says who gets to know."""
    return {
        Action.SUBMIT: _("Submitted. You can take it back until it is opened."),
        Action.TAKE_BACK: _("Taken back. Change what you like, then submit again."),
        Action.OPEN: _("Opened for review. The teacher can no longer take it back."),
        Action.RETURN: _("Returned."),
        Action.DECIDE: _("Decided. The teacher sees nothing until you announce it."),
        Action.REVISE: _("Taken up again. The decision can be changed."),
        Action.ANNOUNCE: _("Announced."),
        Action.ACKNOWLEDGE: _("Acknowledged. Thank you; this evaluation is closed."),
        Action.OBJECT: _("Your objection has been sent. Your head answers in writing."),
        Action.UPHOLD: _("Answered. The decision stands."),
        Action.RECONSIDER: _("Answered. The decision is open again."),
        Action.EXCUSE: _("Excused in this cycle."),
        Action.READMIT: _("Taken in again. The self-assessment is open."),
        Action.REOPEN: _("Reopened. The head decides again."),
        Action.CLOSE: _("Closed."),
        Action.EXTEND: _("The new last day is in force."),
        Action.TRANSFER: _("Moved to the new school."),
    }[action]


def told_words(action: Action, evaluation: Evaluation) -> str:
    """Who gets a mail, as far as it is known: a mail needs an address."""
    if action == Action.SUBMIT:
        addresses = [head.email for head in heads_of(evaluation.unit_id)]
        if not addresses:
            return ""
        return _("Your head gets a mail.") if all(addresses) else _("Your head finds it after signing in.")
    if action == Action.TRANSFER:
        return _("Whoever of the teacher and the heads of both schools has an e-mail address gets a mail.")
    if action in TOLD_TO_THE_TEACHER:
        return teacher_told(evaluation)
    return ""


def not_done_words(action: Action) -> str:
    """The first sentence of a refusal: what did not happen. The reason follows."""
    return {
        Action.SUBMIT: _("Your self-assessment has not been submitted."),
        Action.TAKE_BACK: _("Your submission has not been taken back."),
        Action.OPEN: _("The review has not been opened."),
        Action.RETURN: _("Nothing has been returned."),
        Action.DECIDE: _("Nothing has been decided."),
        Action.REVISE: _("The decision has not been taken up again."),
        Action.ANNOUNCE: _("The result has not been announced."),
        Action.ACKNOWLEDGE: _("The result has not been acknowledged."),
        Action.OBJECT: _("Your objection has not been sent."),
        Action.UPHOLD: _("Your answer has not been sent."),
        Action.RECONSIDER: _("Your answer has not been sent."),
        Action.EXCUSE: _("This person has not been excused."),
        Action.READMIT: _("This person has not been taken in again."),
        Action.REOPEN: _("The evaluation has not been reopened."),
        Action.CLOSE: _("The evaluation has not been closed."),
        Action.EXTEND: _("The last day has not been changed."),
        Action.TRANSFER: _("The evaluation has not been moved."),
    }[action]
