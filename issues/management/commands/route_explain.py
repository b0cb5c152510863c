import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import override
from pydantic import ValidationError

from core.errors import Invalid
from issues.api.bodies import PreviewIn
from issues.api.tickets import preview_answer
from issues.models import TITLE_MAX


class Command(BaseCommand):
    help = "Prints as JSON where a proposal would go, and why: the answer of POST /api/v1/tickets/preview."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("text", nargs="?", help="the text of a proposal")
        parser.add_argument(
            "--json-lines",
            action="store_true",
            help="read one {title, body, category?, ward?, project?} per line of standard input, answer one per line",
        )
        parser.add_argument("--language", default="vi", choices=["vi", "en"], help="of the explanation")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["json_lines"] == (options["text"] is not None):
            raise CommandError("Give either a text or --json-lines.")
        with override(options["language"]):
            if options["json_lines"]:
                for answer in answers(sys.stdin.buffer):
                    self.stdout.write(json.dumps(answer, ensure_ascii=False))
                    self.stdout.flush()
            else:
                self.stdout.write(json.dumps(_of_text(options["text"]), ensure_ascii=False, indent=2))


def answers(lines: Iterable[bytes]) -> Iterator[dict[str, Any]]:
    """One answer per line, in order; a line that cannot be read gets {"error": …} and the next one is read."""
    for line in lines:
        try:
            yield preview_answer(_proposal(line))
        except (ValueError, RecursionError, Invalid) as error:
            yield {"error": _sentence(error)}


def _proposal(line: bytes) -> PreviewIn:
    data = json.loads(line.decode("utf-8"))
    if not isinstance(data, dict):
        raise ValueError("expected an object with title and body")
    return PreviewIn.model_validate(data)


def _of_text(text: str) -> dict[str, Any]:
    """The first line is the title when there are several."""
    title, newline, body = text.strip().partition("\n")
    try:
        return preview_answer(PreviewIn(title=title[:TITLE_MAX] if newline else "", body=body if newline else title))
    except ValidationError as error:
        raise CommandError(_sentence(error)) from error


def _sentence(error: Exception) -> str:
    if isinstance(error, ValidationError):
        return "; ".join(f"{'.'.join(map(str, item['loc']))}: {item['msg']}" for item in error.errors())
    if isinstance(error, Invalid):
        return "; ".join(f"{name}: {' '.join(sentences)}" for name, sentences in error.fields.items())
    if isinstance(error, RecursionError):
        return "nested too deeply"
    return str(error)
