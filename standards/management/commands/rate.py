"""manage.py rate: the overall result of ratings by a pack's rule, with its reasons. Needs no database."""

from standards.line_protocol import RatingsCommand
from standards.presenters import explanation_lines
from standards.rating import rate, rate_panel


class Command(RatingsCommand):
    help = "Rate by a framework pack: TC01=K … for one person, --json for one JSON object a line on standard input."

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("--explain", action="store_true", help="say why, not only what")

    def answer(self, data, question, options):
        outcome = self.outcome(data, question)
        answer = {"result": outcome.answer, "explanation": explanation_lines(outcome.explanation, data)}
        if not outcome.complete:
            answer["missing"] = list(outcome.missing)
        if outcome.value is not None:
            answer["value"] = outcome.value
        if outcome.scores:
            answer["scores"] = {code: score.as_dict() for code, score in outcome.scores.items()}
        if outcome.explanation.route:
            answer["route"] = list(outcome.explanation.route)
        if members := outcome.explanation.assessors:
            answer["assessors"] = [{"result": m.result or "INCOMPLETE", "value": m.value or None} for m in members]
        return answer

    def lines(self, data, question, options):
        outcome = self.outcome(data, question)
        told = explanation_lines(outcome.explanation, data) if options["explain"] else []
        return [outcome.answer, *told]

    @staticmethod
    def outcome(data, question):
        return rate_panel(data.rule, question.sheets) if question.sheets else rate(data.rule, question.ratings)
