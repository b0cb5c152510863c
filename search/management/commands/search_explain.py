"""Prints how a text is understood and why the first results are there, in the language of the search."""

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import override

from search import documents, engines
from search.engines.base import EngineUnavailable, Kind, SearchQuery
from search.explaining import sentences
from search.explaining.explain import Explanation, explain

_MOST = 100


class Command(BaseCommand):
    help = "Explains a search: how the text is understood, and why the first results are there and in this order."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("text", help="what somebody types")
        parser.add_argument("--locale", default="vi", choices=documents.locales(), help="the language searched (vi)")
        public = [kind for kind in documents.kinds() if kind != Kind.TICKET]
        parser.add_argument("--kind", nargs="+", choices=public, help="kinds of documents; without it, the whole site")
        parser.add_argument("--limit", type=int, default=10, help=f"how many results, at most {_MOST} (10)")
        parser.add_argument("--json", action="store_true", help="one JSON object; pieces of text are safe HTML")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["text"].strip():
            raise CommandError("Give the text that somebody types.")
        if not 1 <= options["limit"] <= _MOST:
            raise CommandError(f"--limit must be between 1 and {_MOST}.")
        engine = engines.current()
        if engine is None:
            raise CommandError("No search engine is set up: lists come from the database, which ranks nothing.")
        kinds = tuple(options["kind"] or documents.published())
        query = SearchQuery(locale=options["locale"], kinds=kinds, limit=options["limit"])
        with override(options["locale"]):
            try:
                explanation = explain(engine, options["text"], query)
            except EngineUnavailable as error:
                raise CommandError(f"The search engine does not answer. {error}") from error
            if options["json"]:
                self.stdout.write(json.dumps(asdict(explanation), ensure_ascii=False, indent=2))
            else:
                self.stdout.write("\n".join(_lines(explanation)))


def _lines(explanation: Explanation) -> Iterator[str]:
    read = explanation.understood
    yield f"“{read.text}” · {explanation.locale} · {explanation.engine} · {explanation.count}"
    for part in sentences.parts(read):
        yield f"  “{part.typed}” {part.read} · {part.role}" if part.read else f"  “{part.typed}” · {part.role}"
        yield from (f"      {text} ({origin})" for text, origin in part.ways)
    yield from (f"  {note}" for note in sentences.notes(read))
    for line in sentences.hit_lines(explanation):
        yield ""
        yield f"{line.hit.position}. {line.hit.title} · {line.kind} · {line.score} · {line.hit.url}"
        for typed, missing, found in line.parts:
            yield f"  “{typed}” {missing}".rstrip()
            for one in found:
                yield f"      {one.field} ×{one.weight}: {one.plain}" + (f" · {one.way}" if one.way else "")
        yield from (f"  {other}" for other in line.others)
