"""manage.py simulate CYCLE --with VERSION [--suppose middle] [--near] [--json]: who would move where, as counts."""

import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation

from evaluations.models import Cycle
from evaluations.presenters import simulator as words
from evaluations.queries_simulation import past_results, schools_of
from evaluations.sides import Side, side_of
from evaluations.simulation import Findings, Suppose, simulate
from standards.queries import FrameworkData, framework_data


class Command(BaseCommand):
    help = "Tries another published version on the announced results of a cycle. Changes nothing; names nobody."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("cycle", metavar="CYCLE", help="the cycle's code")
        parser.add_argument("--with", dest="other", required=True, metavar="VERSION", help="the version's code")
        parser.add_argument(
            "--suppose",
            default=Suppose.NOTHING.value,
            choices=[one.value for one in Suppose],
            help="the level of criteria that nothing in the past stands for",
        )
        parser.add_argument("--near", action="store_true", help="count broader and narrower criteria too")
        parser.add_argument("--json", action="store_true", help="one JSON object")
        parser.add_argument(
            "--lang", default=settings.LANGUAGE_CODE, choices=[code for code, _name in settings.LANGUAGES]
        )

    def handle(self, *args: Any, **options: Any) -> None:
        cycle = Cycle.objects.select_related("version__framework").filter(code=options["cycle"]).first()
        if cycle is None:
            raise CommandError(f"There is no cycle with the code {options['cycle']}.")
        with translation.override(options["lang"]):
            side = side_of(None, cycle, options["other"], near=options["near"], suppose=Suppose(options["suppose"]))
            if side is None:
                raise CommandError(f"There is no published version with the code {options['other']}.")
            if side.problem:
                raise CommandError(side.problem)
            data = framework_data(cycle.version_id)
            found = simulate(side.plan(data), past_results(None, cycle, schools_of(None, cycle)))
            lines = [_as_json(cycle, side, data, found)] if options["json"] else _as_lines(side, data, found)
        for line in lines:
            self.stdout.write(line)


def _as_json(cycle: Cycle, side: Side, data: FrameworkData, found: Findings) -> str:
    """{"people", "directions", "matrix": {old: {new: n}}, "causes", "cannot_be_said", "unmatched"}."""
    rows: dict[str, dict[str, int]] = {}
    for (old, new), number in sorted(found.moves.items(), key=str):
        if number:
            rows.setdefault(old, {})[new or ""] = number
    return json.dumps(
        {
            "cycle": cycle.code,
            "version": data.code,
            "with": side.key,
            "people": found.people,
            "directions": {way.value: number for way, number in found.directions.items() if number},
            "matrix": rows,
            "causes": [
                {"rule": "tried" if row.is_new else "present", "condition": row.sentence, "people": row.number}
                for row in words.causes(found, data, side)
            ],
            "cannot_be_said": [
                {"why": why.value, "criteria": list(codes), "people": number}
                for (why, codes), number in found.whys.most_common()
            ],
            "unmatched": side.unmatched,
        },
        ensure_ascii=False,
    )


def _as_lines(side: Side, data: FrameworkData, found: Findings) -> list[str]:
    lines = [side.title, words.summary(found)]
    lines += [f"  {figure.label}: {figure.value}" for figure in words.figures(found)]
    for row in words.matrix(found, data, side.data):
        names = [*(words.result_words(one.code, side.data).label for one in side.data.results), "?"]
        cells = [f"{name} {count}" for name, (count, _same) in zip(names, row.cells, strict=True) if count]
        lines.append(f"  {row.level.label} ({row.before}) -> {', '.join(cells) or '–'}")
    lines += [f"  {row.number} × {row.sentence}" for row in words.causes(found, data, side)]
    return lines + [f"  {number} × {sentence}" for sentence, number in words.open_reasons(found, side)]
