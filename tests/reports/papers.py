"""Documents of any length without a database: summaries made up from the pack of Circular 20/2018."""

import io
from datetime import UTC, date, datetime, timedelta
from functools import cache
from uuid import UUID

from django.utils.translation import override
from pypdf import PdfReader

from core.localized import localized
from evaluations.enums import REMARKS
from reports.aggregates import Place, publish
from reports.documents.aggregate_pages import aggregate_html
from reports.documents.pages import Made, result_sheet_html, school_summary_html, self_form_html
from reports.documents.pdf import pdf_bytes
from reports.summaries.aggregate import Aggregate
from reports.summaries.common import Frame, Office, level_words
from reports.summaries.result_sheet import Happened, ResultSheet, SheetRow, SheetStandard
from reports.summaries.school import SchoolSummary, SummaryCriterion, SummaryRow, SummaryStandard
from reports.summaries.self_form import FormCriterion, FormStandard, SelfForm
from reports.suppression import hide
from standards.framework_data import FrameworkData, from_pack
from standards.pack_files import PACKS_DIR, read_pack
from standards.presenters import explain, explain_paths
from standards.rating import rate, what_would_it_take

MADE = Made("ab" * 32, date(2026, 11, 21))
SOMEBODY = UUID(int=1)
NOTE = "Đã dự giờ ba tiết; hồ sơ đầy đủ, học sinh tiến bộ rõ so với đầu năm học."


@cache
def framework() -> FrameworkData:
    return from_pack(read_pack(PACKS_DIR / "vn-tt20-2018.json"))


def frame(language: str = "vi") -> Frame:
    data = framework()
    return Frame(
        reference="nam-hoc-2026/MAY-TRANG",
        language=language,
        jurisdiction="VN",
        framework=localized(data.framework_title, language),
        regulation=localized(data.legal.get("name"), language),
        article=localized(data.article(data.rule.article), language),
        key_name=localized(data.key_name, language),
        cycle="Đánh giá giáo viên năm học 2026-2027",
        school_year="2026-2027",
        unit="Trường THCS Mây Trắng",
        offices=(Office("Xã", "Ủy ban nhân dân xã Suối Hoa"), Office("Tỉnh", "Sở Giáo dục và Đào tạo")),
        levels=level_words(data, language),
    )


def _level(number: int) -> str:
    codes = framework().level_codes
    return codes[(number * 7 // 3) % len(codes)]


def school_paper(teachers: int, language: str = "vi", *, group: str = "Tổ Khoa học tự nhiên") -> str:
    """Form 04 of so many teachers as HTML; they are called "Người 1" and so on."""
    data, width = framework(), len(framework().criteria)
    rows = tuple(
        SummaryRow(
            person=f"Người {number}",
            group=group,
            own=tuple(_level(number + place) for place in range(width)),
            own_result=_level(number),
            decided=tuple(_level(number + place // 3) for place in range(width)),
            result=_level(number + 1),
            note="Phản hồi" if number % 9 == 0 else "",
        )
        for number in range(1, teachers + 1)
    )
    summary = SchoolSummary(
        frame=frame(language),
        head="Hoàng Hiệu Trưởng",
        is_full=True,
        standards=tuple(
            SummaryStandard(number, localized(standard.name, language), len(standard.all_criteria))
            for number, standard in enumerate(data.standards, start=1)
        ),
        criteria=tuple(
            SummaryCriterion(criterion.number, localized(criterion.name, language), number, criterion.is_key)
            for number, standard in enumerate(data.standards, start=1)
            for criterion in standard.all_criteria
        ),
        rows=rows,
        people=teachers,
        submitted=teachers,
        rated=teachers,
        announced=teachers,
        excused=0,
        counts=tuple(sum(row.result == code for row in rows) for code in data.level_codes),
    )
    return school_summary_html(summary, MADE)


def form_paper(notes: int, language: str = "vi", *, words: str = NOTE) -> str:
    """Form 01 as HTML; so many of its criteria have a note and a piece of evidence, the others say there is none."""
    standards = tuple(
        FormStandard(
            number,
            localized(standard.name, language),
            tuple(
                FormCriterion(
                    number=criterion.number,
                    name=localized(criterion.name, language),
                    level=_level(criterion.number),
                    note=words if criterion.number <= notes else "",
                    no_evidence=criterion.number > notes,
                    evidence=("Kế hoạch bài dạy (tệp, 12/10/2026)",) if criterion.number <= notes else (),
                )
                for criterion in standard.all_criteria
            ),
        )
        for number, standard in enumerate(framework().standards, start=1)
    )
    form = SelfForm(
        evaluation=SOMEBODY,
        frame=frame(language),
        person="Mai Thị Hương",
        subject="Toán",
        group="Tổ Khoa học tự nhiên",
        standards=standards,
        remarks=dict.fromkeys(REMARKS, words),
        result="K",
        submitted_on=MADE.on,
    )
    with override(language):
        return self_form_html(form, MADE)


def sheet_paper(happened: int, language: str = "vi", *, reasons: int = 4) -> str:
    """A result sheet as HTML with so many lines of what happened and so many reasons."""
    data = framework()
    levels = {criterion.code: "K" if criterion.number > 3 else "D" for criterion in data.criteria}
    standards = tuple(
        SheetStandard(
            number,
            localized(standard.name, language),
            tuple(
                SheetRow(
                    number=criterion.number,
                    name=localized(criterion.name, language),
                    own="T",
                    spread=(0, 1, 3, 2),
                    decided=levels[criterion.code],
                    reason=NOTE if criterion.number <= reasons else "",
                )
                for criterion in standard.all_criteria
            ),
        )
        for number, standard in enumerate(data.standards, start=1)
    )
    begun = datetime(2026, 11, 2, 8, 15, tzinfo=UTC)
    with override(language):
        sheet = ResultSheet(
            frame=frame(language),
            person="Mai Thị Hương",
            group="Tổ Khoa học tự nhiên",
            result=frame(language).level("D"),
            own_result=frame(language).level("T"),
            head="Hoàng Hiệu Trưởng",
            is_announced=True,
            standards=standards,
            answered=6,
            threshold=3,
            opinions_wanted=True,
            explanation=tuple(explain(rate(data.rule, levels).explanation, data, language)),
            next_level=explain_paths(what_would_it_take(data.rule, levels, "K"), data, language),
            remarks=(("Điểm mạnh", "Có tinh thần học hỏi."),),
            story=tuple(
                Happened(begun + timedelta(days=number), "Hoàng Hiệu Trưởng", f"Việc thứ {number}", "", "")
                for number in range(1, happened + 1)
            ),
            objection="",
            answer="",
            acknowledged_at=None,
        )
        return result_sheet_html(sheet, MADE)


def aggregate_paper(schools: int, language: str = "vi", *, rated: int = 12) -> str:
    """The aggregate of a commune with so many schools, each with so many people rated (0: nobody yet), as HTML."""
    data = framework()
    share = (rated // 12, rated // 6, rated // 2, rated - rated // 12 - rated // 6 - rated // 2)
    places = [
        Place(f"Trường {number}", rated + 5, rated + 2, rated, number % 3, share) for number in range(1, schools + 1)
    ]
    criteria = [
        (
            f"{criterion.number}. {localized(criterion.name, language)}",
            tuple(schools * count for count in (share[1:] + share[:1] if criterion.number % 2 else share)),
        )
        for criterion in data.criteria
    ]
    with override(language):
        found = Aggregate(
            frame=frame(language),
            is_full=True,
            by_school=True,
            schools=schools,
            threshold=3,
            criteria=(),
            published=publish(
                places,
                criteria,
                name="Xã Suối Hoa",
                hidden=hide([place.counts for place in places], 3, sums_shown=True),
                hidden_criteria=hide([counts for _name, counts in criteria], 3, sums_shown=False),
            ),
        )
        return aggregate_html(found, MADE)


def pages_of(html: str) -> list[str]:
    """The text of each page of the finished document."""
    reader = PdfReader(io.BytesIO(pdf_bytes(html)))
    return [" ".join(page.extract_text().split()) for page in reader.pages]
