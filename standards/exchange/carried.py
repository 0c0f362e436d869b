"""What rides along in a workbook on a sheet that nobody touches: the pack it was made from, as text in pieces.

Cells hold less than some packs, and spreadsheets change texts: here is only plain ASCII, with a sum to prove it whole.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from core.spreadsheets.tables import Table

SHEET = "Data"
MARK = "chuan-pack-1"
PIECE = 30_000


def as_json(value: Any) -> str:
    """A value as one line of JSON that people can read."""
    return json.dumps(value, ensure_ascii=False)


def parts(pack: Mapping[str, Any]) -> list[str]:
    """The cells: a first one with the mark and the sum, then the pieces."""
    text = json.dumps(pack, ensure_ascii=True, separators=(",", ":")).replace("_x", "_\\u0078")
    pieces = [text[start : start + PIECE] for start in range(0, len(text), PIECE)]
    # a piece begins with a stroke: no program takes it for a formula or trims it
    return [f"{MARK} {len(pieces)} {hashlib.sha256(text.encode()).hexdigest()}", *(f"|{piece}|" for piece in pieces)]


def find(tables: Iterable[Table]) -> tuple[Table | None, dict[str, Any] | None]:
    """The table that carries a pack, and the pack; (table, None) when somebody changed it, (None, None) without one."""
    for table in tables:
        cells = [row[0] if row else None for row in table.rows]
        for number, cell in enumerate(cells[:5]):
            if isinstance(cell, str) and cell.startswith(f"{MARK} "):
                return table, _joined(cell, cells[number + 1 :])
    return None, None


def _joined(head: str, cells: list[Any]) -> dict[str, Any] | None:
    pieces = [cell[1:-1] for cell in cells if isinstance(cell, str) and cell[:1] == cell[-1:] == "|"]
    text = "".join(pieces)
    if head.rsplit(maxsplit=1)[-1] != hashlib.sha256(text.encode()).hexdigest():
        return None
    try:
        pack = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return pack if isinstance(pack, dict) else None
