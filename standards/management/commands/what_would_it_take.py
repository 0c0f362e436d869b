"""manage.py what_would_it_take: the fewest criteria to raise for a higher result. Needs no database."""

from math import prod

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from standards.line_protocol import RatingsCommand
from standards.presenters import paths_lines
from standards.rating import rate_panel, what_would_it_take


class Command(RatingsCommand):
    help = "The smallest sets of criteria to raise for --target, by a framework pack's rule; input as for rate."

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("--target", required=True, help="the code of the result to reach, for example T")
        parser.add_argument("--limit", type=int, default=12, help="list at most so many sets (default 12)")

    def read(self, name):
        data = super().read(name)
        if not data.rule.order:
            raise CommandError(_("The text knows no overall result, so there is none to reach."))
        if self.target not in data.rule.order:
            params = {"value": self.target, "known": ", ".join(data.rule.order)}
            raise CommandError(_("There is no level “%(value)s”; there are %(known)s.") % params)
        return data

    def handle(self, *args, target, **options):
        self.target = target
        super().handle(*args, **options)

    def paths(self, data, ratings, options):
        return what_would_it_take(data.rule, ratings, self.target, limit=max(0, options["limit"]))

    def answer(self, data, question, options):
        if question.sheets:
            return self.panel(data, question, options)
        paths = self.paths(data, question.ratings, options)
        answer = paths.as_dict() | {"explanation": paths_lines(paths, data)}
        return answer | {"result": paths.result or "INCOMPLETE"}

    def panel(self, data, question, options):
        """Everybody must reach the target: one answer for each, and the sizes added up."""
        outcome = rate_panel(data.rule, question.sheets)
        found = [self.paths(data, sheet, options) for sheet in question.sheets]
        lines = [
            line
            for number, paths in enumerate(found, start=1)
            for line in (_("Person %(number)s who rates") % {"number": number}, *paths_lines(paths, data))
        ]
        ways = [paths for paths in found if not paths.reached]
        reachable = all(paths.reachable for paths in found)
        return {
            "target": self.target,
            "result": outcome.answer,
            "reached": outcome.complete and not ways,
            "reachable": reachable,
            "size": sum(paths.size for paths in ways),
            "count": prod(paths.count for paths in ways) if ways else 0,
            "assessors": [paths.as_dict() | {"result": paths.result or "INCOMPLETE"} for paths in found],
            "explanation": lines,
        }

    def lines(self, data, question, options):
        return paths_lines(self.paths(data, question.ratings, options), data)
