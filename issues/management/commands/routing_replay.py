"""Makes the last decisions again, from what each has stored, and says which come out differently.

With `--today` each ticket is decided as if it were filed now, by today's rules and today's text vote.
"""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from issues.queries.replay import Replayed, decide_today, replay_last

_MOST = 100_000


class Command(BaseCommand):
    help = "Replays stored routing decisions and reports differences; exits with 1 where there are any."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--last", type=int, default=200, help="how many decisions, the newest first (200)")
        parser.add_argument("--today", action="store_true", help="decide by today's rules and vote instead")
        parser.add_argument("--json", action="store_true", help="one JSON object a line")

    def handle(self, *args: Any, **options: Any) -> None:
        if not 1 <= options["last"] <= _MOST:
            raise CommandError(f"--last must be between 1 and {_MOST}.")
        results = list((decide_today if options["today"] else replay_last)(options["last"]))
        for found in results:
            if options["json"]:
                self.stdout.write(json.dumps(found.as_json(), ensure_ascii=False))
            elif found.outcome != "same":
                self.stdout.write(_line(found))
        if options["json"]:
            return
        counts = {outcome: sum(r.outcome == outcome for r in results) for outcome in ("same", "differs", "cannot")}
        self.stdout.write(
            f"{len(results)} decisions: {counts['same']} the same, {counts['differs']} different, "
            f"{counts['cannot']} cannot be made again"
        )
        if not options["today"] and counts["same"] < len(results):
            raise SystemExit(1)


def _line(found: Replayed) -> str:
    if found.outcome == "cannot":
        return f"{found.ticket}: cannot be made again: {found.reason}"
    return f"{found.ticket}: {found.was or 'the coordinator'} → {found.becomes or 'the coordinator'} ({found.reason})"
