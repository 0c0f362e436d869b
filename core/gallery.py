"""Sample data of the component gallery. Names are made up."""

import datetime as dt

from django import forms
from django.core.paginator import Paginator
from django.utils import timezone

from core import charts, icons
from core.decisions import Allowed, Denied
from core.forms import fields, widgets

LEVELS = [("CD", "Chưa đạt"), ("D", "Đạt"), ("K", "Khá"), ("T", "Tốt")]
CRITERIA = [
    "1. Đạo đức nhà giáo",
    "5. Sử dụng phương pháp dạy học và giáo dục theo hướng phát triển phẩm chất, năng lực học sinh",
    "15. Ứng dụng công nghệ thông tin, khai thác và sử dụng thiết bị công nghệ trong dạy học, giáo dục",
]
SCHOOLS = ["Trường THCS Bình Minh", "Trường THCS Hướng Dương", "Trường Tiểu học Hoa Sen", "Trường THCS Sông Lam"]


class SampleForm(forms.Form):
    """One of each field."""

    name = forms.CharField(label="Full name", help_text="As on the staff list.")
    born = fields.DateField(label="Date of birth", help_text="For example 21/11/1985.")
    email = forms.EmailField(label="E-mail", required=False)
    school = forms.ChoiceField(label="School", choices=[("", "Choose a school"), *enumerate(SCHOOLS, 1)])
    level = forms.ChoiceField(
        label="Level",
        choices=LEVELS,
        widget=widgets.RadioList(hints={"K": "Meets the demands of the level below and shares with colleagues."}),
    )
    languages = forms.MultipleChoiceField(
        label="Languages of the report",
        choices=[("vi", "Tiếng Việt"), ("en", "English")],
        widget=widgets.CheckboxList,
        required=False,
    )
    note = fields.LongTextField(
        label="Note", limit=500, required=False, help_text="What did you do, and what came of it?"
    )
    file = forms.FileField(
        label="Evidence",
        required=False,
        widget=widgets.FileDrop(accept=".pdf,.docx", hint="PDF, Word, Excel, PowerPoint or a photograph, up to 20 MB."),
    )
    agree = forms.BooleanField(label="I have read what colleagues will see")


class SampleFilter(forms.Form):
    """A row of filters."""

    q = fields.SearchField(label="Name or number")
    school = forms.ChoiceField(label="School", choices=[("", "All schools"), *enumerate(SCHOOLS, 1)], required=False)
    stage = forms.ChoiceField(label="Stage", choices=[("", "All stages"), ("s", "Submitted")], required=False)


def context(request) -> dict:
    """Everything the gallery shows. ?errors=1 shows the form with its errors."""
    now = timezone.now()
    form = SampleForm({"name": "", "born": "31/02/1985", "level": "X"} if "errors" in request.GET else None)
    events = [
        {
            "when": now,
            "who": "Trần Văn Sơn",
            "what": "Returned with a comment",
            "comment": "Criterion 4 lacks evidence.\nAdd the minutes of the group, please.",
        },
        {"when": now - dt.timedelta(days=1), "who": "Nguyễn Thị Thanh Hương", "what": "Submitted", "comment": ""},
        {"when": now - dt.timedelta(days=9), "who": "", "what": "The cycle was opened", "comment": ""},
    ]
    facts = [
        ("Name", "Nguyễn Thị Thanh Hương"),
        ("School", SCHOOLS[0], "Change"),
        ("Legal basis", "Thông tư 20/2018/TT-BGDĐT, Điều 10"),
    ]
    distribution = [
        (SCHOOLS[0], (1, 4, 18, 9)),
        (SCHOOLS[1], (0, 2, 7, 31)),
        (SCHOOLS[2], None),
        (SCHOOLS[3], (0, 0, 0, 0)),
    ]
    return {
        "form": form,
        "filters": SampleFilter(request.GET or None),
        "icons": sorted(icons.PATHS),
        "events": events,
        "facts": facts,
        "levels": [(code, label, place) for place, (code, label) in enumerate(LEVELS, 1)],
        "page_obj": Paginator(range(1, 486), 20).get_page(request.GET.get("page")),
        "allowed": Allowed(),
        "later": Denied("You can announce it once every criterion is decided: 3 of 15 are missing."),
        "soon": timezone.localdate() + dt.timedelta(days=3),
        "past": timezone.localdate() - dt.timedelta(days=2),
        "far": timezone.localdate() + dt.timedelta(days=30),
        "now": now,
        "tabs": [
            {"url": "?", "label": "All", "current": True, "count": 485},
            {"url": "?tab=open", "label": "Waiting for me", "current": False, "count": 12},
            {"url": "?tab=done", "label": "Decided", "current": False},
        ],
        "stacked": charts.stacked_bars(
            distribution, LEVELS, title="Overall results by school", hidden="fewer than 5 people"
        ),
        "bars": charts.horizontal_bars(
            [(SCHOOLS[0], 32, 40), (SCHOOLS[1], 40, 40), (SCHOOLS[2], 0, 21)],
            title="Self-assessments submitted",
            value_head="Submitted",
        ),
        "columns": charts.columns(
            [("2022-2023", 180), ("2023-2024", 212), ("2024-2025", None), ("2025-2026", 240)],
            title="Teachers evaluated by school year",
            value_head="Teachers",
        ),
        "heat": charts.heat_map(
            CRITERIA,
            SCHOOLS,
            [[0.92, 0.85, None, 1.0], [0.42, 0.61, None, 0.18], [0.0, 0.33, None, 0.55]],
            title="At Khá or above, by criterion and school",
        ),
        "ring": charts.progress_ring(12, 15, title="Criteria answered"),
        "spark": charts.sparkline([3, 4, 4, 7, 6, 9], title="Submitted by day"),
    }
