"""Loads the demonstration: real projects, agencies and proposals, made-up people. Safe to run again.

It stands in the topmost app because it fills every room, the search index last.
"""

import time
from argparse import ArgumentParser
from collections.abc import Callable
from datetime import datetime
from io import StringIO
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from accounts.demo import load_agencies
from accounts.demo_people import load_people
from cms.demo import load_project_pages
from core import clock
from investment.demo import load_projects
from issues.demo.load import load_proposals
from issues.demo.outgoing import load_outgoing
from issues.demo.replies import load_replies
from issues.demo.roster import load_roster
from issues.demo.rule_edits import load_first_rules, load_rule_edits


class Command(BaseCommand):
    help = "Load the demonstration data (agencies, people, 260 projects, 47 proposals). Only in demo mode."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--now", help="play the proposals until this moment (ISO 8601 with zone), default: now")

    def handle(self, *args: Any, now: str | None = None, **options: Any) -> None:
        if not settings.TN_DEMO:
            raise CommandError("load_demo makes accounts with a known password: it runs only with TN_DEMO=true.")
        moment = datetime.fromisoformat(now) if now else clock.now()
        self._step("Agencies", load_agencies)
        self._step("People", load_people)
        self._step("Routing rules and terms", lambda: load_first_rules(moment))
        self._step("Edits of the rules", lambda: load_rule_edits(moment))
        self._step("Duty roster", lambda: load_roster(moment))
        self._step("Projects", lambda: load_project_pages(load_projects(moment), moment))
        self._step("Proposals", lambda: load_proposals(moment))
        self._step("Saved replies", load_replies)
        self._step("Outgoing messages", lambda: load_outgoing(moment))
        self._step("Search index", self._index)

    def _index(self) -> None:
        try:
            call_command("search_rebuild", restart=True, stdout=StringIO())
        except CommandError as error:  # the demo works without an index, and a worker goes on with it
            self.stderr.write(str(error))

    def _step(self, name: str, work: Callable[[], Any]) -> None:
        began = time.perf_counter()
        work()
        self.stdout.write(f"  {name}: {time.perf_counter() - began:.1f} s")
