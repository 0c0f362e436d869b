"""manage.py what_would_it_take: the fewest criteria to raise for a higher result. Needs no database."""

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from standards.line_protocol import RatingsCommand
from standards.presenters import paths_lines
from standards.rating import what_would_it_take


class Command(RatingsCommand):
    help = "The smallest sets of criteria to raise for --target, by a framework pack's rule; input as for rate."

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("--target", required=True, help="the code of the result to reach, for example T")
        parser.add_argument("--limit", type=int, default=12, help="list at most so many sets (default 12)")

    def read(self, name):
        data = super().read(name)
        if self.target not in data.level_codes:
            params = {"value": self.target, "known": ", ".join(data.level_codes)}
            raise CommandError(_("There is no level “%(value)s”; there are %(known)s.") % params)
        return data

    def handle(self, *args, target, **options):
        self.target = target
        super().handle(*args, **options)

    def paths(self, data, ratings, options):
        return what_would_it_take(data.rule, ratings, self.target, limit=max(0, options["limit"]))

    def answer(self, data, ratings, options):
        paths = self.paths(data, ratings, options)
        answer = paths.as_dict() | {"explanation": paths_lines(paths, data)}
        return answer | {"result": paths.result or "INCOMPLETE"}

    def lines(self, data, ratings, options):
        return paths_lines(self.paths(data, ratings, options), data)
