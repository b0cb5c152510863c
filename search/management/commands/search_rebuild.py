from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search import engines, rebuilding
from search.engines.base import EngineUnavailable

_WIDTH = 30  # signs of a full bar
_STEP = 10  # per cent from line to line of a log


class Command(BaseCommand):
    help = (
        "Builds a new search index and puts it in the place of the old one, which serves until then. A rebuild that "
        "was interrupted is gone on with."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--restart", action="store_true", help="begin from the start, whatever is there")
        parser.add_argument(
            "--if-needed",
            action="store_true",
            help="only where the index is missing, empty, unfinished or made in another form; what stands in the way "
            "is reported and no error",
        )

    def handle(self, *args: Any, restart: bool, if_needed: bool, **options: Any) -> None:
        engine = engines.current()
        if engine is None:
            if not if_needed:
                self.stdout.write("No search engine is set up: lists come from the database, nothing to rebuild.")
            return
        if if_needed and not rebuilding.needed(engine):
            return
        bar = _Bar(self)
        try:
            count = rebuilding.rebuild(engine, restart=restart, progress=bar.show)
        except (EngineUnavailable, rebuilding.AlreadyRunning) as error:
            bar.end()
            problem = f"The index was not rebuilt. {error}"
            if not if_needed:
                raise CommandError(problem) from error
            self.stderr.write(problem)
        else:
            bar.end()
            self.stdout.write(self.style.SUCCESS(f"{engine.name}: {count} documents, new index in use."))


class _Bar:
    """On a terminal a bar for each kind, drawn over itself; in a log a line for every tenth."""

    def __init__(self, command: BaseCommand) -> None:
        self._out = command.stdout
        self._shown: tuple[str, int] = ("", 0)
        self._is_open = False

    def show(self, kind: str, done: int, total: int) -> None:
        if self._out.isatty():
            if self._shown[0] not in ("", kind):
                self.end()
            full = _WIDTH * done // total
            line = f"{kind:<10} [{'#' * full}{'.' * (_WIDTH - full)}] {100 * done // total:>3} %  {done} of {total}"
            self._out.write(f"\r{line}", ending="")
            self._out.flush()
            self._shown, self._is_open = (kind, 0), True
            return
        step = (kind, 100 * done // total // _STEP)
        if step != self._shown or done == total:
            self._shown = step
            self._out.write(f"{kind}: {done} of {total}")

    def end(self) -> None:
        """What is written next begins on a line of its own."""
        if self._is_open:
            self._out.write("")
            self._is_open = False
