"""The documents themselves: what they say, that they are tagged, whose fonts they carry, the same bytes twice."""

import io
import re
from datetime import date

import pytest
from pypdf import PdfReader

from evaluations.actions.moves import move
from evaluations.enums import Action, CycleKind, Status
from evaluations.models import Sheet
from people.models import StaffRecord
from reports import kinds
from reports.documents.pages import share_text
from reports.enums import ReportKind
from tests.factories.evaluations import EvaluationFactory, fill_decision
from tests.factories.people import SchoolFactory, teacher_of

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 21)


def make(w, kind, *, by=None, evaluation=None, unit=None, language="vi", on=DAY) -> kinds.Document:
    subject = kinds.Subject(kind, w.cycle, unit or w.school, evaluation, language, by or w.teacher)
    return kinds.make(subject, on=on)


def read(document: kinds.Document) -> PdfReader:
    return PdfReader(io.BytesIO(document.data))


def text_of(document: kinds.Document) -> str:
    return " ".join(" ".join(page.extract_text() for page in read(document).pages).split())


def fonts_of(reader: PdfReader) -> dict[str, bool]:
    """Name -> is it embedded."""
    fonts = {}
    for page in reader.pages:
        for font in page["/Resources"]["/Font"].values():
            inner = font["/DescendantFonts"][0]
            fonts[font["/BaseFont"].split("+")[-1]] = "/FontFile2" in inner["/FontDescriptor"]
    return fonts


@pytest.fixture
def every_kind(world):
    """(kind, document) of each PDF, in Vietnamese."""
    return {
        ReportKind.SELF_FORM: make(world, ReportKind.SELF_FORM, evaluation=world.mine),
        ReportKind.RESULT_SHEET: make(world, ReportKind.RESULT_SHEET, evaluation=world.mine),
        ReportKind.SCHOOL_SUMMARY: make(world, ReportKind.SCHOOL_SUMMARY, by=world.head),
        ReportKind.AGGREGATE_PDF: make(world, ReportKind.AGGREGATE_PDF, by=world.officer, unit=world.commune),
    }


def test_every_document_is_tagged_titled_and_in_its_language(every_kind):
    for kind, document in every_kind.items():
        root = read(document).trailer["/Root"]
        assert root["/MarkInfo"]["/Marked"], kind
        assert root["/StructTreeRoot"]["/K"], kind
        assert root["/Lang"] == "vi", kind
        assert root["/ViewerPreferences"]["/DisplayDocTitle"], kind
        assert read(document).metadata.title, kind
        assert b"pdfuaid:part" in root["/Metadata"].get_data(), kind


def test_every_font_is_ours_and_embedded(every_kind):
    for document in every_kind.values():
        fonts = fonts_of(read(document))
        assert all(fonts.values()), fonts
        assert all(name.startswith(("Chuan-", "/Chuan-")) for name in fonts), fonts


def test_the_same_content_gives_the_same_bytes(world, every_kind):
    again = make(world, ReportKind.SELF_FORM, evaluation=world.mine)
    assert again.data == every_kind[ReportKind.SELF_FORM].data
    assert again.stamp == every_kind[ReportKind.SELF_FORM].stamp


def test_form_01_says_what_the_teacher_said(world):
    StaffRecord.objects.create(user=world.teacher, subject="Toán")
    text = text_of(make(world, ReportKind.SELF_FORM, evaluation=world.mine, language="en"))
    for words in (
        "SOCIALIST REPUBLIC OF VIETNAM",
        "TEACHER'S SELF-ASSESSMENT FORM",
        "Full name of the teacher: Mai Thị Hương",
        "Subject taught: Toán",
        "Standard 2. Professional knowledge and practice",
        "Kế hoạch bài dạy Toán 8 (link)",
        "Tôi sẽ bổ sung sau.",
        "Overall result of the self-assessment: Good",
        "Page 1/",
    ):
        assert words in text, words
    assert "DRAFT" not in text


def test_a_form_that_was_not_submitted_says_so(world):
    text = text_of(make(world, ReportKind.SELF_FORM, evaluation=world.artists, by=world.artist, language="en"))
    assert "DRAFT" in text
    assert "Overall result of the self-assessment: …" in text


def test_vietnamese_comes_out_of_the_file_as_it_went_in(world):
    world.mine.sheets.filter(kind="self").update(strengths="Ưu điểm: gần gũi, kiên nhẫn; vở ghi sạch sẽ, ngăn nắp.")
    text = text_of(make(world, ReportKind.SELF_FORM, evaluation=world.mine))
    assert "Ưu điểm: gần gũi, kiên nhẫn; vở ghi sạch sẽ, ngăn nắp." in text
    assert "Phát triển chuyên môn bản thân" in text
    assert "Sử dụng ngoại ngữ hoặc tiếng dân tộc" in text


def test_thai_is_set_in_our_own_face(world):
    world.mine.sheets.filter(kind="self").update(strengths="ครูผู้สอนที่ดี")
    fonts = fonts_of(read(make(world, ReportKind.SELF_FORM, evaluation=world.mine)))
    assert any("Thai" in name for name in fonts), fonts
    assert all(name.startswith(("Chuan-", "/Chuan-")) for name in fonts), fonts


def test_the_result_sheet_explains_the_result(world):
    text = text_of(make(world, ReportKind.RESULT_SHEET, evaluation=world.mine, language="en"))
    for words in (
        "The overall result is Good",
        "Very good is not reached",
        "Article 10, clause 2",
        "What the level Very good would take",
        "3 colleagues gave an opinion",
        "0 · 0 · 0 · 3",
        "Qua dự giờ và hồ sơ.",
        "Result announced",
        "Hoàng Hiệu Trưởng",
        "Reference",
        "Fingerprint of the content",
    ):
        assert words in text, words
    assert "NOT YET ANNOUNCED" not in text


def test_opinions_under_the_threshold_are_on_no_paper(world):
    world.mine.sheets.filter(kind="opinion", author=world.artist).delete()
    text = text_of(make(world, ReportKind.RESULT_SHEET, evaluation=world.mine, language="en"))
    assert "Fewer than 3 colleagues gave an opinion" in text
    assert not re.search(r"\b\d · \d · \d · \d\b", text), "how many gave which level is hidden"


def test_the_remarks_of_the_head_are_printed(world):
    Sheet.objects.filter(evaluation=world.mine, kind="decision").update(improvements="Dạy học phân hóa nhiều hơn")
    text = text_of(make(world, ReportKind.RESULT_SHEET, evaluation=world.mine, language="en"))
    assert "Remarks to the teacher Points to improve Dạy học phân hóa nhiều hơn" in text
    assert "Strengths" not in text


def test_form_04_says_while_results_are_not_announced(world):
    text = text_of(make(world, ReportKind.SCHOOL_SUMMARY, by=world.head, language="en"))
    assert "Provisional: the result of 1 of 4 people has been announced" in text
    fill_decision(world.theirs, world.head)
    move(evaluation=world.theirs, action=Action.DECIDE, by=world.head)
    text = text_of(make(world, ReportKind.SCHOOL_SUMMARY, by=world.head, language="en"))
    assert "Not announced yet" in text


def test_an_objection_and_its_answer_are_printed_in_full(world):
    move(evaluation=world.mine, action=Action.OBJECT, by=world.teacher, comment="Tiêu chí 6 đã có minh chứng.")
    mine = move(evaluation=world.mine, action=Action.UPHOLD, by=world.head, comment="Đã xem lại, giữ nguyên.")
    text = text_of(make(world, ReportKind.RESULT_SHEET, evaluation=mine, language="en"))
    assert "Tiêu chí 6 đã có minh chứng." in text
    assert "Đã xem lại, giữ nguyên." in text


def test_a_copy_for_the_leaders_says_that_it_is_not_announced(world):
    fill_decision(world.theirs, world.head, "T")
    theirs = move(evaluation=world.theirs, action=Action.DECIDE, by=world.head)
    text = text_of(make(world, ReportKind.RESULT_SHEET, evaluation=theirs, by=world.head, language="en"))
    assert "NOT YET ANNOUNCED" in text
    assert "would take" not in text  # nothing is above the highest level


def test_form_04_has_every_teacher_and_the_totals(world):
    document = make(world, ReportKind.SCHOOL_SUMMARY, by=world.head, language="en")
    text = text_of(document)
    for person in (world.teacher, world.colleague, world.leader, world.artist):
        assert person.full_name in text
    assert "4 people in the cycle, 0 excused and not counted; 3 of 4 submitted, 1 of 4 rated." in text
    assert "100.0 %" in text
    box = read(document).pages[0].mediabox
    assert box.width > box.height


def test_form_04_says_that_the_months_of_who_is_excused_are_months_worked(world):
    words = {"excuse_reason": "maternity", "excuse_months": 3, "comment": "Nghỉ thai sản"}
    draft = world.cycle.evaluations.get(status=Status.DRAFT)
    move(evaluation=draft, action=Action.EXCUSE, by=world.head, **words)
    text = text_of(make(world, ReportKind.SCHOOL_SUMMARY, by=world.head))
    assert "Không đánh giá: Nghỉ thai sản; làm việc 3 tháng" in text


def test_form_04_of_sixty_teachers_repeats_its_head_on_every_page(world):
    from tests.factories.evaluations import EvaluationFactory
    from tests.factories.people import teacher_of

    for _number in range(60):
        person = teacher_of(world.school, world.group_math)
        EvaluationFactory(cycle=world.cycle, subject=person, unit=world.school, group=world.group_math, sheet=False)
    document = make(world, ReportKind.SCHOOL_SUMMARY, by=world.head, language="en")
    pages = [" ".join(page.extract_text().split()) for page in read(document).pages]
    assert len(pages) >= 5
    assert all("Full name" in page for page in pages[:-1])


def test_form_04_asks_the_same_of_the_database_for_one_and_for_many(world, django_assert_num_queries):
    from tests.factories.evaluations import EvaluationFactory
    from tests.factories.people import teacher_of

    subject = kinds.Subject(ReportKind.SCHOOL_SUMMARY, world.cycle, world.school, None, "en", world.head)
    kinds.stamp(subject)
    with django_assert_num_queries(4):
        kinds.stamp(subject)
    for _number in range(20):
        EvaluationFactory(cycle=world.cycle, subject=teacher_of(world.school), unit=world.school, sheet=False)
    with django_assert_num_queries(4):
        kinds.stamp(subject)


def test_the_aggregate_shows_completion_and_hides_small_numbers(world):
    text = text_of(make(world, ReportKind.AGGREGATE_PDF, by=world.officer, unit=world.commune, language="en"))
    for words in ("teachers in the cycle", "3 75.0 %", "Numbers from 1 to 2 are hidden"):
        assert words in text, words
    assert world.school.name in text


def test_a_document_reaches_nothing_outside(world):
    from reports.documents.pdf import ForeignAddressError, pdf_bytes

    for address in ("https://example.org/x.png", "file:///etc/passwd", "../../etc/passwd", "http://127.0.0.1/"):
        with pytest.raises(ForeignAddressError):
            pdf_bytes(f"<html lang='en'><title>x</title><img src='{address}' alt='x'></html>")
    assert pdf_bytes("<html lang='en'><title>x</title><p>x</p></html>").startswith(b"%PDF")


def test_what_people_write_is_never_markup(world):
    world.mine.sheets.filter(kind="self").update(strengths="<img src='https://example.org/x.png'> & <b>đậm</b>")
    assert "<b>đậm</b>" in text_of(make(world, ReportKind.SELF_FORM, evaluation=world.mine))


@pytest.mark.parametrize(
    ("count", "of", "text"), [(6, 38, "15.8 %"), (1, 3, "33.3 %"), (2, 3, "66.7 %"), (1, 8, "12.5 %"), (0, 0, "–")]
)
def test_shares_are_rounded_half_up(count, of, text):
    assert share_text(count, of) == text


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_self_only_cycle_of_six_schools_is_one_page_without_results(world, language):
    world.cycle.kind, world.cycle.opinions_wanted = CycleKind.SELF_ONLY, False
    world.cycle.save()
    for number in range(4):
        school = SchoolFactory(parent=world.commune, name=f"Trường Tiểu học Cánh Diều Xanh {number}")
        world.cycle.units.add(school)
        EvaluationFactory(cycle=world.cycle, subject=teacher_of(school), unit=school, sheet=False)
    world.cycle.units.filter(pk__in=[world.school.pk, world.other_school.pk]).update(name="Trường THCS Mây Trắng")
    world.cycle.name, world.commune.name = "Tự đánh giá giáo viên, năm học 2026-2027", "Ủy ban nhân dân xã Cầu Vồng"
    document = make(world, ReportKind.AGGREGATE_PDF, by=world.officer, unit=world.commune, language=language)
    assert len(read(document).pages) == 1
    if language == "en":
        text = text_of(document)
        assert "In this cycle teachers assess themselves" in text
        assert "know their result" not in text
        assert "Result announced" not in text
        assert "Fingerprint of the content" in text


def test_a_heading_stays_with_its_table(world):
    """No page of the result sheet ends with the heading of a table that begins on the next."""
    pages = [
        page.extract_text()
        for page in read(make(world, ReportKind.RESULT_SHEET, evaluation=world.mine, language="en")).pages
    ]
    page = next(text for text in pages if "Criterion by criterion" in text)
    assert "1. Teacher ethics" in page.split("Criterion by criterion")[1]
