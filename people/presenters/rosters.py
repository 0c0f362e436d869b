"""A roster's rows in words: what is new, what changes from what to what, what is wrong."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.spreadsheets import Sheet, workbook_bytes
from people.enums import Gender, Role
from people.models import ImportRow, RosterImport
from people.roster.corrections import cells_to_correct, titles_to_correct
from people.roster.dates import as_far_as_known

LABELS = {
    "ordinal": gettext_lazy("Number"),
    "full_name": gettext_lazy("Full name"),
    "family_name": gettext_lazy("Family and middle name"),
    "middle_name": gettext_lazy("Middle name"),
    "given_name": gettext_lazy("Given name"),
    "person_code": gettext_lazy("Personal identifier"),
    "birth_date": gettext_lazy("Date of birth"),
    "birth_date_m": gettext_lazy("Date of birth (men)"),
    "birth_date_f": gettext_lazy("Date of birth (women)"),
    "birth_day": gettext_lazy("Day of birth"),
    "birth_month": gettext_lazy("Month of birth"),
    "birth_year": gettext_lazy("Year of birth"),
    "gender": gettext_lazy("Gender"),
    "gender_m": gettext_lazy("Gender (men)"),
    "gender_f": gettext_lazy("Gender (women)"),
    "ethnicity": gettext_lazy("Ethnicity"),
    "group": gettext_lazy("Professional group"),
    "subject": gettext_lazy("Subject taught"),
    "role": gettext_lazy("Role"),
    "qualification": gettext_lazy("Qualification"),
    "title_rank": gettext_lazy("Professional title rank"),
    "party_member": gettext_lazy("Party member"),
    "joined_on": gettext_lazy("Entered the profession"),
    "joined_precision": gettext_lazy("Entered the profession: as exactly as"),
    "status": gettext_lazy("Whether at work here"),
    "email": gettext_lazy("E-mail"),
    "phone": gettext_lazy("Phone"),
    "username": gettext_lazy("User name"),
}
TEMPLATE = (
    ("STT", "No.", 6),
    ("Mã định danh", "Identifier", 16),
    ("Họ và tên", "Full name", 28),
    ("Ngày sinh", "Date of birth", 14),
    ("Giới tính", "Gender", 11),
    ("Dân tộc", "Ethnicity", 11),
    ("Tổ chuyên môn", "Professional group", 26),
    ("Môn dạy", "Subject", 18),
    ("Chức vụ", "Role", 18),
    ("Trình độ chuyên môn", "Qualification", 20),
    ("Hạng CDNN", "Rank", 11),
    ("Đảng viên", "Party member", 11),
    ("Ngày vào ngành", "Entered the profession", 16),
    ("Email", "E-mail", 30),
    ("Điện thoại", "Phone", 14),
)
PRECISIONS = {"day": gettext_lazy("day"), "month": gettext_lazy("month"), "year": gettext_lazy("year")}


@dataclass(frozen=True)
class RowView:
    number: int
    outcome: str
    outcome_label: str
    tone: str
    name: str
    place: str
    username: str
    errors: list[str]
    notes: list[str]
    changes: list[tuple[str, str, str]]  # label, old, new
    facts: list[tuple[str, str]]  # label, what was read, of somebody new


TONES = {"new": "success", "changed": "info", "unchanged": "neutral", "skipped": "neutral", "error": "danger"}
FACTS = ("person_code", "birth_date", "gender", "subject", "joined_on")


def row_views(rows: list[ImportRow]) -> list[RowView]:
    """The rows of a preview."""
    return [_row_view(row) for row in rows]


def _row_view(row: ImportRow) -> RowView:
    values = row.values
    role = words_of("role", values.get("role", ""))
    return RowView(
        number=row.number,
        outcome=row.outcome,
        outcome_label=str(row.get_outcome_display()),
        tone=TONES[row.outcome],
        name=values.get("full_name", ""),
        place=", ".join(text for text in (role, values.get("group", "")) if text),
        username=values.get("username", "") if row.outcome != "error" else "",
        errors=[message["text"] for message in row.messages if message["level"] == "error"],
        notes=[message["text"] for message in row.messages if message["level"] == "note"],
        changes=[
            (
                str(LABELS[change["field"]]),
                words_of(change["field"], change["old"]),
                words_of(change["field"], change["new"]),
            )
            for change in row.changes
        ],
        facts=_facts(values) if row.outcome == "new" else [],
    )


def _facts(values: dict) -> list[tuple[str, str]]:
    told = values | {"joined_on": as_far_as_known(values.get("joined_on", ""), values.get("joined_precision", ""))}
    return [(str(LABELS[name]), words_of(name, told[name])) for name in FACTS if told.get(name)]


def words_of(name: str, value: object) -> str:
    """A stored value as people read it; an en dash for nothing."""
    if value is None:
        return _("not shown")
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if not value:
        return "" if name == "role" else "–"
    if name == "role":
        return str(Role(value).label)
    if name == "gender":
        return str(Gender(value).label)
    if name == "joined_precision":
        return str(PRECISIONS[value])
    if name in ("birth_date", "joined_on"):
        return "/".join(reversed(value.split("-")))  # 03/09/2001, 09/2001, 2001
    return str(value)


def column_rows(roster: RosterImport) -> list[tuple[str, str]]:
    """(title as written, what it was understood as, "" for nothing) for every column of the file, in its order."""
    return [(title, str(LABELS[name]) if name else "") for title, name in roster.columns]


def error_workbook(roster: RosterImport, rows: list[ImportRow]) -> bytes:
    """The rows with errors under the file's own header, and the reason in a last column: made to be read again."""
    titles = titles_to_correct(roster, rows)
    table = []
    for row in rows:
        reasons = "; ".join(message["text"] for message in row.messages if message["level"] == "error")
        table.append([*cells_to_correct(roster, row, len(titles) - 1), reasons])
    widths = [max(10, min(40, len(title) + 4)) for title in titles[:-1]]
    return workbook_bytes([Sheet(_("Rows with errors"), titles, table, [*widths, 70])])


def template_workbook(language: str) -> bytes:
    """An empty roster with the columns the product knows, in Vietnamese or English."""
    vietnamese = language == "vi"
    header = [title[0] if vietnamese else title[1] for title in TEMPLATE]
    roles = ("Giáo viên", "Tổ trưởng", "Phó hiệu trưởng", "Hiệu trưởng")
    genders = ("Nữ", "Nam")
    if not vietnamese:
        roles, genders = ("Teacher", "Group leader", "Deputy head", "Head"), ("Female", "Male")
    sheet = Sheet(
        _("Roster"),
        header,
        [[""] * len(header) for _line in range(60)],
        [title[2] for title in TEMPLATE],
        {4: genders, 8: roles},
    )
    return workbook_bytes([sheet])
