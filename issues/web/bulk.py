"""Many tickets together: selected in the inbox, checked in a preview, done one by one, and shown in a result.

A choice travels as "KN-2026-0001:123": the ticket and the last event that the person has seen of it.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts import people
from accounts.people import Person
from core.errors import Invalid, NotPossible, OperationError
from core.text import beginning
from issues import rules
from issues.access import visible_tickets
from issues.actions import handover
from issues.actions.perform import perform
from issues.actor import Actor
from issues.commands.command import Bulk, Command, Values, Words
from issues.commands.fields import Scene
from issues.commands.forms import CommandForm
from issues.commands.table import COMMANDS
from issues.models import Ticket, TicketStatus
from issues.web.handover import say_done
from issues.web.staff import staff_side

MOST = 200  # tickets in one go; a list of the inbox shows fewer
_SESSION = "bulk_result"


@dataclass(frozen=True)
class BulkCommand:
    """A command as it is done to many tickets together.

    Commands that need a text for each ticket, or that cannot be undone, do not declare it.
    """

    command: Command
    bulk: Bulk

    @property
    def name(self) -> str:
        return self.command.name

    @property
    def label(self) -> Words:
        return self.bulk.label

    def refusals(self, tickets: list[Ticket], user: Any, values: Values) -> dict[int, str]:
        """Why it cannot be done, by ticket; to those that are not named it will be done. Changes nothing."""
        found = self.bulk.look(tickets, values)
        for ticket in tickets:
            if not rules.may(user, self.command.permission, ticket):
                found[ticket.pk] = _("You can see this ticket but not do this.")
                continue
            try:
                self.command.check(ticket)
            except NotPossible as error:
                found[ticket.pk] = error.message
        return found


BULK = {name: BulkCommand(command, command.bulk) for name, command in COMMANDS.items() if command.bulk}


def offered_to(person: Person) -> list[BulkCommand]:
    """What the person can choose from, the tickets' states apart."""
    offered = (one for one in BULK.values() if one.bulk.offered_to(person))
    return sorted(offered, key=lambda one: one.command.officer_tab)


@dataclass
class Chosen:
    """The tickets that were ticked, in their order; `missing`: codes that the person cannot see (any more)."""

    tickets: list[Ticket]
    seen: dict[int, int | None]
    missing: list[str] = field(default_factory=list)


@dataclass
class Outcome:
    """What was done: codes, and why not."""

    done: list[Ticket] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)


@never_cache
@require_POST
@staff_side
def bulk(request: HttpRequest) -> HttpResponse:
    """The preview; with `go` it is executed. A form with errors comes back as 422, with what was typed."""
    person = people.of(request.user)
    chosen = _chosen(person, request.POST.getlist("ticket"))
    command = next((one for one in offered_to(person) if one.name == request.POST.get("do")), None)
    if command is None:
        raise Http404(request.POST.get("do"))
    if not chosen.tickets:
        messages.warning(request, _("Choose at least one ticket."))
        return redirect("issues:inbox")
    first = "from" in request.POST  # from the inbox: nothing was typed yet
    form = CommandForm(command.bulk.fields, Scene(request.user), None if first else request.POST)
    status = 200
    if not first:
        valid = form.is_valid()
        if valid and "go" in request.POST:
            try:
                return _go(request, command, chosen, form)
            except Invalid as error:
                _carry(form, error)
                valid = False
        status = 200 if valid else 422
    return render(request, "issues/inbox/bulk.html", _context(request, command, chosen, form), status=status)


def _chosen(person: Person, given: list[str]) -> Chosen:
    """Read what was ticked; a ticket in two lists counts once. Two queries."""
    seen: dict[str, int | None] = {}
    for text in given[:MOST]:
        code, _colon, event = beginning(text, 60).partition(":")
        seen[code] = int(event) if event.isascii() and event.isdecimal() and len(event) < 19 else None
    rows = visible_tickets(person).exclude(status=TicketStatus.DRAFT).filter(code__in=seen)
    found = {
        row.code: row
        for row in rows.select_related("lead_agency", "assignee").prefetch_related("coordinating_agencies")
    }
    tickets = [found[code] for code in seen if code in found]
    return Chosen(tickets, {t.pk: seen[t.code or ""] for t in tickets}, [code for code in seen if code not in found])


def _context(request: HttpRequest, command: BulkCommand, chosen: Chosen, form: CommandForm) -> dict[str, Any]:
    values = form.cleaned_data if form.is_bound and form.is_valid() else {}
    refusals = command.refusals(chosen.tickets, request.user, values)
    return {
        "command": command,
        "form": form,
        "will": [ticket for ticket in chosen.tickets if ticket.pk not in refusals],
        "refused": [(ticket, refusals[ticket.pk]) for ticket in chosen.tickets if ticket.pk in refusals],
        "missing": chosen.missing,
        "chosen": chosen.tickets,
    }


def _go(request: HttpRequest, command: BulkCommand, chosen: Chosen, form: CommandForm) -> HttpResponse:
    """Each ticket in its own transaction; a refusal does not stop the others."""
    actor, outcome = Actor.of(request.user), Outcome()
    refusals = command.refusals(chosen.tickets, request.user, form.cleaned_data)
    before = {ticket.pk: ticket.assignee for ticket in chosen.tickets}
    for ticket in chosen.tickets:
        if ticket.pk in refusals:
            outcome.refused.append((ticket.code or "", refusals[ticket.pk]))
            continue
        try:
            done = perform(
                command.command,
                on=ticket,
                actor=actor,
                values=form.cleaned_data,
                expected_event=chosen.seen[ticket.pk],
                more=command.bulk.more,
            )
        except Invalid:
            if not outcome.done:
                raise  # what was typed is wrong for all of them: the form says so, and nothing has happened
            outcome.refused.append((ticket.code or "", _("Please correct the marked fields.")))
        except OperationError as error:
            outcome.refused.append((ticket.code or "", error.message))
        else:
            outcome.done.append(done if isinstance(done, Ticket) else ticket)
    outcome.refused += [(code, _("There is no such ticket.")) for code in chosen.missing]
    if command.name == "reassign":
        _tell(actor, outcome.done, before, form.cleaned_data.get("reason", ""))
    _say(request, command, outcome)
    if not outcome.refused:
        return redirect("issues:inbox")
    typed = {name: value for name, value in form.cleaned_data.items() if value}
    request.session[_SESSION] = {
        "name": command.name,
        "done": [ticket.code for ticket in outcome.done],
        "refused": outcome.refused,
        "typed": typed,
    }
    return redirect("issues:bulk_result")


def _tell(actor: Actor, done: list[Ticket], before: dict[int, Any], reason: str) -> None:
    """One mail for each new officer with the list, by agency and by who was in charge before."""
    groups: dict[tuple[Any, Any], list[Ticket]] = defaultdict(list)
    for ticket in done:
        groups[ticket.lead_agency, before[ticket.pk] or actor.user].append(ticket)
    for (agency, giver), tickets in groups.items():
        handover.notify_receivers(agency=agency, actor=actor, giver=giver, tickets=tickets, reason=reason)


def _say(request: HttpRequest, command: BulkCommand, outcome: Outcome) -> None:
    number = len(outcome.done)
    sentence = ngettext("Done for {n} ticket.", "Done for {n} tickets.", number).format(n=number)
    if command.name == "reassign":
        say_done(request, sentence, outcome.done)
    elif number:
        messages.success(request, sentence)


def _carry(form: CommandForm, error: Invalid) -> None:
    for name, sentences in error.fields.items():
        form.add_error(name if name in form.fields else None, sentences)


@never_cache
@require_safe
@staff_side
def result(request: HttpRequest) -> HttpResponse:
    """What was done and what was not, and why; what was typed is still there."""
    kept = request.session.get(_SESSION)
    if not kept or kept["name"] not in BULK:
        return redirect("issues:inbox")
    return render(request, "issues/inbox/bulk_result.html", {"command": BULK[kept["name"]], **kept})
