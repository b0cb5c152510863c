from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search import engines, sync
from search.engines.base import EngineUnavailable


class Command(BaseCommand):
    help = "Builds a new search index and puts it in the place of the old one. The old one serves until then."

    def handle(self, *args: Any, **options: Any) -> None:
        engine = engines.current()
        if engine is None:
            self.stdout.write("No search engine is set up: lists come from the database, there is nothing to rebuild.")
            return
        try:
            count = sync.rebuild(engine, progress=self._progress)
        except EngineUnavailable as error:
            raise CommandError(f"The index was not rebuilt; the old one stays in use. {error}") from error
        self.stdout.write(self.style.SUCCESS(f"{engine.name}: {count} documents, new index in use."))

    def _progress(self, kind: str, done: int, total: int) -> None:
        self.stdout.write(f"{kind}: {done} of {total}")
