"""What is measured: a school of sixty teachers with announced results, and a form half way through the year."""

from types import SimpleNamespace

from django.test import Client

from evaluations.enums import Status
from evaluations.models import Evidence
from tests.factories.evaluations import EvaluationFactory, bring_to, evaluation_world, fill_self, link_evidence
from tests.factories.people import teacher_of

TEACHERS = 60
NOTE = "Tham gia đầy đủ các buổi sinh hoạt chuyên môn, hướng dẫn đồng nghiệp và được tổ ghi nhận trong biên bản."


def make() -> SimpleNamespace:
    """evaluation_world() with `forms` (sixty announced) and `mine`, a filled draft with ten pieces of evidence."""
    w = evaluation_world()
    fill_self(w.mine)
    add_evidence(w.mine, 10)
    w.theirs = bring_to(w.theirs, Status.ANNOUNCED, head=w.head)
    w.leaders = bring_to(w.leaders, Status.UNDER_REVIEW, head=w.head)
    w.forms = []
    for number in range(TEACHERS):
        person = teacher_of(w.other_school, w.other_group, full_name=f"Nguyễn Thị Đo Lường {number + 1}")
        evaluation = EvaluationFactory(cycle=w.cycle, subject=person, unit=w.other_school, group=w.other_group)
        w.forms.append(bring_to(evaluation, Status.ANNOUNCED, head=w.other_head))
        add_evidence(evaluation, 6)
    return w


def add_evidence(evaluation, number: int) -> list[Evidence]:
    """Evidence tied to three criteria each."""
    found = []
    for place in range(number):
        codes = [f"TC{1 + (place * 3 + step) % 15:02d}" for step in range(3)]
        found.append(link_evidence(evaluation, *codes, title=f"Kế hoạch bài dạy số {place + 1} của năm học"))
    sheet = evaluation.sheets.get(kind="self")
    sheet.ratings.update(note=NOTE)
    sheet.strengths = sheet.improvements = sheet.goals = sheet.content = NOTE
    sheet.save()
    return found


def session_of(person) -> str:
    """A signed-in session's key; both servers read it from the same table."""
    client = Client()
    client.force_login(person)
    return client.cookies["sessionid"].value
