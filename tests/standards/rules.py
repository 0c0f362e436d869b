"""Rules and frameworks of every kind for tests, small enough to work out by hand."""

from fractions import Fraction

from standards.rating import Scale, Shape

FIVE = ("1", "2", "3", "4", "5")
THREE_BANDS = [
    {"result": "LOW", "from": "1.00", "to": "2.33"},
    {"result": "MID", "from": "2.34", "to": "3.67"},
    {"result": "HIGH", "from": "3.68", "to": "5.00"},
]
FIVE_BANDS = [
    {"result": "1", "from": "1.00", "to": "1.50", "name": {"en": "Very low"}},
    {"result": "2", "from": "1.51", "to": "2.50", "name": {"en": "Low"}},
    {"result": "3", "from": "2.51", "to": "3.50", "name": {"en": "Moderate"}},
    {"result": "4", "from": "3.51", "to": "4.50", "name": {"en": "High"}},
    {"result": "5", "from": "4.51", "to": "5.00", "name": {"en": "Very high"}},
]
MEAN = {
    "kind": "mean",
    "of": "standards",
    "answered_share": "1/2",
    "rounding": {"digits": 2, "mode": "half_up"},
    "bands": "three",
    "band_sets": [
        {"code": "three", "bands": THREE_BANDS},
        {"code": "five", "name": {"en": "Five bands"}, "bands": FIVE_BANDS},
    ],
    "also": [{"of": "criteria"}],
}


def one_scale(criteria, levels, key=()):
    """Criteria on one scale of levels without points, and no tree."""
    return Shape(tuple(criteria), {"": Scale(levels=tuple(levels))}, tuple(code for code in criteria if code in key))


def competencies(**standards):
    """A framework of five levels with points, standards by code with the number of their criteria."""
    own = {code: tuple(f"{code}.{n}" for n in range(1, number + 1)) for code, number in standards.items()}
    return Shape(
        criteria=tuple(code for codes in own.values() for code in codes),
        scales={"": Scale(levels=FIVE, points={code: Fraction(code) for code in FIVE})},
        standards={"CC": (), **own},
        parents=dict.fromkeys(own, "CC"),
        results=("LOW", "MID", "HIGH"),
    )


def one_score(digits=3):
    """A framework of a single criterion with a score, to look at bands alone."""
    score = Scale("", low=Fraction(1), high=Fraction(5), digits=digits)
    return Shape(criteria=("M",), scales={"": score}, standards={"S": ("M",)}, results=("LOW", "MID", "HIGH"))


PA_CODES = [f"{a}.{b}" for a, number in ((1, 8), (2, 4), (3, 3)) for b in range(1, number + 1)]
PA = {
    "kind": "points",
    "parts": [
        {"code": "P1", "criteria": PA_CODES, "points": "levels"},
        {"code": "P2", "standards": ["C"], "weight": {"C1": "20", "C2.1": "10", "C2.2": 10}},
    ],
    "rounding": None,
    "bands": [{"result": "PASS", "from": "70"}, {"result": "FAIL", "from": "0"}],
    "gates": [{"criterion": "WORK", "at_least": "yes", "else": "FAIL", "not_rated": "ignored"}],
    "assessors": {"count": 3, "each": "PASS"},
}


def agreement():
    """Fifteen indicators of four levels, a challenge of three parts, and a workload that is recorded, not scored."""
    four = FIVE[:4]
    return Shape(
        criteria=(*PA_CODES, "C1", "C2.1", "C2.2", "WORK"),
        scales={
            "": Scale(levels=four, points={code: Fraction(code) for code in four}),
            "work": Scale("work", ("no", "yes")),
        },
        scale_of={"WORK": "work"},
        standards={"P": tuple(PA_CODES), "C": ("C1", "C2.1", "C2.2"), "W": ("WORK",)},
        results=("FAIL", "PASS"),
    )


def sheet(levels, c1, c21, c22, **more):
    codes = (code for code in PA_CODES)
    rated = {next(codes): level for level, times in levels for _ in range(times)}
    return rated | {"C1": c1, "C2.1": c21, "C2.2": c22} | more


def committee(*totals):
    """Sheets of the given totals: the challenge is 30 or 27.5 of 40, the rest are levels 2 and 3."""
    sheets = []
    for total in map(Fraction, totals):
        half = total.denominator == 2
        good = int(total - (Fraction("27.5") if half else 30)) - 30
        sheets.append(sheet([(3, good), (2, 15 - good)], 3, 2 if half else 3, 3))
    return sheets


DEFICIT = {
    "kind": "bands",
    "polarity": "inverse",
    "overall": "none",
    "rounding": None,
    "bands": [
        {"result": "MIN", "from": "80", "to": "100"},
        {"result": "MED", "from": "60", "to": "80"},
        {"result": "HIGH", "from": "0", "to": "60"},
    ],
    "route": ["HIGH", "MED"],
}


def areas(*codes):
    percent = Scale("", high=Fraction(100), digits=2, unit="percent")
    return Shape(criteria=codes, scales={"": percent}, standards={"A": codes}, results=("HIGH", "MED", "MIN"))
