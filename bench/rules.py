"""Results and explanations a second on one core, for the two circulars."""

import random
import time
from collections.abc import Iterator

from bench.figures import Figure
from standards.framework_data import from_pack
from standards.pack_files import PACKS_DIR, read_pack
from standards.rating import rate, result_of

SECONDS = 1.5


def ratings() -> Iterator[Figure]:
    for name in ("vn-tt20-2018", "vn-tt14-2018"):
        rule, sheets = _rule_and_sheets(name)
        yield Figure(f"rate.{name}.results", _each_second(result_of, rule, sheets), "1/s", at_least=50_000)
        yield Figure(f"rate.{name}.explanations", _each_second(rate, rule, sheets), "1/s", at_least=5_000)


def _rule_and_sheets(name: str):
    rule = from_pack(read_pack(PACKS_DIR / f"{name}.json")).rule
    chance = random.Random(20)
    sheets = [{code: chance.choice(rule.levels) for code in rule.criteria} for _ in range(2000)]
    return rule, sheets


def _each_second(work, rule, sheets) -> float:
    done, started = 0, time.perf_counter()
    while time.perf_counter() - started < SECONDS:
        for sheet in sheets:
            work(rule, sheet)
        done += len(sheets)
    return done / (time.perf_counter() - started)
