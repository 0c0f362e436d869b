"""Changing a pack document step by step: pure functions, no database. See docs/adr/0007-drafts-are-pack-documents.md."""

from .errors import Clash, StepRefused
from .ids import blank, copied, prepared
from .nodes import Node, Tree
from .steps import Applied, apply

__all__ = ["Applied", "Clash", "Node", "StepRefused", "Tree", "apply", "blank", "copied", "prepared"]
