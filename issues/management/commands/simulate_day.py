import json
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from core import clock
from issues.simulation.cast import NobodyPlays
from issues.simulation.day import MailIsBehind, Summary, simulate_day

_MOST_TICKETS = 500


class Command(BaseCommand):
    help = (
        "Plays one working day of the task force through the ordinary actions: filings at all hours, acceptance, "
        "questions, consultations, answers, ratings, silence, returns, sweeps. The same seed on the same data gives "
        "the same day. Of today it plays what is past. Nobody gets mail about it."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--date", type=date.fromisoformat, help="which day (today); 2026-11-18")
        parser.add_argument("--tickets", type=int, default=30, help=f"how many are filed (30), at most {_MOST_TICKETS}")
        parser.add_argument("--seed", type=int, help="of the chance (the day's own number)")
        parser.add_argument("--json", action="store_true", help="print the summary as JSON")
        parser.add_argument(
            "--not-a-demo", action="store_true", help="write invented proposals into an installation that is no demo"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.TN_DEMO and not options["not_a_demo"]:
            raise CommandError("This is no demonstration: invented proposals have no place here (--not-a-demo).")
        today = timezone.localdate(clock.now())
        day: date = options["date"] or today
        if day > today:
            raise CommandError("This day has not come yet.")
        if not 0 <= options["tickets"] <= _MOST_TICKETS:
            raise CommandError(f"--tickets must be between 0 and {_MOST_TICKETS}.")
        seed = options["seed"] if options["seed"] is not None else day.toordinal()
        try:
            summary = simulate_day(day=day, tickets=options["tickets"], seed=seed)
        except NobodyPlays as error:
            raise CommandError(f"{error}. Load the demonstration first (load_demo).") from None
        except MailIsBehind as error:
            raise CommandError(f"{error}: start a worker, or look at the skipped events, and run this again.") from None
        if options["json"]:
            self.stdout.write(json.dumps(summary.as_dict(), ensure_ascii=False))
        else:
            self._print(summary)

    def _print(self, summary: Summary) -> None:
        self.stdout.write(
            f"{summary.day}, seed {summary.seed}: {summary.filed} filed, {summary.joined_in} of earlier days went on"
        )
        parts = (
            ("done", summary.moves),
            ("refused", summary.refused),
            ("events", summary.events),
            ("left", summary.left),
        )
        for title, counts in parts:
            for name, number in counts.items():
                self.stdout.write(f"{title:<8} {name:<28} {number:>5}")
