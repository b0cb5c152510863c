import json
from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.models import Agency
from issues.actions.filing import step_json
from issues.clocks import calendars, clocks
from issues.models import Calendar, ClockKind, Ticket, TicketKind
from issues.sentences.explanations import explain_steps
from issues.sla import CalendarError, deadline, target_to_dict


class Command(BaseCommand):
    help = "Prints as JSON when a proposal that is received at a given time would be due, and why."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("time", help="ISO 8601 with offset, such as 2026-11-18T15:40+07:00")
        parser.add_argument("--kind", default=TicketKind.DIFFICULTY, choices=TicketKind.values)
        parser.add_argument("--agency", default="", help="code of the agency whose working hours count")
        parser.add_argument("--language", default="vi", choices=["vi", "en"], help="of the explanation")

    def handle(self, *args: Any, **options: Any) -> None:
        received = _moment(options["time"])
        pk, calendar = calendars.calendar_for(_agency(options["agency"]))
        target = clocks.target_for(ClockKind.RESOLUTION, Ticket(kind=options["kind"]))
        try:
            result = deadline(calendar=calendar, target=target, start=received)
        except (CalendarError, OverflowError) as error:
            raise CommandError(f"There is no due time: {error}") from error
        answer = {
            "received_at": received.isoformat(),
            "due_at": result.first_due_at.astimezone(calendar.zone).isoformat(),
            "kind": options["kind"],
            "target": target_to_dict(target),
            "explanation": explain_steps(result.steps, options["language"], calendar_id=pk),
            "steps": [step_json(step) for step in result.steps],
            "calendar": Calendar.objects.get(pk=pk).code,
        }
        self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2))


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise CommandError(f"{text!r} is not a time in ISO 8601.") from error
    if moment.tzinfo is None:
        raise CommandError(f"{text!r} has no offset from UTC: write for example {text}+07:00.")
    return moment


def _agency(code: str) -> Agency | None:
    if not code:
        return None
    found = Agency.objects.filter(code=code).first()
    if found is None:
        raise CommandError(f"There is no agency with the code {code!r}.")
    return found
