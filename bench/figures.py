"""Figures as they are measured, and what DESIGN section 6 asks of them."""

from dataclasses import dataclass, field
from statistics import median

HOLDS: dict[str, tuple[str, float]] = {
    "self_page_ratio": ("<=", 4),
    "self_page_queries": ("<=", 12),
    "self_page_html": ("<=", 40),
    "autosave_ratio": ("<=", 2),
    "self_page_assets": ("<=", 100),
    "form_pdf_ratio": ("<=", 0.85),
    "results_teachers": (">=", 50_000),
    "results_principals": (">=", 50_000),
    "explanations_teachers": (">=", 5_000),
    "explanations_principals": (">=", 5_000),
    "case_import": ("<=", 10),
    "case_import_queries": ("<=", 10),
    "forms_two_workers": (">=", 1.8),
    "nation_ratio": (">=", 25),
}
"""Name -> (sign, bound), in the unit the figure is printed in."""


@dataclass
class Figures:
    """Prints each figure once, on one line: `name value unit`."""

    rows: list[tuple[str, float, str]] = field(default_factory=list)

    def tell(self, name: str, value: float, unit: str) -> None:
        """Keeps and prints a figure."""
        self.rows.append((name, value, unit))
        print(f"{name} {_number(value)} {unit}", flush=True)

    def table(self) -> str:
        """The figures that have a bound, with whether they hold."""
        lines = [f"{'figure':<22}{'measured':>12}  {'hold':<10}met"]
        for name, value, unit in self.rows:
            if name in HOLDS:
                sign, bound = HOLDS[name]
                met = value <= bound if sign == "<=" else value >= bound
                lines.append(
                    f"{name:<22}{_number(value):>12}  {f'{sign} {bound:g} {unit}':<10}  {'yes' if met else 'NO'}"
                )
        return "\n".join(lines)

    @property
    def all_met(self) -> bool:
        """Does everything hold that was measured."""
        return " NO" not in self.table()


def _number(value: float) -> str:
    return (
        f"{value:.0f}"
        if float(value).is_integer() and abs(value) >= 1
        else f"{value:.3g}"
        if value < 1000
        else f"{value:.0f}"
    )


def interleaved(measures: dict, rounds: int) -> dict[str, float]:
    """Name -> median of what each call answers, the calls taking turns so that the machine's moods hit all alike."""
    found: dict[str, list[float]] = {name: [] for name in measures}
    for _round in range(rounds):
        for name, call in measures.items():
            found[name].append(call())
    return {name: median(values) for name, values in found.items()}
