"""What an uploaded file is, judged by its content, and what it says: a workbook, a pack, or a package of CASE."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from core.spreadsheets import Limits, UnreadableFile, read_tables
from standards.case.importing import read_package
from standards.enums import DraftOrigin
from standards.exchange import carried, filling
from standards.exchange.building import build
from standards.exchange.grid import grid_of
from standards.exchange.rebuilding import Built
from standards.pack_files import RepeatedName, parse_pack
from standards.packs_check import Problem, check

MEGABYTE = 1024 * 1024
LIMITS = Limits(size=20 * MEGABYTE, unpacked=200 * MEGABYTE, rows=20_000, columns=250, text=33_000)
CASE_NAMES = ("CFDocument", "CFPackage", "CFItems", "CFAssociations")


@dataclass(frozen=True)
class Wrong:
    """A sentence and where it belongs: a cell of a workbook, a path of a pack, or nowhere in particular."""

    sentence: str
    sheet: str = ""
    cell: str = ""
    path: str = ""

    def as_dict(self) -> dict[str, str]:
        """For a row of the database and for programs."""
        return {"sheet": self.sheet, "cell": self.cell, "path": self.path, "sentence": self.sentence}


@dataclass
class Read:
    """A file as understood. With problems there is no `pack`: nothing is taken up by halves.

    `base`: the pack that a workbook was made from. `came_from`: "criterion/TC05" -> the code it had there. `case`: the
    package as it came.
    """

    kind: DraftOrigin
    pack: dict[str, Any] | None = None
    case: Mapping[str, Any] | None = None
    base: Mapping[str, Any] = field(default_factory=dict)
    came_from: dict[str, str] = field(default_factory=dict)
    problems: list[Wrong] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def read_file(content: bytes) -> Read:
    """Reads a framework from a file, whatever its name. Raises UnreadableFile with a sentence for what is none of the
    three kinds, damaged or too large; what is wrong inside stands in `problems`."""
    if not content:
        raise UnreadableFile("empty", _("The file is empty."))
    if len(content) > LIMITS.size:
        raise UnreadableFile("too-big", too_big())
    if content.lstrip(b"\xef\xbb\xbf\xfe\xff\0 \t\r\n")[:1] in (b"{", b"["):
        return _read_json(content)
    if content.startswith(b"PK"):
        return _read_workbook(content)
    try:
        read_tables(content)  # other kinds of file are refused here by name: PDF, old Excel, a web page …
    except UnreadableFile as error:
        if error.code not in ("encoding", "damaged", "too-big", "too-many-rows", "other-kind", "pdf"):
            raise
        if error.code == "pdf":
            raise UnreadableFile("pdf", _("This is a PDF. Fill in the workbook, or ask for the data file.")) from error
    raise UnreadableFile("other-kind", _("This is no workbook (.xlsx), no pack file and no CASE package (.json)."))


def too_big() -> str:
    """The sentence for a file over the limit."""
    return _("The file is larger than %(limit)d MB: no framework needs that much.") % {"limit": LIMITS.size // MEGABYTE}


# --- JSON -----------------------------------------------------------------------------------------------------------


def _read_json(content: bytes) -> Read:
    try:
        data = parse_pack(content.decode(json.detect_encoding(content)))
    except RepeatedName as error:
        sentence = _("“%(name)s” stands twice in one object of the file.") % {"name": error}
        raise UnreadableFile("json", sentence) from error
    except json.JSONDecodeError as error:
        sentence = _("The file is not valid JSON: look at line %(line)s, column %(column)s.")
        raise UnreadableFile("json", sentence % {"line": error.lineno, "column": error.colno}) from error
    except (ValueError, RecursionError) as error:
        raise UnreadableFile("json", _("The file is not valid JSON.")) from error
    if is_case(data):
        return _read_case(data)
    problems = check(data)
    read = Read(DraftOrigin.PACK, problems=[Wrong(p.sentence, path=p.path) for p in problems])
    read.pack = None if problems else data
    return read


def is_case(data: Any) -> bool:
    """Whether JSON is a package of CASE, alone or inside another object."""
    if not isinstance(data, Mapping) or "standards" in data:
        return isinstance(data, list)
    inner = [item for item in data.values() if isinstance(item, Mapping)]
    return any(name in item for item in (data, *inner) for name in CASE_NAMES)


def _read_case(data: Any) -> Read:
    found = read_package(data)
    problems = [*found.problems, *(check(found.pack) if found.pack is not None and not found.problems else ())]
    return Read(
        DraftOrigin.CASE,
        pack=None if problems else found.pack,
        case=found.case,
        problems=[Wrong(p.sentence, path=p.path) for p in problems],
        notes=list(found.notes),
    )


# --- workbooks ------------------------------------------------------------------------------------------------------


def _read_workbook(content: bytes) -> Read:
    try:
        tables = read_tables(content, LIMITS)
    except UnreadableFile as error:
        raise _of_frameworks(error) from error
    data, base = carried.find(tables)
    read = Read(DraftOrigin.WORKBOOK, base=base or {})
    if data is not None and base is None:
        read.notes.append(_("The sheet Data was changed: what it carried was not used."))
    levels = {str(level.get("code", "")): level.get("name") for _scale, level in filling.levels(read.base)}
    languages = filling.languages_of(read.base)
    grid = grid_of([table for table in tables if table is not data], levels=levels, main=languages[0])
    if not grid.has("criterion") and not grid.has("standard"):
        raise UnreadableFile(
            "other-workbook",
            _("This workbook has no sheet of standards and no sheet of criteria. Begin with the template."),
        )
    built = build(grid, read.base)
    read.notes += built.notes
    read.came_from = built.came_from
    read.problems = [Wrong(p.sentence, p.sheet, p.cell) for p in built.problems]
    read.problems += [_placed(problem, built) for problem in _others(check(built.pack), built)]
    read.pack = None if read.problems else built.pack
    return read


def _of_frameworks(error: UnreadableFile) -> UnreadableFile:
    """The sentences about lists of people, said of frameworks."""
    sentences = {
        "too-big": too_big(),
        "too-many-rows": _("A sheet has more than %(limit)d rows: no framework needs that many.")
        % {"limit": LIMITS.rows},
        "bomb": _("Unpacked, the workbook is far larger than a framework. It was not opened further."),
    }
    return UnreadableFile(error.code, sentences.get(error.code, str(error)))


def _others(problems: Sequence[Problem], built: Built) -> list[Problem]:
    """Problems of the pack whose cell has none yet: one sentence a cell is enough. A tree that could not be put
    together says nothing about the rule."""
    said = {(p.sheet, p.cell) for p in built.problems}
    later = ("rule", "vectors") if said else ()
    return [p for p in problems if not p.path.startswith(later) and (built.place_of(p.path) or ()) not in said]


def _placed(problem: Problem, built: Built) -> Wrong:
    sheet, cell = built.place_of(problem.path) or ("", "")
    return Wrong(problem.sentence, sheet, cell, "" if cell else problem.path)
