"""Logging meetings, and the private notes."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core.decisions import Refused
from core.http import posted_number, refuse_save, sent_json, sentence_response
from evaluations.actions.saving import Conflict
from mentoring import queries
from mentoring.actions import meetings as actions
from mentoring.forms import MeetingForm
from mentoring.models import Meeting
from mentoring.policies import can_change_meeting, can_keep_note, can_log
from mentoring.views.attempts import attempt
from mentoring.views.pairings import pairing_for


def meeting_for(request: HttpRequest, meeting_id) -> Meeting:
    """A meeting of one of the own pairings, else 404: for head and office a meeting has no address."""
    return get_object_or_404(queries.own_meetings(request.user), pk=meeting_id)


@require_http_methods(["GET", "HEAD", "POST"])
def log(request: HttpRequest, pairing_id) -> HttpResponse:
    """A new meeting in the log."""
    pairing = pairing_for(request, pairing_id)
    can_log(request.user, pairing).or_raise()
    initial = {"held_on": timezone.localdate(), "focus": list(pairing.focus.values_list("pk", flat=True))}
    version = queries.version_for(pairing.mentee)
    form = MeetingForm(request.POST or None, pairing=pairing, version=version, initial=initial)
    if request.method == "POST" and attempt(form, actions.log_meeting, pairing=pairing, by=request.user):
        messages.success(request, _("Logged. The other one sees it too."))
        return redirect("mentoring:detail", pairing.pk)
    return render(request, "mentoring/meeting.html", {"form": form, "pairing": pairing, "meeting": None})


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, meeting_id) -> HttpResponse:
    """Corrects a meeting one has logged."""
    meeting = meeting_for(request, meeting_id)
    can_change_meeting(request.user, meeting).or_raise()
    initial = {
        "held_on": meeting.held_on,
        "topic": meeting.topic,
        "next_steps": meeting.next_steps,
        "focus": list(meeting.focus.values_list("pk", flat=True)),
    }
    version = queries.version_for(meeting.pairing.mentee)
    form = MeetingForm(request.POST or None, pairing=meeting.pairing, version=version, initial=initial)
    if request.method == "POST" and attempt(form, actions.change_meeting, meeting=meeting, by=request.user):
        messages.success(request, _("Changed."))
        return redirect("mentoring:detail", meeting.pairing_id)
    return render(request, "mentoring/meeting.html", {"form": form, "pairing": meeting.pairing, "meeting": meeting})


@require_POST
def remove(request: HttpRequest, meeting_id) -> HttpResponse:
    """Takes a meeting one has logged out of the log."""
    meeting = meeting_for(request, meeting_id)
    actions.remove_meeting(meeting=meeting, by=request.user)
    messages.success(request, _("Removed from the log."))
    return redirect("mentoring:detail", meeting.pairing_id)


@require_POST
def note(request: HttpRequest, meeting_id) -> HttpResponse:
    """POST {"text", "revision", "person"} from the saving script: keeps the private note of one meeting.

    200 {"revision", "saved"}; 409 {"stored", "revision"} when another tab wrote since; 409 with a sentence alone when
    notes can no longer be kept; 401 when somebody else is signed in now.
    """
    meeting = meeting_for(request, meeting_id)
    sent = sent_json(request)
    if refusal := refuse_save(request, sent):
        return refusal
    text, revision = sent.get("text") or "", sent["revision"]
    try:
        kept = actions.keep_note(meeting=meeting, text=text, by=request.user, revision=revision)
    except Conflict as conflict:
        return sentence_response(conflict, status=409, stored=conflict.stored, revision=conflict.revision)
    except Refused as refusal:
        closed = not can_keep_note(request.user, meeting)
        return sentence_response(refusal, status=409 if closed else 422, closed=closed)
    return JsonResponse({"revision": kept, "saved": f"{timezone.localtime():%H:%M:%S}"})


@require_POST
def notes(request: HttpRequest, pairing_id) -> HttpResponse:
    """All private notes of a page at once, from a browser without scripts. A note that cannot be kept comes back."""
    pairing = pairing_for(request, pairing_id)
    if request.user.pk not in (pairing.mentor_id, pairing.mentee_id):
        raise PermissionDenied(_("Private notes are kept by the mentor and the mentee, each their own."))
    failed = []
    for meeting in queries.own_meetings(request.user).filter(pairing=pairing).order_by("-held_on", "pk"):
        text = request.POST.get(f"text-{meeting.pk}")
        if text is None:
            continue
        try:
            revision = posted_number(request.POST.get(f"revision-{meeting.pk}"))
            actions.keep_note(meeting=meeting, text=text, by=request.user, revision=revision)
        except Conflict as conflict:
            failed.append(
                {
                    "meeting": meeting,
                    "text": text,
                    "why": str(conflict),
                    "revision": conflict.revision,
                    "stored": conflict.stored["text"],
                }
            )
        except Refused as refusal:
            failed.append({"meeting": meeting, "text": text, "why": str(refusal), "revision": revision, "stored": None})
    if failed:
        return render(request, "mentoring/notes_left.html", {"pairing": pairing, "failed": failed}, status=409)
    messages.success(request, _("Your notes are kept. Nobody but you sees them."))
    return redirect("mentoring:detail", pairing.pk)
