import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from issues.events.verify import verify


class Command(BaseCommand):
    help = "Checks the hashes, the chain and the sequences of the event log. Exit code 1 when something is wrong."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="print the result as JSON")
        parser.add_argument("--most", type=int, default=20, help="how many faults to name (20)")

    def handle(self, *args: Any, **options: Any) -> None:
        found = verify(most_faults=options["most"])
        if options["json"]:
            answer = {"ok": found.ok, "events": found.events, "faults": found.fault_count, "first": found.faults}
            self.stdout.write(json.dumps(answer, ensure_ascii=False))
        else:
            for sentence in found.faults:
                self.stdout.write(sentence)
        if not found.ok:
            raise CommandError(f"{found.fault_count} faults in {found.events} events")
        if not options["json"]:
            self.stdout.write(f"{found.events} events, all well")
