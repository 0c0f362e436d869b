"""A world with results in it: what every report is about."""

from types import SimpleNamespace

import pytest

from evaluations.enums import Status
from tests.factories.evaluations import bring_to, evaluation_world, give_opinion, link_evidence


@pytest.fixture(scope="module")
def made(module_db) -> SimpleNamespace:
    return results_world()


def results_world(**cycle) -> SimpleNamespace:
    """evaluation_world(): the teacher's result announced (own K, decided K), the colleague's under review, the
    leader's submitted, the artist's a draft, the other school's teacher announced with T."""
    w = evaluation_world(**cycle)
    w.proof = link_evidence(w.mine, "TC01", "TC03", title="Kế hoạch bài dạy Toán 8")
    for person in (w.colleague, w.leader, w.artist):
        give_opinion(w.mine, person, "T")
    w.mine = bring_to(w.mine, Status.ANNOUNCED, head=w.head)
    w.theirs = bring_to(w.theirs, Status.UNDER_REVIEW, head=w.head)
    w.leaders = bring_to(w.leaders, Status.SUBMITTED, head=w.head)
    w.others = bring_to(w.others, Status.ANNOUNCED, head=w.other_head, levels="T")
    return w
