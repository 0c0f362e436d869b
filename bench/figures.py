"""A figure: its name, value and unit on one line, and whether DESIGN's hold is kept."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """`at_most` / `at_least` is the hold of DESIGN section 6; None where there is none."""

    name: str
    value: float
    unit: str
    at_most: float | None = None
    at_least: float | None = None

    @property
    def held(self) -> bool | None:
        if self.at_most is not None:
            return self.value <= self.at_most
        if self.at_least is not None:
            return self.value >= self.at_least
        return None

    def line(self) -> str:
        number = f"{self.value:.0f}" if self.value == int(self.value) or self.value >= 1000 else f"{self.value:.2f}"
        return f"{self.name} {number} {self.unit}"


def show(figure: Figure) -> Figure:
    print(figure.line(), flush=True)
    return figure


def summary(figures: list[Figure]) -> None:
    """The holds at the end: what was asked, what was measured."""
    print("\n# holds")
    for figure in figures:
        if figure.held is None:
            continue
        hold = f"<= {figure.at_most:g}" if figure.at_most is not None else f">= {figure.at_least:g}"
        print(f"# {'held  ' if figure.held else 'MISSED'} {figure.line()} (hold {hold})")
