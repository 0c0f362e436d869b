"""Reading workbooks and CSV files that strangers made, and writing workbooks that run nothing.

`read_tables(content)` -> list[Table], or UnreadableFile with a sentence; `workbook_bytes(sheets)` -> an .xlsx file.
"""

from core.spreadsheets.reading import read_tables
from core.spreadsheets.tables import (
    MAX_BYTES,
    MAX_COLUMNS,
    MAX_ROWS,
    Formula,
    Limits,
    Table,
    UnreadableFile,
    looks_like_formula,
)
from core.spreadsheets.writing import XLSX, Sheet, escaped, workbook_bytes

__all__ = [
    "MAX_BYTES",
    "MAX_COLUMNS",
    "MAX_ROWS",
    "XLSX",
    "Formula",
    "Limits",
    "Sheet",
    "Table",
    "UnreadableFile",
    "escaped",
    "looks_like_formula",
    "read_tables",
    "workbook_bytes",
]
