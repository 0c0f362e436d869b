"""Results, explanations, and explanations in sentences, a second on one core, for the two circulars."""

import time

from bench.figures import Figures
from standards.framework_data import from_pack
from standards.pack_files import PACKS_DIR, read_pack
from standards.presenters import explanation_lines
from standards.rating import rate, result_of

SECONDS = 1.0


def measure(figures: Figures) -> None:
    for code, name in (("vn-tt20-2018", "teachers"), ("vn-tt14-2018", "principals")):
        data = from_pack(read_pack(PACKS_DIR / f"{code}.json"))
        levels = [level.code for level in data.levels]
        ratings = [
            {c.code: levels[1 + (seed * 7 + place * 3) % (len(levels) - 1)] for place, c in enumerate(data.criteria)}
            for seed in range(200)
        ]
        figures.tell(f"results_{name}", _a_second(lambda one, rule=data.rule: result_of(rule, one), ratings), "/s")
        figures.tell(f"explanations_{name}", _a_second(lambda one, rule=data.rule: rate(rule, one), ratings), "/s")
        figures.tell(f"told_{name}", _a_second(lambda one, data=data: _told(data, one), ratings), "/s")


def _told(data, one):
    return explanation_lines(rate(data.rule, one).explanation, data, "vi")


def _a_second(call, ratings) -> float:
    done, start = 0, time.process_time()
    while (spent := time.process_time() - start) < SECONDS:
        for one in ratings:
            call(one)
        done += len(ratings)
    return done / spent
