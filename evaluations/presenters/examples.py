"""Examples of evidence for a criterion, with where they come from."""

from core.localized import localized
from evaluations.presenters.words import level_words
from standards.queries import CriterionData, FrameworkData


def examples_of(data: FrameworkData, criterion: CriterionData) -> dict:
    """{"levels": [(LevelWords, [text])], "source": words or ""}, lowest level first."""
    source = criterion.sources.get("examples")
    return {
        "levels": [
            (level_words(code, data), [localized(text) for text in texts]) for code, texts in criterion.examples.items()
        ],
        "source": localized(source.text) if source else "",
    }
