"""From a row as written to the person it means, with every doubt said in words. No database here."""

import re
from collections.abc import Container
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from core.dates import date_words
from core.names import proper_name
from core.spreadsheets import looks_like_formula
from people.ages import birth_problem, born_at_latest, joining_problem
from people.enums import Gender, Role
from people.roster import dates, names, values
from people.roster.header import Header
from people.roster.identifiers import BadIdentifier, Pattern, read_identifier
from people.roster.names import NAME_FIELDS, holds_parts, without_remarks
from people.roster.sheet import RawRow
from people.roster.words import group_key, is_blank_word, is_group_title, text_of, word_key

LIMITS = {"full_name": 120, "ethnicity": 60, "subject": 80, "group": 100}
GENDER_COLUMNS = {
    "gender_m": Gender.MALE,
    "gender_f": Gender.FEMALE,
    "birth_date_m": Gender.MALE,
    "birth_date_f": Gender.FEMALE,
}
MANAGEMENT = {"bangiamhieu", "bgh", "canboquanly", "cbql", "lanhdao", "bangiamhieunhatruong", "hieutruong"}
"""Words in the group column that name no professional group."""


@dataclass
class RosterRow:
    """One person of the file. `values` are JSON-ready; dates are ISO texts."""

    number: int
    raw: dict[str, str]
    values: dict = field(default_factory=dict)
    messages: list[dict] = field(default_factory=list)
    is_left_out: bool = False  # staff who do not teach, who has left, or the same person a second time
    has_left: bool = False
    assumed: set[str] = field(default_factory=set)  # fields that an empty cell tells: they change nothing that is known

    @property
    def has_errors(self) -> bool:
        return any(message["level"] == "error" for message in self.messages)

    def error(self, name: str, text: str) -> None:
        """A reason why this row cannot be taken over."""
        self._say("error", name, text)

    def note(self, name: str, text: str) -> None:
        """Something done or left out that the reader should know."""
        self._say("note", name, text)

    def _say(self, level: str, name: str, text: str) -> None:
        message = {"level": level, "field": name, "text": str(text)}
        if message not in self.messages:
            self.messages.append(message)


class RowReader:
    """Reads the rows of one sheet. `pattern`: what the identifiers of this school look like; `known_codes`: theirs."""

    def __init__(
        self,
        header: Header,
        pattern: Pattern,
        today: date,
        known_codes: Container[str] = (),
    ):
        self.header, self.pattern, self.today, self.known_codes = header, pattern, today, known_codes
        self.youngest = born_at_latest(today)

    def read(self, raw: RawRow) -> RosterRow:
        """The person of `raw`, with errors and notes."""
        row = RosterRow(raw.number, raw.raw)
        cells = self._without_formulas(raw, row)
        self._name(cells, row)
        self._identifier(cells, row)
        self._birth(cells, row)
        self._joined(cells, row)
        self._gender(cells, row)
        self._role_and_group(cells, row, raw.section)
        self._status(cells, row)
        self._texts(cells, row)
        self._contacts(cells, row)
        if row.is_left_out:  # nobody has to correct what is not taken over
            row.messages = [message for message in row.messages if message["field"] in ("role", "status")]
        return row

    def _without_formulas(self, raw: RawRow, row: RosterRow) -> dict:
        cells = {}
        for name, value in raw.cells.items():
            if name != "ordinal" and looks_like_formula(value):
                row.error(
                    name,
                    _("“%(column)s” holds a formula or text that starts like one (%(text)s). Type the value itself.")
                    % {"column": self._title(name), "text": text_of(value)[:60]},
                )
            else:
                cells[name] = value
        return cells

    def _title(self, name: str) -> str:
        column = self.header.column(name)
        return self.header.titles[column] if column is not None else name

    def _name(self, cells: dict, row: RosterRow) -> None:
        parts = [proper_name(text_of(cells.get(name))) for name in ("family_name", "middle_name", "given_name")]
        whole = text_of(cells.get("full_name"))
        written, whole = whole, self._whole_name(whole, parts)
        if written and parts[0] and parts[2] and written != whole:
            row.note(
                "full_name",
                _("“%(column)s” says “%(text)s”: the name was read from its parts.")
                % {"column": self._title("full_name"), "text": written[:60]},
            )
        whole, remarks = without_remarks(whole)
        for text in remarks:
            row.note("full_name", _("“%(text)s” is not part of the name and was left out.") % {"text": text[:60]})
        name = proper_name(whole).strip(" .,;*")
        row.values["full_name"] = name[: LIMITS["full_name"]]
        if any(message["field"] in NAME_FIELDS for message in row.messages if message["level"] == "error"):
            return
        if not name:
            row.error("full_name", _("The name is missing."))
        elif names.is_old_font(name):
            row.error(
                "full_name",
                _("“%(text)s” is in an old font (TCVN3 or VNI). Convert the workbook to Unicode.")
                % {"text": name[:60]},
            )
        elif not names.is_name(name):
            row.error("full_name", _("“%(text)s” is not a name of a person.") % {"text": name[:60]})
        elif len(name) > LIMITS["full_name"]:
            row.error("full_name", _("The name is longer than %(limit)d letters.") % {"limit": LIMITS["full_name"]})
        elif names.may_be_two(cells.get("full_name")):
            row.note("full_name", _("The cell has several lines: are these two people? Then give each a row."))
        elif " " not in name:
            row.note("full_name", _("The name has only one word: is the family name missing?"))

    def _whole_name(self, whole: str, parts: list[str]) -> str:
        """One name from its columns. Beside family name and given name, a whole name counts only if it holds both."""
        family, _middle, given = parts
        column = self.header.column("full_name")
        if family and given and not holds_parts(whole, family, given):
            whole = ""
        elif (
            whole
            and given
            and not whole.lower().endswith(given.lower())
            and column + 1 == self.header.column("given_name")
        ):
            return f"{proper_name(whole)} {given}"  # "Họ và tên" over both columns
        return whole or " ".join(part for part in parts if part)

    def _identifier(self, cells: dict, row: RosterRow) -> None:
        row.values["person_code"] = ""
        try:
            value = cells.get("person_code")
            row.values["person_code"], restored = read_identifier(value, self.pattern, self.known_codes)
        except BadIdentifier as error:
            row.error("person_code", str(error))
            return
        if restored:
            row.note(
                "person_code",
                _("Excel had removed the zeros before the identifier: %(old)s was read as %(new)s.")
                % {"old": text_of(cells["person_code"]), "new": row.values["person_code"]},
            )
        elif not row.values["person_code"] and "person_code" in self.header.known and not row.has_errors:
            row.note("person_code", _("No identifier: the person is recognised by name and date of birth."))

    def _date(self, name: str, cells: dict, row: RosterRow, latest: date) -> dates.ReadDate | None:
        try:
            read = dates.read_date(
                cells.get(name) if not is_blank_word(text_of(cells.get(name))) else None,
                latest=latest,
                month_first=dates.is_month_first(self._title(name)),
            )
        except dates.ImpossibleDate as error:
            row.error(name.removesuffix("_m").removesuffix("_f"), str(error))
            return None
        if read and read.two_digits:
            row.note(
                name,
                _("The year of “%(text)s” was read as %(year)d.")
                % {"text": text_of(cells[name]), "year": read.day.year},
            )
        if read and read.is_count:
            row.note(
                name,
                _("“%(text)s” was read as %(date)s, as Excel counts days: is that right?")
                % {"text": text_of(cells[name]), "date": date_words(read.day)},
            )
        return read

    def _birth(self, cells: dict, row: RosterRow) -> None:
        row.values["birth_date"] = ""
        name = next((name for name in ("birth_date", "birth_date_m", "birth_date_f") if name in cells), "birth_date")
        read = self._date(name, cells, row, self.youngest)
        if read is None:
            return
        if problem := birth_problem(read.day, self.today):
            row.error("birth_date", problem)
        elif read.precision != dates.Precision.DAY:
            row.note(
                "birth_date",
                _("The date of birth is incomplete (%(text)s) and was left out.") % {"text": text_of(cells[name])},
            )
        else:
            row.values["birth_date"] = read.day.isoformat()

    def _joined(self, cells: dict, row: RosterRow) -> None:
        row.values |= {"joined_on": "", "joined_precision": ""}
        read = self._date(
            "joined_on", cells, row, self.today.replace(year=self.today.year + 1, day=min(self.today.day, 28))
        )
        if read is None:
            return
        birth = row.values["birth_date"]
        if problem := joining_problem(date.fromisoformat(birth) if birth else None, read.day, self.today):
            row.error("joined_on", problem)
        else:
            row.values |= {"joined_on": read.day.isoformat(), "joined_precision": read.precision.value}
            if read.precision == dates.Precision.MONTH:
                row.note("joined_on", _("Only month and year of entering the profession are given: kept so."))
            elif read.precision == dates.Precision.YEAR:
                row.note("joined_on", _("Only the year of entering the profession is given: kept so."))

    def _gender(self, cells: dict, row: RosterRow) -> None:
        """From a word, from ticks, from the column with the date of birth. Nobody is a man for an empty cell alone where
        more is known of them."""
        title = self._title("gender")
        gender = values.read_gender(cells.get("gender"), title=title)
        told = {
            meant
            for name, meant in GENDER_COLUMNS.items()
            if name in cells and values.read_tick(cells[name]) is not False
        } | ({gender} - {None, ""})
        row.values["gender"] = str(told.pop()) if len(told) == 1 else ""
        if told:
            row.note("gender", _("Two columns tell different genders: it was left out."))
        elif not row.values["gender"] and gender == "" and values.is_for_women(title):
            row.values["gender"] = str(Gender.MALE)
            row.assumed.add("gender")
        elif gender is None:
            row.note(
                "gender",
                _("The gender “%(text)s” is not known and was left out.") % {"text": text_of(cells["gender"])[:40]},
            )

    def _role_and_group(self, cells: dict, row: RosterRow, section: str) -> None:
        text = text_of(cells.get("role")) or (section if values.read_role(section).staff else "")
        read = values.read_role(text)
        group = text_of(cells.get("group"))
        if is_blank_word(group):
            group = section if is_group_title(section) else ""
        if re.fullmatch(r"[\d\s+,&-]+", group):
            group = f"{self._kind_of_group()} {group}"
        if group_key(group) in MANAGEMENT:
            group = ""
        row.values |= {"role": str(read.role or "") if text else "", "group": group[: LIMITS["group"]]}
        if read.staff:
            row.is_left_out = True
            row.note(
                "role",
                _("“%(text)s” does not teach: left out, teachers' standards do not apply.") % {"text": text[:60]},
            )
        elif read.role is None:
            row.error(
                "role",
                _("The role “%(text)s” is not known. Write teacher, group leader, deputy head or head.")
                % {"text": text[:60]},
            )
        elif read.deputy_of_group:
            row.note("role", _("Deputy leader of a group: taken over as a teacher of the group."))
        elif read.role == Role.GROUP_LEADER and not group:
            row.values["role"] = str(Role.TEACHER)
            row.note("role", _("Group leader, but no group is given: taken over as a teacher."))
        elif not text and "role" in self.header.known:
            row.note("role", _("No role is given: new people are taken over as teachers, others keep their role."))

    def _kind_of_group(self) -> str:
        """What stands before the number of a group: "Khối" over "1" is "Khối 1"."""
        words = re.match(r"(khối|nhóm|tổ)\b", self._title("group").lower())
        return words[1].capitalize() if words else "Tổ"

    def _status(self, cells: dict, row: RosterRow) -> None:
        gone = values.is_gone(cells.get("status"))
        named = {"text": text_of(cells.get("status"))[:60], "column": self._title("status")}
        if gone:
            row.is_left_out = row.has_left = True
            row.note("status", _("“%(text)s” in “%(column)s”: has left the school, not taken over.") % named)
        elif gone is None:
            row.note("status", _("“%(text)s” in “%(column)s” is not understood: taken over like everybody.") % named)

    def _texts(self, cells: dict, row: RosterRow) -> None:
        for name in ("ethnicity", "subject"):
            text = text_of(cells.get(name))
            row.values[name] = "" if is_blank_word(text) else text[: LIMITS[name]]
            if len(text) > LIMITS[name]:
                row.note(name, _("“%(column)s” is very long and was cut.") % {"column": self._title(name)})
        row.values["qualification"] = values.read_qualification(cells.get("qualification"))
        written = text_of(cells.get("qualification"))
        if row.values["qualification"] and word_key(written) != word_key(row.values["qualification"]):
            row.note(
                "qualification",
                _("The qualification “%(old)s” was read as “%(new)s”.")
                % {"old": written[:60], "new": row.values["qualification"]},
            )
        row.values["title_rank"] = values.read_rank(cells.get("title_rank"))
        if "party_member" in self.header.known:
            tick = values.read_tick(cells.get("party_member"))
            is_told = tick is not None and (tick or word_key(text_of(cells.get("party_member"))))
            row.values["party_member"] = tick if is_told else ""
            if tick is None:
                row.note("party_member", _("“%(text)s” in “%(column)s” is not understood and was left out.") % {
                    "text": text_of(cells["party_member"])[:40], "column": self._title("party_member")})  # fmt: skip

    def _contacts(self, cells: dict, row: RosterRow) -> None:
        email = values.read_email(cells.get("email"))
        row.values["email"] = email or ""
        if email is None:
            row.note(
                "email",
                _("“%(text)s” is not an e-mail address: taken over without one.")
                % {"text": text_of(cells["email"])[:60]},
            )
        row.values["phone"], restored = values.read_phone(cells.get("phone"))
        written = text_of(cells.get("phone"))
        if not row.values["phone"] and not is_blank_word(written):
            row.note("phone", _("“%(text)s” is not a phone number and was left out.") % {"text": written[:60]})
        elif len(values.phones_in(written)) > 1:
            row.note("phone", _("Of several phone numbers the first was taken over."))
        if restored:
            row.note("phone", _("The first zero of the phone number was put back."))
