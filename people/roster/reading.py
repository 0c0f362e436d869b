"""A roster file read as a whole: its rows, what stands in it twice, and what to say about the file itself."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.spreadsheets import read_tables
from people.enums import Role
from people.roster.doubts import doubts, numbers
from people.roster.header import Header
from people.roster.identifiers import as_figures, pattern_of, with_zeros
from people.roster.names import NAME_FIELDS
from people.roster.rows import RosterRow, RowReader
from people.roster.sheet import RosterSheet, find_roster
from people.roster.values import is_for_women
from people.roster.words import group_key, is_group_title, text_of, word_key

LookUp = Callable[[Iterable[str]], Iterable[str]]
WORD = re.compile(r"[^\W\d_]+")
COMPARED = ("full_name", "birth_date", "role", "group", "email", "person_code")


@dataclass
class Reading:
    """What a file says. `columns`: title as written -> field, "" for columns that are not read."""

    sheet: str
    columns: dict[str, str]
    rows: list[RosterRow]
    notes: list[str] = field(default_factory=list)
    fields: set[str] = field(default_factory=set)
    is_correction: bool = False  # the workbook of rows with errors, sent again: it is not the whole school


def read_roster(
    content: bytes, *, known_codes: Iterable[str], today: date, look_up: LookUp = lambda codes: ()
) -> Reading:
    """Reads a workbook or CSV. `known_codes`: identifiers of the school's people, which teach us their length;
    `look_up` answers which of the identifiers as written are anybody's.

    Raises core.spreadsheets.UnreadableFile with a sentence when the file as a whole cannot be read.
    """
    sheet = find_roster(read_tables(content))
    written = [text_of(row.cells.get("person_code")) for row in sheet.rows]
    as_text = [
        text for row, text in zip(sheet.rows, written, strict=True) if isinstance(row.cells.get("person_code"), str)
    ]
    codes = list(known_codes)
    pattern = pattern_of([*as_text, *codes], national=sheet.header.is_national_id)
    figures = [as_figures(text) for text in written if text]
    candidates = {text for text in [*figures, *(with_zeros(text, pattern) for text in figures)] if text}
    known = frozenset([*codes, *look_up(candidates)])
    reader = RowReader(sheet.header, pattern, today, known)
    rows = [reader.read(raw) for raw in sheet.rows]
    notes = leave_out_unticked_gender(sheet, rows)
    settle_groups(rows)
    find_duplicates(rows)
    refuse_two_heads(rows)
    drop_shared_emails(rows)
    titles, fields = sheet.header.titles, sheet.header.fields
    columns = {
        title: fields.get(column, "")
        for column, title in sorted(titles.items())
        if column != sheet.header.reason_column  # the next workbook of errors brings its own
    }
    is_correction = sheet.header.reason_column is not None
    return Reading(
        sheet.name, columns, rows, [*file_notes(sheet), *notes, *doubts(sheet, rows)], sheet.header.known, is_correction
    )


def leave_out_unticked_gender(sheet: RosterSheet, rows: list[RosterRow]) -> list[str]:
    """Where women are ticked and nobody is, the column was not filled: not everybody is a man."""
    column = sheet.header.column("gender")
    if column is None or not is_for_women(title := sheet.header.titles[column]):
        return []
    if any("gender" in row.cells for row in sheet.rows):
        return []
    for row in rows:
        if "gender" in row.assumed:
            row.values["gender"] = ""
    return [_("Nobody is ticked in “%(column)s”: the gender was left out.") % {"column": title}]


def settle_groups(rows: list[RosterRow]) -> None:
    """One spelling for each group: the most frequent one, written as a name."""
    spellings: dict[str, Counter] = defaultdict(Counter)
    for row in rows:
        if row.values["group"]:
            spellings[group_key(row.values["group"])][_as_name(row.values["group"])] += 1
    for row in rows:
        if row.values["group"]:
            row.values["group"] = spellings[group_key(row.values["group"])].most_common(1)[0][0]


def _as_name(group: str) -> str:
    """ "TỔ NGỮ VĂN" is "Tổ Ngữ Văn"; "KHTN", which has no vowel, is short for something and stays."""
    if group.isupper() and (len(group) > 4 or is_group_title(group)):
        return WORD.sub(
            lambda word: word[0].capitalize() if re.search("[aeiouy]", word_key(word[0])) else word[0], group
        )
    return group[0].upper() + group[1:]


def find_duplicates(rows: list[RosterRow]) -> None:
    """The same person a second time: the same in everything is skipped with a note, otherwise both rows are errors."""
    groups: dict[tuple, list[RosterRow]] = defaultdict(list)
    for row in rows:
        if row.is_left_out:
            continue
        code, name, birth = (row.values[key] for key in ("person_code", "full_name", "birth_date"))
        if code:
            groups["code", code].append(row)
        if name and birth:
            groups["name", name.lower(), birth].append(row)
    for (kind, *_rest), same in groups.items():
        codes = {row.values["person_code"] for row in same} - {""}
        kept = [row for row in same if not row.is_left_out]
        if len(kept) < 2 or (kind == "name" and len(codes) > 1):
            continue  # one name, one birthday, two identifiers: two people
        first, *others = kept
        for other in others:
            _settle_pair(first, other)


def _settle_pair(first: RosterRow, other: RosterRow) -> None:
    """Marks `other` as a repetition of `first`, or both as contradicting each other."""
    different = [
        name
        for name in COMPARED
        if first.values[name] != other.values[name]
        and not (name in ("email", "person_code", "birth_date") and not other.values[name])
    ]
    if not different:
        other.is_left_out = True
        other.note("", _("The same person as in row %(row)d: skipped.") % {"row": first.number})
        return
    for row, twin in ((first, other), (other, first)):
        row.error(
            different[0],
            _("The same person stands in row %(row)d with other data. Keep one of the two rows.")
            % {"row": twin.number},
        )


def refuse_two_heads(rows: list[RosterRow]) -> None:
    """A school has one head: when two rows say so, neither is taken over."""
    heads = [row for row in rows if row.values["role"] == Role.HEAD and not row.is_left_out]
    if len(heads) < 2:
        return
    numbers = ", ".join(str(row.number) for row in heads)
    for row in heads:
        row.error("role", _("A school has one head, but rows %(rows)s all say head.") % {"rows": numbers})


def drop_shared_emails(rows: list[RosterRow]) -> None:
    """An address in several rows belongs to nobody in particular: nobody could sign in with it."""
    users: dict[str, list[RosterRow]] = defaultdict(list)
    for row in rows:
        if row.values["email"] and not row.is_left_out:
            users[row.values["email"]].append(row)
    for email, found in users.items():
        if len(found) < 2:
            continue
        numbers = ", ".join(str(row.number) for row in found)
        for row in found:
            row.values["email"] = ""
            row.note(
                "email",
                _("The address %(email)s stands in rows %(rows)s: taken over without e-mail.")
                % {"email": email, "rows": numbers},
            )


def file_notes(sheet: RosterSheet) -> list[str]:
    """Sentences about the whole file: sheets not read, columns not understood or repeated, lines left out."""
    notes = []
    header = sheet.header
    if sheet.other_rosters:
        notes.append(
            _("Only the sheet “%(sheet)s” was read. Other sheets look like rosters too: %(others)s.")
            % {"sheet": sheet.name, "others": ", ".join(sheet.other_rosters)}
        )
    elif sheet.other_sheets:
        notes.append(
            _("The sheet “%(sheet)s” was read; other sheets are no rosters: %(others)s.")
            % {"sheet": sheet.name, "others": ", ".join(sheet.other_sheets)}
        )
    notes += _notes_of_repeated_columns(sheet)
    unknown = [
        title
        for column, title in sorted(header.titles.items())
        if column not in header.fields
        and column not in header.repeated
        and column != header.reason_column
        and title not in sheet.other_names
    ]
    if header.reason_column is not None:
        notes.append(
            _("These are rows with errors of an earlier roster, corrected: nobody is asked about who does not stand in them.")
        )  # fmt: skip
    if unknown:
        notes.append(
            ngettext(
                "This column is not known and was left as it is: %(columns)s.",
                "These columns are not known and were left as they are: %(columns)s.",
                len(unknown),
            )
            % {"columns": ", ".join(f"“{title}”" for title in unknown)}
        )
    if "person_code" not in header.known:
        notes.append(_("There is no column of identifiers: people are recognised by name and date of birth."))
    if "role" not in header.known:
        notes.append(_("There is no column of roles: everybody is taken over as a teacher."))
    if sheet.other_table:
        notes.append(
            _("In row %(row)d another table with other columns begins: nothing from there on was read.")
            % {"row": sheet.other_table}
        )
    if sheet.hidden:
        notes.append(
            ngettext(
                "%(count)d hidden row was read too: row %(rows)s.",
                "%(count)d hidden rows were read too: rows %(rows)s.",
                len(sheet.hidden),
            )
            % {"count": len(sheet.hidden), "rows": numbers(sheet.hidden)}
        )
    if sheet.left_out:
        lines = "; ".join(f"{number}: {text[:60]}" for number, text in sheet.left_out[:8])
        notes.append(_("These lines are nobody and were left out: %(lines)s.") % {"lines": lines})
    return notes


def _notes_of_repeated_columns(sheet: RosterSheet) -> list[str]:
    """What was done with each column that means the same as another."""
    header, notes = sheet.header, []
    is_second_list = _is_second_list(header)
    if is_second_list:
        notes.append(_("Two lists stand side by side: only the left one was read. Put the other below it."))
    for column, other in sorted(header.repeated.items()):
        titles = {"column": header.titles[column], "other": header.titles[other]}
        if is_second_list and header.strength[column] == header.strength[other]:
            continue
        if _says_the_same(sheet, **titles):
            notes.append(_("The column “%(column)s” says the same as “%(other)s”: it was not read.") % titles)
        elif column in header.same_as("role"):
            notes.append(_("The role was read from “%(other)s”, and where that is empty from “%(column)s”.") % titles)
        else:
            notes.append(_("Two columns look alike: “%(other)s” was read, “%(column)s” was not.") % titles)
    return notes + [
        _("The name was read from its parts. “%(column)s” holds other names and was not read.") % {"column": title}
        for title in sheet.other_names
    ]


def _is_second_list(header: Header) -> bool:
    """A second column of numbers and a second one of names."""
    again = {header.fields.get(read) for read in header.repeated.values()}
    return "ordinal" in again and bool(again & {*NAME_FIELDS})


def _says_the_same(sheet: RosterSheet, *, column: str, other: str) -> bool:
    """Whatever stands in the one column stands in the other too."""
    pairs = [(word_key(row.raw[column]), word_key(row.raw[other])) for row in sheet.rows]
    return all(text in ("", read) for text, read in pairs)
