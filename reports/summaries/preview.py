"""Form 01 of a draft of standards, empty: what a teacher would get on paper once the draft is published."""

from uuid import UUID

from django.utils.translation import gettext as _

from core.localized import localized
from evaluations.enums import REMARKS
from reports.summaries.common import Frame, level_words
from reports.summaries.self_form import SelfForm, form_standards
from standards.queries import FrameworkData

DOTS = "…………………………………………"


def preview_form(draft: UUID, data: FrameworkData, language: str) -> SelfForm:
    """The form without a person. `draft` stands where an evaluation's id would."""
    frame = Frame(
        reference=_("Preview"),
        language=language,
        jurisdiction=data.jurisdiction,
        framework=localized(data.framework_title, language),
        regulation=localized(data.legal.get("name"), language),
        article=localized(data.article(data.rule.article), language),
        key_name=localized(data.key_name, language),
        cycle="",
        school_year="…………",
        unit=DOTS,
        offices=(),
        levels=level_words(data, language),
    )
    return SelfForm(
        evaluation=draft,
        frame=frame,
        person=DOTS,
        subject="",
        group="",
        standards=form_standards(data, {}, {}, language),
        remarks=dict.fromkeys(REMARKS, ""),
        result="",
        submitted_on=None,
    )
