"""Opinions on the colleagues of one's own professional group. The author is nobody's business but the author's."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.decisions import Refused
from core.http import sent_json, sent_revision, sentence_response
from evaluations.actions import opinions as actions
from evaluations.actions.saving import Conflict
from evaluations.enums import CycleStatus
from evaluations.models import Cycle, Evaluation
from evaluations.policies import can_give_opinion
from evaluations.presenters import opinions as words
from evaluations.queries_office import colleagues_in, own_groups_as_units, own_opinions, possible_authors
from people.models import Unit
from standards.queries import framework_data


def _group_for(request: HttpRequest, code: str, group_code: str) -> tuple[Cycle, Unit, list[Evaluation]]:
    """The own group in a cycle with the colleagues in it; 404 for other groups and cycles without opinions."""
    group = get_object_or_404(own_groups_as_units(request.user), code=group_code)
    evaluations = list(colleagues_in(request.user, code, group))
    if not evaluations:
        raise Http404
    cycle = evaluations[0].cycle
    if cycle.status == CycleStatus.DRAFT or not cycle.is_full or not cycle.opinions_wanted:
        raise Http404
    return cycle, group, evaluations


def _page(request: HttpRequest, code: str, group_code: str) -> dict:
    cycle, group, evaluations = _group_for(request, code, group_code)
    data = framework_data(cycle.version_id)
    people = words.colleagues(request.user, evaluations, own_opinions(request.user, evaluations), data)
    return {
        "cycle": cycle,
        "group": group,
        "people": people,
        "promises": words.promises(cycle, possible_authors(group) - 1),
        "closed": words.until(people, cycle),
        "choices": words.choices(data),
        **words.numbers(people),
        "left": sum(1 for one in people if one.may and not one.submitted),
        "person": request.user.pk,
        "data": data,
    }


@require_safe
def matrix(request: HttpRequest, code: str, group_code: str) -> HttpResponse:
    """All colleagues of the group beside each other; on a narrow page a list that leads to one at a time."""
    return _render_matrix(request, _page(request, code, group_code))


def _render_matrix(request: HttpRequest, context: dict, refused: str = "") -> HttpResponse:
    """The page of the group; with a refused handing in, the sentence and whose opinion is incomplete on top."""
    columns = words.columns(context["people"])
    context |= {
        "columns": columns,
        "left_out": len(context["people"]) - len(columns),
        "parts": words.matrix(columns, context["data"]),
    }
    if refused:
        context |= {"refused": refused, "incomplete": words.incomplete(context["people"])}
    return render(request, "evaluations/opinions.html", context, status=409 if refused else 200)


@require_safe
def one(request: HttpRequest, code: str, group_code: str, pk) -> HttpResponse:
    """One colleague, with what each level demands."""
    return _render_one(request, _page(request, code, group_code), pk)


def _render_one(request: HttpRequest, context: dict, pk, refused: str = "") -> HttpResponse:
    """The page of one colleague; with a refused handing in, the sentence and every unanswered criterion on top."""
    people = context["people"]
    place = next((index for index, person in enumerate(people) if person.evaluation.pk == pk), None)
    if place is None:
        raise Http404
    context |= {
        "one": people[place],
        "errors": words.problems(people[place], context["data"], refused) if refused else [],
        "standards": words.questions(people[place], context["data"]),
        "position": place + 1,
        "previous": people[place - 1] if place else None,
        "next": people[place + 1] if place + 1 < len(people) else None,
    }
    return render(request, "evaluations/opinion.html", context, status=409 if refused else 200)


@require_http_methods(["GET", "POST"])
def hand_in(request: HttpRequest, code: str, group_code: str) -> HttpResponse:
    """Hands in the opinion on `evaluation`, or all complete ones; refused, the page comes back and says what lacks."""
    _cycle, _group, evaluations = _group_for(request, code, group_code)
    if request.method == "GET":  # the address of a refused page, after another language was chosen
        return redirect("evaluations:opinions", code, group_code)
    chosen = request.POST.get("evaluation")
    if chosen:
        found = next((row for row in evaluations if str(row.pk) == chosen), None)
        if found is None:
            raise Http404
        try:
            actions.hand_in(evaluation=found, by=request.user)
        except Refused as refusal:
            return _render_one(request, _page(request, code, group_code), found.pk, str(refusal))
        messages.success(
            request,
            _("Handed in: your opinion on %(name)s. You can change it until the head reads it.")
            % {"name": found.subject.full_name},
        )
        following = _next_open(request, evaluations, found)
        if following:
            return redirect("evaluations:opinion", code, group_code, following.pk)
        return redirect("evaluations:opinions", code, group_code)
    context = _page(request, code, group_code)
    todo = [person for person in context["people"] if person.may and not person.submitted]
    ready = [person.evaluation for person in todo if person.complete]
    if todo and not ready:
        sentence = _("No opinion is complete yet: answer every criterion, or “cannot judge”.")
        return _render_matrix(request, context, sentence)
    if not ready:  # a page from before: by now all are handed in, or closed
        messages.info(request, _("No opinion is left to hand in."))
        return redirect("evaluations:opinions", code, group_code)
    done, problems = actions.hand_in_many(evaluations=ready, by=request.user)
    messages.success(
        request, ngettext("%(count)s opinion handed in.", "%(count)s opinions handed in.", done) % {"count": done}
    )
    for problem in filter(None, (*problems, words.left_sentence(context["people"]))):
        messages.warning(request, problem)
    return redirect("evaluations:opinions", code, group_code)


def _next_open(request: HttpRequest, evaluations: list[Evaluation], after: Evaluation) -> Evaluation | None:
    """The next colleague without a handed-in opinion."""
    sheets = own_opinions(request.user, evaluations)
    place = evaluations.index(after)
    for row in evaluations[place + 1 :] + evaluations[:place]:
        given = sheets.get(row.pk) and sheets[row.pk].submitted_at
        if not given and can_give_opinion(request.user, row):
            return row
    return None


@require_POST
def save(request: HttpRequest, code: str, group_code: str) -> JsonResponse:
    """POST {"evaluation", "criterion", "answer", "revision"}: saves one own answer.

    200 {"revision", "saved"}; 409 {"stored", "revision"} when it was changed in another window; 409 or 422 with a
    sentence when it cannot be saved.
    """
    sent = sent_json(request)
    _cycle, _group, evaluations = _group_for(request, code, group_code)
    found = next((row for row in evaluations if str(row.pk) == sent.get("evaluation")), None)
    if found is None:
        raise Http404
    revision = sent_revision(sent)
    if revision is None:
        return sentence_response(_("The request could not be understood."), status=400)
    try:
        revision = actions.save_opinion(
            evaluation=found,
            criterion=str(sent.get("criterion") or ""),
            answer=str(sent.get("answer") or ""),
            revision=revision,
            by=request.user,
        )
    except Conflict as conflict:
        stored = conflict.stored
        answer = actions.CANNOT_JUDGE if stored["no_evidence"] else stored["level"]
        sentence = _("You changed this in another window in the meantime.")
        return sentence_response(sentence, status=409, stored={"answer": answer}, revision=conflict.revision)
    except Refused as refusal:
        closed = not can_give_opinion(request.user, found)
        return sentence_response(refusal, status=409 if closed else 422, closed=closed)
    return JsonResponse({"revision": revision, "saved": f"{timezone.localtime():%H:%M}"})
