from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from issues.management.state_diagram import document

PATH = Path("docs") / "state-machine.md"


class Command(BaseCommand):
    help = f"Writes the state machine of tickets to {PATH}."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="only say whether the file is fresh (exit code)")

    def handle(self, *args: Any, **options: Any) -> None:
        file, text = settings.BASE_DIR / PATH, document()
        if options["check"]:
            if not file.exists() or file.read_text(encoding="utf-8") != text:
                raise CommandError(f"{PATH} is stale: run manage.py tickets_diagram")
            return
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
        self.stdout.write(f"{PATH} written")
