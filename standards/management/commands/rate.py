"""manage.py rate: the overall result of ratings by a pack's rule, with its reasons. Needs no database."""

from standards.line_protocol import RatingsCommand
from standards.presenters import explanation_lines
from standards.rating import rate


class Command(RatingsCommand):
    help = "Rate by a framework pack: TC01=K … for one person, --json for one JSON object a line on standard input."

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("--explain", action="store_true", help="say why, not only what")

    def answer(self, data, ratings, options):
        outcome = rate(data.rule, ratings)
        answer = {
            "result": outcome.result or "INCOMPLETE",
            "explanation": explanation_lines(outcome.explanation, data),
        }
        return answer if outcome.complete else answer | {"missing": list(outcome.missing)}

    def lines(self, data, ratings, options):
        outcome = rate(data.rule, ratings)
        lines = [outcome.result or "INCOMPLETE"]
        return lines + explanation_lines(outcome.explanation, data) if options["explain"] else lines
