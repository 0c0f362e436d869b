"""The pages of evidence: who sees what, what comes back, how files are sent."""

from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from evaluations.actions import evidence as acts
from evaluations.enums import Status
from evaluations.models import Evidence
from files import parts
from files.models import UploadPart
from files.tasks import forget_unfinished
from tests.factories.evaluations import CycleFactory, EvaluationFactory, bring_to, link_evidence
from tests.files.samples import office, pdf, picture

pytestmark = pytest.mark.django_db
FETCH = {"X-Requested-With": "fetch"}


@pytest.fixture
def teacher(client, w):
    client.force_login(w.teacher)
    return client


def at(name, *args):
    return reverse(f"evaluations:{name}", args=args)


def keep(w, name="kế hoạch.pdf", data=None, **fields):
    upload = SimpleUploadedFile(name, pdf() if data is None else data)
    return acts.add_file(evaluation=w.mine, upload=upload, criteria=["TC03"], by=w.teacher, **fields)[0]


def test_the_list_shows_every_kind(teacher, w):
    keep(w)
    link_evidence(w.mine, "TC01", title="Bài đăng", url="https://tập-huấn.example/bai")
    link_evidence(w.mine, "TC02", title="Dự giờ", kind="fact", url="", witness="Biên bản số 12, 03/10/2026")
    page = teacher.get(at("evidence", w.mine.pk)).content.decode()
    for words in ("kế hoạch.pdf", "xn--tp-hun", "by: Biên bản số 12", "noopener noreferrer nofollow", "criterion <"):
        assert words in page


def test_the_list_takes_the_same_queries_for_one_and_for_many(teacher, w, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    link_evidence(w.mine, "TC01")
    teacher.get(at("evidence", w.mine.pk))
    with CaptureQueriesContext(connection) as few:
        teacher.get(at("evidence", w.mine.pk))
    for number in range(40):
        link_evidence(w.mine, "TC01", "TC02", url=f"https://example.org/{number}")
    with django_assert_num_queries(len(few)):
        teacher.get(at("evidence", w.mine.pk))


@pytest.mark.parametrize(
    ("status", "seen"),
    [
        (Status.DRAFT, {"teacher": 200, "head": 403, "deputy": 403, "officer": 403, "leader": 403, "colleague": 404}),
        (Status.SUBMITTED, {"teacher": 200, "head": 403, "deputy": 403, "officer": 403, "leader": 403}),
        (Status.UNDER_REVIEW, {"teacher": 200, "head": 200, "deputy": 200, "officer": 403, "leader": 403}),
        (Status.ANNOUNCED, {"teacher": 200, "head": 200, "officer": 200, "leader": 403, "far_officer": 404}),
    ],
)
def test_files_are_for_those_who_may_see_the_evidence(client, w, status, seen):
    row = keep(w, "lớp.jpg", picture())
    bring_to(w.mine, status, head=w.head)
    for name, answer in (seen | {"other_head": 404, "other_teacher": 404}).items():
        client.force_login(getattr(w, name))
        for page in ("evidence_file", "evidence_preview", "evidence_item"):
            sent = client.get(at(page, w.mine.pk, row.pk))
            sent.getvalue() if sent.streaming else None
            assert sent.status_code == answer, (name, page)
        assert client.get(at("evidence", w.mine.pk)).status_code == answer, name
    client.logout()
    assert client.get(at("evidence_file", w.mine.pk, row.pk)).status_code == 302


def test_downloads_are_private_attachments(teacher, w):
    row = keep(w)
    answer = teacher.get(at("evidence_file", w.mine.pk, row.pk))
    assert b"".join(answer.streaming_content) == pdf()
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''k%E1%BA%BF")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert "private" in answer["Cache-Control"]


def test_a_pdf_is_shown_inside_our_own_pages_only(teacher, w):
    row = keep(w)
    answer = teacher.get(at("evidence_preview", w.mine.pk, row.pk))
    assert answer["Content-Disposition"].startswith("inline")
    assert "frame-ancestors 'self'" in answer["Content-Security-Policy"]
    assert answer.getvalue() == pdf()
    assert "script" not in answer["Content-Security-Policy"]
    assert answer["X-Frame-Options"] == "SAMEORIGIN"


def test_documents_have_no_preview(teacher, w):
    row = keep(w, "bảng.xlsx", office("xlsx"))
    assert teacher.get(at("evidence_preview", w.mine.pk, row.pk)).status_code == 404
    assert "cannot be shown here" in teacher.get(at("evidence_item", w.mine.pk, row.pk)).content.decode()


def test_evidence_of_another_evaluation_is_not_found_here(teacher, w):
    foreign = link_evidence(w.theirs, "TC01")
    for page in ("evidence_item", "evidence_file", "evidence_preview", "evidence_delete"):
        assert teacher.get(at(page, w.mine.pk, foreign.pk)).status_code == 404
    teacher.post(at("evidence_delete", w.mine.pk, foreign.pk))
    assert Evidence.objects.filter(pk=foreign.pk).exists()


def test_a_file_missing_from_the_storage_is_told(teacher, w):
    row = keep(w)
    row.file.content.storage.delete(row.file.content.name)
    answer = teacher.get(at("evidence_file", w.mine.pk, row.pk))
    assert answer.status_code == 410
    assert "not yours" in answer.content.decode()


# --- adding -----------------------------------------------------------------------------------------------------------
def test_files_come_several_at_once_and_bad_ones_are_named(teacher, w):
    files = [
        SimpleUploadedFile("một.pdf", pdf()),
        SimpleUploadedFile("hai.pdf", b""),
        SimpleUploadedFile("ba.docx", pdf(pages=2)),
    ]
    answer = teacher.post(at("evidence_upload", w.mine.pk), {"files": files, "criteria": ["TC01"]})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert Evidence.objects.get().title == "một"
    assert "“hai.pdf” is empty" in page
    assert "“ba.docx” says that it is a Word document" in page


def test_a_name_that_could_not_stay_is_told(teacher, w):
    sent = {"files": SimpleUploadedFile("bảng*điểm.pdf", pdf())}
    page = teacher.post(at("evidence_upload", w.mine.pk), sent, follow=True).content.decode()
    assert "it is kept as “bảng điểm.pdf”" in page


def test_no_file_at_all_is_told(teacher, w):
    answer = teacher.post(at("evidence_upload", w.mine.pk), {})
    assert answer.status_code == 422
    assert "Choose at least one file" in answer.content.decode()


def test_a_file_over_the_limit_never_reaches_the_disk(teacher, w, media, monkeypatch):
    monkeypatch.setattr("files.upload_handlers.MAX_BYTES", 50_000)
    big, small = SimpleUploadedFile("phim.pdf", b"%PDF" + b"x" * 60_000), SimpleUploadedFile("một.pdf", pdf())
    answer = teacher.post(at("evidence_upload", w.mine.pk), {"files": [big, small]})
    assert "“phim.pdf” is larger than 20 MB" in answer.content.decode()
    assert Evidence.objects.get().title == "một"
    big.seek(0)
    answer = teacher.post(at("evidence_upload", w.mine.pk), {"files": big}, headers=FETCH)
    assert answer.status_code == 413
    assert "larger than" in answer.json()["detail"]


def test_a_script_sends_one_file_and_gets_a_sentence(teacher, w):
    def send(name, data):
        return teacher.post(
            at("evidence_upload", w.mine.pk),
            {"files": SimpleUploadedFile(name, data), "criteria": ["TC04"]},
            headers=FETCH,
        )

    answer = send("ảnh.jpg", picture(gps=True))
    assert answer.status_code == 201
    assert "place where it was taken" in answer.json()["told"]
    again = send("khác.jpg", picture(gps=True))
    assert again.status_code == 422
    assert again.json()["same"] == answer.json()["id"]
    assert send("chương trình.exe", b"MZ").status_code == 422
    assert teacher.post(at("evidence_upload", w.mine.pk), {}, headers=FETCH).status_code == 422


def test_the_page_asks_for_the_criteria_before_the_files(teacher, w):
    page = teacher.get(at("evidence_upload", w.mine.pk)).content.decode()
    assert page.index('value="TC15"') < page.index('type="file"')
    assert "no criterion yet</span>" in page
    for_one = teacher.get(at("evidence_upload", w.mine.pk), {"criterion": "TC03"}).content.decode()
    assert 'data-none="no criterion yet">3. ' in for_one
    assert f'href="{at("self", w.mine.pk)}#TC03" data-back' in for_one
    unknown = teacher.get(at("evidence_upload", w.mine.pk), {"criterion": "TC99"}).content.decode()
    assert "no criterion yet</span>" in unknown


def test_a_script_ties_a_file_after_it_arrived(teacher, w):
    sent = {"files": SimpleUploadedFile("ảnh.jpg", picture()), "criteria": ["TC04"]}
    added = teacher.post(at("evidence_upload", w.mine.pk), sent, headers=FETCH).json()
    row = Evidence.objects.get()
    assert added["criteria"] == ["TC04"]

    def tie(expected, **posted):
        answer = teacher.post(added["address"], posted, headers=FETCH)
        assert set(row.uses.values_list("criterion__code", flat=True)) == expected
        return answer

    assert tie({"TC01", "TC02"}, criteria=["TC01", "TC02"]).status_code == 200
    assert tie({"TC01", "TC02", "TC03"}, criteria=["TC02", "TC03"], keep="1").status_code == 200
    assert tie({"TC01", "TC02", "TC03"}, criteria=["TC99"]).json()["detail"]
    assert tie(set()).status_code == 200
    row.refresh_from_db()
    assert row.title == "ảnh"
    bring_to(w.mine, Status.SUBMITTED, head=w.head)
    assert tie(set(), criteria=["TC01"]).status_code == 409


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://example.org/kế-hoạch?a=1#x", "https://example.org/kế-hoạch?a=1#x"),
        ("example.org/plan", "https://example.org/plan"),
        ("  http://example.org ", "http://example.org"),
        ("javascript:alert(1)", None),
        ("JaVaScript:alert(1)//https://example.org", None),
        ("data:text/html,x", None),
        ("ftp://example.org/x", None),
        ("file:///etc/passwd", None),
        ("https://user:secret@example.org", None),
        ("https://", None),
        ("https://example.org/\x00", None),
        ("https://example.org/" + "x" * 600, None),
        ("không phải địa chỉ", None),
    ],
)
def test_links_are_web_addresses(teacher, w, url, kept):
    answer = teacher.post(at("evidence_add", w.mine.pk, "link"), {"url": url, "title": "Bài", "criteria": ["TC01"]})
    assert answer.status_code == (302 if kept else 422)
    assert [row.url for row in Evidence.objects.all()] == ([kept] if kept else [])


def test_a_fact_needs_minutes_or_a_witness(teacher, w):
    fact = {"title": "Dạy mẫu cấp cụm", "witness": "", "happened_on": "2026-10-03", "criteria": ["TC05"]}
    answer = teacher.post(at("evidence_add", w.mine.pk, "fact"), fact)
    assert answer.status_code == 422
    assert "that is what makes it evidence" in answer.content.decode()
    assert "Dạy mẫu cấp cụm" in answer.content.decode()
    assert teacher.post(at("evidence_add", w.mine.pk, "fact"), fact | {"witness": "Biên bản 12"}).status_code == 302
    future = fact | {"witness": "x", "happened_on": "2099-01-01"}
    assert "future" in teacher.post(at("evidence_add", w.mine.pk, "fact"), future).content.decode()
    assert teacher.get(at("evidence_add", w.mine.pk, "file2")).status_code == 404


def test_the_fragment_of_a_criterion(teacher, w):
    one = link_evidence(w.mine, "TC01", title="Sổ tay")
    url = at("criterion_evidence", w.mine.pk, "TC02")
    page = teacher.get(url).content.decode()
    assert "Sổ tay" in page
    assert "Examples" in page
    fragment = teacher.post(url, {"evidence": [str(one.pk), "nonsense"]}, headers=FETCH)
    assert fragment.status_code == 200
    assert "<html" not in fragment.content.decode()
    assert set(one.uses.values_list("criterion__code", flat=True)) == {"TC01", "TC02"}
    link = {"for": "TC02", "criteria": "TC02", "url": "nope", "title": "x"}
    refused = teacher.post(at("evidence_add", w.mine.pk, "link"), link, headers=FETCH)
    assert refused.status_code == 422
    assert "full web address" in refused.content.decode()
    added = teacher.post(at("evidence_add", w.mine.pk, "link"), link | {"url": "https://example.org"}, headers=FETCH)
    assert added.status_code == 200
    assert teacher.get(at("criterion_evidence", w.mine.pk, "TC99")).status_code == 404


def test_changing_and_removing(teacher, w):
    row = link_evidence(w.mine, "TC01", title="Cũ")
    url = at("evidence_item", w.mine.pk, row.pk)
    changed = {"title": "Mới", "url": row.url, "description": "", "criteria": ["TC02", "TC03"]}
    assert teacher.post(url, changed).status_code == 302
    row.refresh_from_db()
    assert row.title == "Mới"
    assert set(row.uses.values_list("criterion__code", flat=True)) == {"TC02", "TC03"}
    assert teacher.post(url, changed | {"title": " "}).status_code == 422
    page = teacher.get(at("evidence_delete", w.mine.pk, row.pk)).content.decode()
    assert "Remove “Mới”?" in page
    assert Evidence.objects.exists()
    teacher.post(at("evidence_delete", w.mine.pk, row.pk))
    teacher.post(at("evidence_delete", w.mine.pk, row.pk))
    assert not Evidence.objects.exists()


def test_last_year_can_be_taken_over(teacher, w):
    old = EvaluationFactory(
        cycle=CycleFactory(owner=w.commune, created_by=w.officer, name="Năm trước"), subject=w.teacher, unit=w.school
    )
    source = link_evidence(old, "TC07", title="Giấy khen")
    theirs = link_evidence(w.theirs, "TC07", title="Của người khác")
    page = teacher.get(at("evidence_reuse", w.mine.pk)).content.decode()
    assert "Giấy khen" in page
    assert "Của người khác" not in page
    teacher.post(at("evidence_reuse", w.mine.pk), {"evidence": [str(source.pk), str(theirs.pk)]})
    assert [row.title for row in Evidence.objects.filter(evaluation=w.mine)] == ["Giấy khen"]
    assert "Nothing to take over" in teacher.get(at("evidence_reuse", w.mine.pk)).content.decode()


def test_the_head_reads_and_changes_nothing(client, w):
    row = link_evidence(w.mine, "TC01", title="Sổ tay")
    bring_to(w.mine, Status.UNDER_REVIEW, head=w.head)
    client.force_login(w.head)
    page = client.get(at("evidence_item", w.mine.pk, row.pk)).content.decode()
    assert "Sổ tay" in page
    assert "Save the changes" not in page
    assert client.post(at("evidence_item", w.mine.pk, row.pk), {"title": "x"}).status_code == 403
    assert client.post(at("evidence_delete", w.mine.pk, row.pk)).status_code == 403
    assert client.get(at("criterion_evidence", w.mine.pk, "TC01")).status_code == 403


def test_more_files_in_one_request_than_are_taken_are_refused_with_a_page(teacher, w):
    files = [SimpleUploadedFile(f"{number}.pdf", pdf()) for number in range(21)]
    answer = teacher.post(at("evidence_upload", w.mine.pk), {"files": files, "criteria": ["TC03"]})
    assert answer.status_code == 400
    assert not Evidence.objects.exists()
    assert "Traceback" not in answer.content.decode()


# --- in parts, over a link that breaks ------------------------------------------------------------------------------------
def send_part(client, w, at_byte: int, content: bytes, key: str = "bài.pdf|9|1"):
    url = at("evidence_part", w.mine.pk) + "?" + urlencode({"key": key, "at": at_byte})
    return client.post(url, content, content_type="application/octet-stream", headers=FETCH)


def finish(client, w, size: int, name: str = "bài.pdf", key: str = "bài.pdf|9|1"):
    posted = {"upload_key": key, "upload_name": name, "upload_size": size, "criteria": ["TC03"]}
    return client.post(at("evidence_upload", w.mine.pk), posted, headers=FETCH)


def test_parts_become_one_file_judged_like_any_other(teacher, w):
    data = pdf()
    half = len(data) // 2
    assert send_part(teacher, w, 0, data[:half]).json() == {"received": half}
    assert send_part(teacher, w, 0, data[:half]).json() == {"received": half}  # the answer was lost, sent again
    assert send_part(teacher, w, half + 5, data[half + 5 :]).json() == {"received": half}  # a gap is not taken
    url = at("evidence_part", w.mine.pk) + "?" + urlencode({"key": "bài.pdf|9|1"})
    assert teacher.get(url).json() == {"received": half}
    assert send_part(teacher, w, half, data[half:]).json() == {"received": len(data)}
    assert finish(teacher, w, len(data)).status_code == 201
    kept = Evidence.objects.get()
    with kept.file.content.open() as content:
        assert content.read() == data
    assert (kept.file.name, [use.criterion.code for use in kept.uses.all()]) == ("bài.pdf", ["TC03"])
    assert not UploadPart.objects.exists()


def test_parts_missing_or_bad_together_are_refused_with_a_sentence(teacher, w):
    send_part(teacher, w, 0, b"%PDF-1.7 no more")
    answer = finish(teacher, w, 999)
    assert answer.status_code == 422
    assert "have not arrived" in answer.json()["detail"]
    send_part(teacher, w, 0, b"MZ a program")
    answer = finish(teacher, w, 12)
    assert answer.status_code == 422
    assert "a program" in answer.json()["detail"]
    assert not UploadPart.objects.exists()
    assert not Evidence.objects.exists()


def test_parts_have_their_limits_and_their_owner(teacher, w, client, monkeypatch):
    assert send_part(teacher, w, 0, b"x" * (parts.PART + 1)).status_code == 422
    monkeypatch.setattr(parts, "MAX_BYTES", 10)
    assert send_part(teacher, w, 0, b"x" * 8).status_code == 200
    assert "larger than" in send_part(teacher, w, 8, b"x" * 8).json()["detail"]
    monkeypatch.setattr(parts, "MOST_UNFINISHED", 12)
    assert "have not been finished" in send_part(teacher, w, 0, b"y" * 6, key="other").json()["detail"]
    client.force_login(w.colleague)
    assert send_part(client, w, 8, b"x").status_code == 404
    assert parts.received(owner=w.colleague, place=f"evidence:{w.mine.pk}", key="bài.pdf|9|1") == 0


def test_parts_of_a_byte_each_do_not_fill_the_table(teacher, w, monkeypatch):
    monkeypatch.setattr(parts, "MOST_PARTS", 3)
    assert [send_part(teacher, w, place, b"x").status_code for place in range(4)] == [200, 200, 200, 422]
    assert UploadPart.objects.count() == 3


@pytest.mark.parametrize("name", ["a.p\0df", "a." + "x" * 300, "../../etc/passwd", "..", "", "/"])
def test_no_name_of_an_upload_in_parts_breaks_its_temporary_file(teacher, w, name):
    data = pdf()
    send_part(teacher, w, 0, data)
    assert finish(teacher, w, len(data), name=name).status_code in (201, 422)
    assert not UploadPart.objects.exists()
    assert "/" not in "".join(Evidence.objects.values_list("file__name", flat=True))


def test_parts_are_not_taken_once_submitted(teacher, w):
    bring_to(w.mine, Status.SUBMITTED, head=w.head)
    assert send_part(teacher, w, 0, b"x").status_code == 409


def test_what_nobody_finished_within_a_day_is_forgotten(teacher, w):
    send_part(teacher, w, 0, b"old")
    UploadPart.objects.update(created_at=timezone.now() - timedelta(hours=25))
    send_part(teacher, w, 0, b"new", key="other")
    forget_unfinished()
    assert UploadPart.objects.count() == 1
