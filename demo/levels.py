"""Drawing levels that look like a school: most good, some very good, few weak, languages and ICT harder."""

import random

from standards.framework_data import FrameworkData

EASE = {
    "TC01": 0.7, "TC02": 0.5, "TC03": 0.15, "TC04": 0.2, "TC05": 0.1, "TC06": -0.05, "TC07": 0.1, "TC08": 0.2,
    "TC09": 0.1, "TC10": 0.25, "TC11": 0.3, "TC12": 0.05, "TC13": 0.15, "TC14": -0.75, "TC15": -0.15,
}  # fmt: skip
CUTS = (-1.95, -0.75, 0.35)
"""Scores below the first cut are the lowest level, and so on upwards."""


def draw(dice: random.Random, data: FrameworkData, ability: float) -> dict[str, str]:
    """Criterion code -> level code, as somebody who knows the person well would put it. `ability` is about -1 to 1."""
    found = {}
    for criterion in data.criteria:
        score = ability + EASE.get(criterion.code, 0) + dice.gauss(0, 0.38)
        found[criterion.code] = data.levels[sum(score >= cut for cut in CUTS)].code
    return found


def seen_by(dice: random.Random, data: FrameworkData, levels: dict[str, str], *, kind: str) -> dict[str, str]:
    """`levels` as somebody else sees them. `kind`: "self" is a little generous, "opinion" scatters to both sides."""
    up, down = {"self": (0.06, 0.025), "opinion": (0.12, 0.13)}[kind]
    order, found = data.level_codes, {}
    for code, level in levels.items():
        luck, place = dice.random(), order.index(level)
        place += 1 if luck < up else -1 if luck > 1 - down else 0
        found[code] = order[min(max(place, 1), len(order) - 1)] if place != order.index(level) else level
    return found
