"""Pairings as tests need them, made by the real actions.

w = mentoring_world()              # evaluation_world() with announced results: teacher is weak, colleague is strong
pairing = paired(w)                # under way: colleague mentors teacher
meeting = met(pairing, by=w.colleague)
"""

from datetime import date, timedelta
from types import SimpleNamespace

from django.utils import timezone

from evaluations.enums import Status
from mentoring.actions.meetings import keep_note, log_meeting
from mentoring.actions.pairings import answer, propose
from mentoring.models import Meeting, Pairing
from people.models import StaffRecord, User
from tests.factories.evaluations import bring_to, evaluation_world

WEAK = {"TC05": "D", "TC06": "D", "TC14": "CD"}
"""What the teacher of `mentoring_world` is weak in; K everywhere else."""


def mentoring_world() -> SimpleNamespace:
    """evaluation_world() in which teacher (weak), colleague and other_teacher (strong) have announced results."""
    w = evaluation_world()
    weak = {f"TC{number:02d}": WEAK.get(f"TC{number:02d}", "K") for number in range(1, 16)}
    bring_to(w.mine, Status.ANNOUNCED, head=w.head, levels=weak)
    bring_to(w.theirs, Status.ANNOUNCED, head=w.head, levels="T")
    bring_to(w.others, Status.ANNOUNCED, head=w.other_head, levels="T")
    for person, subject in ((w.teacher, "Toán"), (w.colleague, "Toán"), (w.other_teacher, "Ngữ văn")):
        StaffRecord.objects.update_or_create(user=person, defaults={"subject": subject})
    return w


def period(days: int = 100) -> dict[str, date]:
    """{"start", "end"} from today."""
    today = timezone.localdate()
    return {"start": today, "end": today + timedelta(days=days)}


def proposed(w: SimpleNamespace, *, mentor: User | None = None, mentee: User | None = None, by: User | None = None):
    """colleague proposed to teacher by the head, unless others are named."""
    return propose(
        mentor=mentor or w.colleague, mentee=mentee or w.teacher, by=by or w.head, purpose="Cùng tiến bộ.", **period()
    )


def paired(w: SimpleNamespace, **people) -> Pairing:
    """The same, accepted by both."""
    pairing = proposed(w, **people)
    answer(pairing=pairing, accept=True, by=pairing.mentor)
    return answer(pairing=pairing, accept=True, by=pairing.mentee)


def met(pairing: Pairing, *, by: User, topic: str = "Chuyện chỉ hai người biết", **fields) -> Meeting:
    """A meeting of today."""
    steps = fields.pop("next_steps", "Bước tiếp theo bí mật")
    held_on = fields.pop("held_on", timezone.localdate())
    return log_meeting(pairing=pairing, by=by, topic=topic, next_steps=steps, held_on=held_on, **fields)


def noted(meeting: Meeting, *, by: User, text: str) -> int:
    """A private note; returns its revision."""
    return keep_note(meeting=meeting, by=by, text=text, revision=0)
