"""Frameworks, their drafts, the ties between them, and what other systems read."""

from .case import CaseObject
from .drafts import Draft, DraftChange
from .frameworks import Criterion, Descriptor, EvidenceExample, Framework, FrameworkVersion, Level, Standard
from .mappings import Mapping, MappingLink
from .uploads import Upload

__all__ = [
    "CaseObject",
    "Criterion",
    "Descriptor",
    "Draft",
    "DraftChange",
    "EvidenceExample",
    "Framework",
    "FrameworkVersion",
    "Level",
    "Mapping",
    "MappingLink",
    "Standard",
    "Upload",
]
