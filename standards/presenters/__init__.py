"""Frameworks, rules and results in the reader's words: the same for page, PDF and command line."""

from .explanations import (
    ExplainedCondition,
    ExplainedStep,
    NamedCriterion,
    RuleInWords,
    explain,
    explanation_lines,
    rule_in_words,
)
from .pages import framework_list
from .paths import ExplainedPaths, explain_paths, paths_lines
from .reading import criterion_page, version_page

__all__ = [
    "ExplainedCondition",
    "ExplainedPaths",
    "ExplainedStep",
    "NamedCriterion",
    "RuleInWords",
    "criterion_page",
    "explain",
    "explain_paths",
    "explanation_lines",
    "framework_list",
    "paths_lines",
    "rule_in_words",
    "version_page",
]
