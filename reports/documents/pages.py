"""Summaries to the HTML of documents. Everything a template prints comes from the summary and the day it was made."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.template.loader import render_to_string
from django.utils import dateformat
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from reports.summaries.common import Frame
from reports.summaries.result_sheet import ResultSheet
from reports.summaries.school import SchoolSummary, SummaryRow
from reports.summaries.self_form import SelfForm

OFFICIAL_DATES = {"vi": r"\n\g\à\y d \t\h\á\n\g m \n\ă\m Y", "en": "j F Y", "th": "j F Y", "ru": "j E Y"}
"""The date beside a signature, as each language writes it."""

BLANK = "………………, "
"""The place is written by hand: an office's name is not the name of a place."""


@dataclass(frozen=True)
class Made:
    """What a document says of itself: the content's fingerprint and the day it was asked for."""

    stamp: str
    on: date

    @property
    def fingerprint(self) -> str:
        """Sixteen characters in groups: enough to compare by eye."""
        return " ".join(self.stamp[start : start + 4] for start in range(0, 16, 4)).upper()


@dataclass(frozen=True)
class Mark:
    """A decided level in a table of marks."""

    short: str
    differs: bool


@dataclass(frozen=True)
class MarkedRow:
    """A teacher's two lines as the table prints them."""

    person: str
    group: str
    own: tuple[str, ...]
    own_result: str
    decided: tuple[Mark, ...]
    result: str
    result_differs: bool
    note: str


@dataclass(frozen=True)
class Total:
    name: str
    count: int
    share: str


def official_date(day: date, language: str) -> str:
    """ "ngày 05 tháng 06 năm 2027", "5 June 2027"."""
    return dateformat.format(day, OFFICIAL_DATES.get(language, OFFICIAL_DATES["en"]))


def self_form_html(form: SelfForm, made: Made, *, is_preview: bool = False) -> str:
    """Form 01. `is_preview`: of standards that are not in force, marked so."""
    return render(
        "pdf/self_form.html",
        form,
        made,
        columns=len(form.frame.levels) + 2,
        result=form.frame.level(form.result),
        is_preview=is_preview,
        place=BLANK,
        signed_on=official_date(form.submitted_on, form.frame.language) if form.submitted_on else "",
    )


def result_sheet_html(sheet: ResultSheet, made: Made) -> str:
    """The result sheet of one teacher."""
    shows = sheet.answered is not None
    with override(sheet.frame.language):
        note = _opinions_note(sheet)
    return render(
        "pdf/result_sheet.html",
        sheet,
        made,
        columns=5 if shows else 4,
        shows_opinions=shows,
        opinions_note=note,
        place=BLANK,
        signed_on=official_date(made.on, sheet.frame.language),
    )


def _opinions_note(sheet: ResultSheet) -> str:
    if not sheet.opinions_wanted:
        return _("In this cycle no opinions of colleagues were asked for.")
    if sheet.answered is None:
        return _("Fewer than %(number)s colleagues gave an opinion, so none is shown.") % {"number": sheet.threshold}
    text = ngettext(
        "%(number)s colleague gave an opinion; opinions advise the head and are not averaged into the result.",
        "%(number)s colleagues gave an opinion; opinions advise the head and are not averaged into the result.",
        sheet.answered,
    )
    return text % {"number": sheet.answered}


def school_summary_html(summary: SchoolSummary, made: Made) -> str:
    """Form 04."""
    shorts = {level.code: level.short for level in summary.frame.levels}
    with override(summary.frame.language):
        totals = [
            Total(level.name, count, share_text(count, summary.rated))
            for level, count in zip(summary.frame.levels, summary.counts, strict=True)
        ]
        sentence = ngettext(
            "%(people)s person in the cycle, %(excused)s excused and not counted; %(submitted)s of %(people)s submitted, "
            "%(rated)s of %(people)s rated.",
            "%(people)s people in the cycle, %(excused)s excused and not counted; %(submitted)s of %(people)s submitted, "
            "%(rated)s of %(people)s rated.",
            summary.people,
        )
        sentence %= {
            "people": summary.people,
            "excused": summary.excused,
            "submitted": summary.submitted,
            "rated": summary.rated,
        }
    return render(
        "pdf/school_summary.html",
        summary,
        made,
        rows=[_marked(row, shorts) for row in summary.rows],
        columns=len(summary.criteria) + 5,
        totals=totals,
        totals_sentence=sentence,
        place=BLANK,
        signed_on=official_date(made.on, summary.frame.language),
    )


def _marked(row: SummaryRow, shorts: dict[str, str]) -> MarkedRow:
    return MarkedRow(
        person=row.person,
        group=row.group,
        own=tuple(shorts.get(code, "") for code in row.own),
        own_result=shorts.get(row.own_result, ""),
        decided=tuple(
            Mark(shorts.get(code, ""), bool(code and own and code != own))
            for own, code in zip(row.own, row.decided, strict=True)
        ),
        result=shorts.get(row.result, ""),
        result_differs=bool(row.result and row.own_result and row.result != row.own_result),
        note=row.note,
    )


def share_text(count: int, of: int) -> str:
    """A share for display: one decimal, an en dash without a denominator. Shown shares need not add to 100."""
    if not of:
        return "–"
    tenths = (2000 * count + of) // (2 * of)  # rounded half up; Django's number_format cuts off
    return f"{number_format(Decimal(tenths) / 10, decimal_pos=1, use_l10n=True)} %"


def render(template: str, doc: Any, made: Made, **more: Any) -> str:
    """A template with a summary, in the summary's own language."""
    frame: Frame = doc.frame
    with override(frame.language):
        context = {
            "doc": doc,
            "fingerprint": made.fingerprint,
            "made_on": official_date(made.on, frame.language),
            **more,
        }
        return render_to_string(template, context)
