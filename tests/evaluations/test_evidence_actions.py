"""Evidence: added once, tied to many, removable until submitted, judged by content, shared with later years."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from core.decisions import Refused
from evaluations.actions import evidence as acts
from evaluations.actions.evidence import SameFile
from evaluations.actions.saving import NotOwn
from evaluations.enums import Status
from evaluations.models import Evidence, EvidenceUse
from evaluations.queries_self import earlier_evidence
from files.models import StoredFile
from tests.factories.evaluations import CycleFactory, EvaluationFactory, bring_to, link_evidence
from tests.files.samples import pdf, picture

pytestmark = pytest.mark.django_db


def file(name="biên bản.pdf", data=None):
    return SimpleUploadedFile(name, pdf() if data is None else data)


def add(w, **fields):
    values = {"evaluation": w.mine, "upload": file(), "criteria": ["TC03", "TC05"], "by": w.teacher, **fields}
    return acts.add_file(**values)[0]


def codes(evidence) -> list[str]:
    return list(evidence.uses.values_list("criterion__code", flat=True))


def test_a_file_is_kept_once_and_tied_to_many(w, media):
    evidence = add(w)
    assert evidence.title == "biên bản"
    assert codes(evidence) == ["TC03", "TC05"]
    stored = evidence.file
    assert (stored.name, stored.content_type, stored.size) == ("biên bản.pdf", "application/pdf", len(pdf()))
    with stored.content.open() as kept:
        assert kept.read() == pdf()
    assert "bi" not in stored.content.name.rsplit("/", 1)[1]


def test_a_picture_gets_a_preview_without_its_place(w):
    evidence, has_place = acts.add_file(
        evaluation=w.mine, upload=file("lớp.jpg", picture(gps=True)), criteria=[], by=w.teacher
    )
    assert has_place
    assert evidence.preview.content_type == "image/jpeg"


def test_the_same_file_again_offers_the_existing_one(w, media):
    first = add(w)
    kept = sorted(path for path in media.rglob("*") if path.is_file())
    with pytest.raises(SameFile) as caught:
        add(w, upload=file("khác tên.pdf"))
    assert caught.value.existing == first
    assert sorted(path for path in media.rglob("*") if path.is_file()) == kept


def test_nothing_stays_behind_when_it_fails_in_the_middle(w, media):
    with pytest.raises(Refused, match="TC99"):
        add(w, upload=file("lớp.jpg", picture()), criteria=["TC99"])
    assert not StoredFile.objects.exists()
    assert not [path for path in media.rglob("*") if path.is_file()]


def test_removing_takes_the_file_away(w, media, django_capture_on_commit_callbacks):
    evidence = add(w, upload=file("lớp.jpg", picture()))
    with django_capture_on_commit_callbacks(execute=True):
        acts.remove(evidence=evidence, by=w.teacher)
    assert not Evidence.objects.exists()
    assert not StoredFile.objects.exists()
    assert not [path for path in media.rglob("*") if path.is_file()]
    acts.remove(evidence=evidence, by=w.teacher)  # the second click


@pytest.mark.parametrize("status", [Status.SUBMITTED, Status.UNDER_REVIEW, Status.CLOSED, Status.EXCUSED])
def test_after_the_submission_nothing_changes(w, status):
    evidence = link_evidence(w.mine, "TC01")
    bring_to(w.mine, status, head=w.head)
    for act in (
        lambda: add(w),
        lambda: acts.remove(evidence=evidence, by=w.teacher),
        lambda: acts.change(evidence=evidence, criteria=[], by=w.teacher, title="Khác"),
        lambda: acts.tie(evaluation=w.mine, criterion="TC01", evidence_ids=[], by=w.teacher),
        lambda: acts.add_link(evaluation=w.mine, title="x", url="https://example.org", criteria=[], by=w.teacher),
    ):
        with pytest.raises(Refused):
            act()
    assert codes(evidence) == ["TC01"]


def test_nobody_else_touches_it(w):
    evidence = link_evidence(w.mine, "TC01")
    for other in (w.head, w.colleague, w.officer):
        with pytest.raises(NotOwn):
            acts.remove(evidence=evidence, by=other)
        with pytest.raises(NotOwn):
            add(w, by=other)


def test_ties_of_a_criterion_are_set_as_ticked(w):
    one, two = link_evidence(w.mine, "TC01"), link_evidence(w.mine, "TC02", url="https://example.org/2")
    foreign = link_evidence(w.theirs, "TC01")
    acts.tie(evaluation=w.mine, criterion="TC01", evidence_ids=[two.pk, foreign.pk], by=w.teacher)
    assert codes(one) == []
    assert codes(two) == ["TC01", "TC02"]
    assert codes(foreign) == ["TC01"]


def test_evidence_of_last_year_is_copied_and_shares_its_file(w, media, django_capture_on_commit_callbacks):
    old_cycle = CycleFactory(owner=w.commune, created_by=w.officer)
    old = EvaluationFactory(cycle=old_cycle, subject=w.teacher, unit=w.school)
    source = add(w, evaluation=old)
    assert list(earlier_evidence(w.teacher, w.mine)) == [source]
    assert acts.reuse(evaluation=w.mine, sources=earlier_evidence(w.teacher, w.mine), by=w.teacher) == 1
    copy = Evidence.objects.get(evaluation=w.mine)
    assert (copy.file, copy.title, codes(copy)) == (source.file, source.title, ["TC03", "TC05"])
    assert not earlier_evidence(w.teacher, w.mine).exists()
    with django_capture_on_commit_callbacks(execute=True):
        acts.remove(evidence=copy, by=w.teacher)
    assert source.file.content.storage.exists(source.file.content.name)
    assert not earlier_evidence(w.colleague, w.theirs).exists()


def test_there_is_an_end_to_the_pieces(w, monkeypatch):
    monkeypatch.setattr(acts, "MOST", 2)
    link_evidence(w.mine)
    link_evidence(w.mine)
    with pytest.raises(Refused, match="At most 2"):
        add(w)


def test_there_is_an_end_to_the_uploads_of_an_hour(w, monkeypatch):
    monkeypatch.setattr(acts, "UPLOADS_PER_HOUR", 1)
    add(w)
    with pytest.raises(Refused, match="many files"):
        add(w, upload=file("hai.pdf", pdf(pages=2)))


def test_a_tie_counts_once(w):
    evidence = acts.add_link(
        evaluation=w.mine, title="x", url="https://example.org", criteria=["TC01", "TC01"], by=w.teacher
    )
    assert EvidenceUse.objects.filter(evidence=evidence).count() == 1
