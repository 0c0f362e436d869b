"""The name of an uploaded file, made safe to show and to send back. It never decides where the file lies."""

import re
import unicodedata
from pathlib import PurePosixPath

from core.names import clean_text

LONGEST = 120
UNSAFE = re.compile(r'[<>:"|?*%;#\x00-\x1f]')
"""Characters that a Windows disk, a header or an address would stumble over."""


def clean_name(name: str) -> str:
    """`name` without path, control and direction-changing characters, at most LONGEST long with its ending kept.

    An empty string when nothing readable is left.
    """
    name = clean_text(unicodedata.normalize("NFC", name).replace("\\", "/")).rsplit("/", 1)[-1]
    name = re.sub(r"\s+(?=\.)", "", re.sub(r"\s+", " ", UNSAFE.sub(" ", name))).strip(". ")
    suffix = ending(name)
    if len(name) > LONGEST:
        name = name[: LONGEST - len(suffix)].rstrip(". ") + suffix
    return name


def ending(name: str) -> str:
    """The ending of a name with its dot, in lower case: what a system would open it by. Empty when there is none."""
    suffix = PurePosixPath(name).suffix.lower()
    return suffix if re.fullmatch(r"\.[a-z0-9]{1,8}", suffix) else ""
