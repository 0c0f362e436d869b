"""A last day is still in time: the Vietnamese texts say so, wherever a day is named as a limit."""

import re

import pytest
from django.utils.translation import override

from core import texts
from evaluations.enums import Status
from evaluations.presenters.words import due_sentence
from tests.factories.evaluations import bring_to

INCLUDED = re.compile(r"(đến hết|chậm nhất|Hạn|hạn)( là)?( ngày)?$")

MOMENTS = {"Can be used once, until %(date)s. Keep it to yourself."}
"""What ends in the middle of the day named."""


def test_texts_with_a_last_day_include_it():
    wrong = []
    for message in texts.read("vi"):
        original, translated = (first if isinstance(first, str) else first[0] for first in (message.id, message.string))
        named = re.search(r"\b(?:until|by) (%\((?:date|end|day)\)s)", original)
        if named and original not in MOMENTS and not INCLUDED.search(translated.partition(named[1])[0].rstrip()):
            wrong.append(f"{original}: {translated}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.django_db
@pytest.mark.parametrize("is_subject", [True, False])
@pytest.mark.parametrize(
    "status", [Status.DRAFT, Status.SUBMITTED, Status.UNDER_REVIEW, Status.DECIDED, Status.ANNOUNCED]
)
def test_deadlines_of_an_evaluation_include_their_day(w, status, is_subject):
    w.mine = bring_to(w.mine, status, head=w.head)
    with override("vi"):
        sentence = due_sentence(w.mine, is_subject=is_subject)
    assert INCLUDED.search(sentence), sentence
