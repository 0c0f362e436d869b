"""Every mail of the workflow and of the calendar: it exists, reads well in both languages, links, tells no result."""

from datetime import date

import pytest
from django.template.loader import get_template

from core.models import OutgoingMail
from evaluations.actions.moves import move
from evaluations.enums import Action, Actor, ExcuseReason, Status
from evaluations.models import Evaluation
from evaluations.workflow import TABLE
from people.models import User
from tests.factories.evaluations import bring_to, evaluation_world, fill_decision, fill_self

pytestmark = pytest.mark.django_db

MAILED = [
    (status, action) for (status, action), transition in TABLE.items() if transition.mail and not transition.mail_too
]


def with_addresses(language: str):
    w = evaluation_world()
    for user in User.objects.all():
        User.objects.filter(pk=user.pk).update(
            email=f"{user.username}@example.org", language=language, full_name=f"{user.full_name} & <con>"
        )
    return w


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize(("status", "action"), MAILED, ids=str)
def test_each_hand_over_writes_one_mail_with_a_link_and_no_result(status, action, language):
    w = with_addresses(language)
    evaluation = bring_to(Evaluation.objects.get(pk=w.mine.pk), status, head=User.objects.get(pk=w.head.pk), levels="T")
    OutgoingMail.objects.all().delete()
    by = {
        Actor.SUBJECT: w.teacher,
        Actor.DECIDER: w.head,
        Actor.AUTHORITY: w.officer,
        Actor.SYSTEM: None,
    }[TABLE[status, action].actor]
    facts = {
        Action.EXCUSE: {"excuse_reason": ExcuseReason.SICK, "excuse_months": 3},
        Action.EXTEND: {"extended_to": date(2099, 12, 31)},
    }.get(action, {})
    if action == Action.SUBMIT:
        fill_self(evaluation, "T")
    if action == Action.DECIDE:
        fill_decision(evaluation, w.head, "T")
    move(evaluation=evaluation, action=action, by=by, comment="Nhận xét riêng", **facts)
    mail = OutgoingMail.objects.get()
    assert (
        mail.to == f"{(w.head if TABLE[status, action].mail_to == Actor.DECIDER else w.teacher).username}@example.org"
    )
    assert "\n" not in mail.subject
    assert mail.subject
    assert f"/evaluations/{evaluation.pk}/" in mail.body
    assert "& <con>" in mail.body  # plain text, nothing escaped
    for told in ("Nhận xét riêng", "Very good", "Tốt", "{%", "{{"):
        assert told not in mail.subject + mail.body


def test_every_mail_named_in_the_table_has_its_template():
    for transition in TABLE.values():
        if transition.mail:
            get_template(f"email/evaluation_{transition.mail}.txt")


def test_people_without_an_address_get_none(w):
    bring_to(w.mine, Status.ANNOUNCED, head=w.head)
    assert not OutgoingMail.objects.exists()
