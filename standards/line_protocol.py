"""Commands that answer questions about ratings: from arguments for a person, line by line as JSON for a program.

They read the pack's file and ask no database, so that anybody can check a rule with a text file and a pipe.
"""

import json
import os
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation
from django.utils.translation import gettext as _

from standards.framework_data import FrameworkData, from_pack
from standards.pack_files import PackUnreadable, RepeatedName, find_pack, no_repeated_names, read_pack
from standards.packs_check import check, is_ratings, sentence_of
from standards.rating import CodedError, Ratings

Answer = dict[str, Any]


@dataclass(frozen=True)
class Question:
    """What is asked: the ratings of one person, or the sheets of a panel whose members rate independently."""

    ratings: Ratings
    sheets: tuple[Ratings, ...] = ()


class BadLine(ValueError):
    """A line that can't be answered; `str()` is the sentence."""


class RatingsCommand(BaseCommand):
    """Subclasses say `answer` (one JSON line) and `lines` (sentences for a person)."""

    requires_system_checks: Iterable[str] = []
    requires_migrations_checks = False

    def create_parser(self, prog_name, subcommand, **kwargs):
        """A parser that takes TC01=K after options too."""
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        parser.parse_args = parser.parse_intermixed_args
        return parser

    def add_arguments(self, parser):
        parser.add_argument("pack", help="a pack's code (vn-tt20-2018) or file")
        parser.add_argument("ratings", nargs="*", metavar="TC01=K", help="ratings, when not read as JSON lines")
        help_json = 'read {"ratings": {…}} or {"assessors": [{…}, …]} lines, write one answer a line'
        parser.add_argument("--json", action="store_true", help=help_json)
        parser.add_argument("--lang", default=settings.LANGUAGE_CODE, help="language of the sentences: vi, en")

    def handle(self, *args, pack, ratings, lang, **options):
        if lang not in dict(settings.LANGUAGES):
            raise CommandError(f"--lang {lang}: {', '.join(dict(settings.LANGUAGES))}")
        with translation.override(lang):
            data = self.read(pack)
            if options["json"]:
                try:
                    self.stream(data, options)
                except BrokenPipeError:  # whoever read the answers has gone; nobody is left to tell
                    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
                    sys.exit(1)
            else:
                self.once(data, ratings, options)

    def answer(self, data: FrameworkData, question: Question, options: dict[str, Any]) -> Answer:
        """The answer to one line. May raise CodedError."""
        raise NotImplementedError

    def lines(self, data: FrameworkData, question: Question, options: dict[str, Any]) -> list[str]:
        """The answer in sentences. May raise CodedError."""
        raise NotImplementedError

    def read(self, name: str) -> FrameworkData:
        try:
            pack = read_pack(find_pack(name))
        except PackUnreadable as error:
            raise CommandError(str(error)) from error
        if problems := check(pack):
            raise CommandError("\n".join([_("%(name)s is not a valid pack:") % {"name": name}, *map(str, problems)]))
        return from_pack(pack)

    def once(self, data: FrameworkData, arguments: list[str], options: dict[str, Any]) -> None:
        ratings: dict[str, str | None] = {}
        for argument in arguments:
            code, equals, level = argument.partition("=")
            if not equals or code in ratings:
                raise CommandError(_("“%(text)s”: write each criterion once, as TC01=K.") % {"text": argument})
            ratings[code] = level
        try:
            self.stdout.write("\n".join(self.lines(data, Question(ratings), options)))
        except CodedError as error:
            raise CommandError(sentence_of(error)) from error

    def stream(self, data: FrameworkData, options: dict[str, Any]) -> None:
        """One answer for each line that is not blank, in order, written at once. Exit code 1 if a line was bad."""
        bad = False
        for line in sys.stdin.buffer:
            if not line.strip():
                continue
            try:
                answer = self.answer(data, question_of(line), options)
            except BadLine as error:
                bad, answer = True, {"result": "ERROR", "error": str(error)}
            except CodedError as error:
                bad, answer = True, {"result": "ERROR", "error": sentence_of(error)}
            self.stdout.write(json.dumps(answer, ensure_ascii=False))
            self.stdout.flush()
        if bad:
            sys.exit(1)


def question_of(line: bytes) -> Question:
    """The question of one JSON line; raises BadLine with a sentence. Decimals stay exact."""
    try:
        question = json.loads(
            line.decode("utf-8-sig"),
            object_pairs_hook=no_repeated_names,
            parse_float=Decimal,
            parse_constant=_no_number,
        )
    except RepeatedName as error:
        raise BadLine(_("“%(name)s” stands twice in one object.") % {"name": error}) from error
    except (ValueError, RecursionError) as error:
        raise BadLine(_("This line is not valid JSON.")) from error
    if not isinstance(question, dict) or ("ratings" in question) == ("assessors" in question):
        raise BadLine(_('A line is an object like {"ratings": {"TC01": "K"}}.'))
    if "ratings" in question:
        return Question(_ratings(question["ratings"]))
    if not isinstance(question["assessors"], list) or not question["assessors"]:
        raise BadLine(_("“assessors” is a list of ratings, one for each person who rates."))
    return Question({}, tuple(_ratings(sheet) for sheet in question["assessors"]))


def _ratings(value: Any) -> Ratings:
    if not is_ratings(value):
        raise BadLine(_("Ratings are an object of criterion codes and level codes."))
    return value


def _no_number(name: str) -> None:
    raise ValueError(name)
