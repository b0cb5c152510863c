"""What can be done to many tickets at once: the commands of the ticket's page, each with a form for all of them.

Who may and when it is possible is asked of the same rules and policies as on the page; here that is the preview, and
the actions check again. Left out on purpose: whatever needs words of its own for each ticket, or cannot be taken back.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import AGENCY_ROLES, User
from accounts.people import Person
from core.errors import NotPossible
from core.forms import CleanCharField
from issues import rules
from issues.actions import assigning, conversation, resolving, routing
from issues.actor import Actor
from issues.assignment import duties
from issues.models import Ticket, Visibility
from issues.web.command_fields import AgencyField, agency_choices
from issues.web.commands import COMMANDS

Values = Mapping[str, Any]


class BulkForm(forms.Form):
    """Base: what holds for all of the tickets."""

    use_required_attribute = False

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person


class ReassignManyForm(BulkForm):
    assignee = forms.ChoiceField(label=gettext_lazy("New officer in charge"))
    reason = CleanCharField(
        label=gettext_lazy("Reason"), required=False, max_length=2000, help_text=gettext_lazy("Only agencies read it.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = User.objects.filter(
            is_active=True,
            memberships__agency_id__in=self.person.officer_agency_ids,
            memberships__role__in=AGENCY_ROLES,
        )
        choices = [(one.email, str(one)) for one in people.order_by("name", "email").distinct()]
        self.fields["assignee"].choices = [("", _("Choose a colleague")), *choices]  # type: ignore[attr-defined]


class RouteManyForm(BulkForm):
    lead_agency = AgencyField(label=gettext_lazy("Lead agency"))
    coordinating_agencies = forms.MultipleChoiceField(
        label=gettext_lazy("Coordinating agencies"), required=False, choices=lambda: agency_choices()[1:]
    )
    reason = CleanCharField(label=gettext_lazy("Reason"), widget=forms.Textarea(attrs={"rows": 2}))


class NoteManyForm(BulkForm):
    body = CleanCharField(
        label=gettext_lazy("Internal note"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("The enterprise never reads it."),
    )


@dataclass(frozen=True)
class BulkCommand:
    """One thing to do to many tickets. `name` is that of the command on the page of a ticket."""

    name: str
    label: str | Promise
    form: type[BulkForm]
    run: Callable[[Ticket, Actor, Values, int | None], Ticket | None]
    offered: Callable[[Person], bool]
    look: Callable[[list[Ticket], Values], dict[int, str]] = lambda _tickets, _values: {}

    def refusals(self, tickets: list[Ticket], user: Any, values: Values) -> dict[int, str]:
        """Why it cannot be done, by ticket; whoever is not named, it will be done to. Changes nothing."""
        command, found = COMMANDS[self.name], self.look(tickets, values)
        for ticket in tickets:
            if not rules.may(user, command.permission, ticket):
                found[ticket.pk] = _("You may see this ticket, but this is for others to do.")
                continue
            try:
                command.check(ticket)
            except NotPossible as error:
                found[ticket.pk] = error.message
        return found


def _accept(ticket: Ticket, actor: Actor, values: Values, expected: int | None) -> Ticket:
    return resolving.accept(ticket=ticket, actor=actor, expected_event=expected)


def _reassign(ticket: Ticket, actor: Actor, values: Values, expected: int | None) -> Ticket:
    return assigning.reassign(
        ticket=ticket,
        actor=actor,
        assignee=values.get("assignee"),
        reason=values.get("reason"),
        batch=True,
        expected_event=expected,
    )


def _look_reassign(tickets: list[Ticket], values: Values) -> dict[int, str]:
    """What the chosen person means for each ticket; two queries, none while nobody is chosen."""
    email = values.get("assignee")
    chosen = User.objects.filter(email=email, is_active=True).first() if email else None
    if chosen is None:
        return {}
    agencies = set(chosen.memberships.filter(role__in=AGENCY_ROLES).values_list("agency_id", flat=True))
    away = duties.is_absent_today(chosen.pk)
    found = {}
    for ticket in tickets:
        if ticket.lead_agency_id not in agencies:
            found[ticket.pk] = _("This person is not an officer of the lead agency.")
        elif ticket.assignee_id == chosen.pk:
            found[ticket.pk] = _("{officer} is in charge already.").format(officer=chosen)
        elif away:
            found[ticket.pk] = _("{officer} is absent today.").format(officer=chosen)
    return found


def _route(ticket: Ticket, actor: Actor, values: Values, expected: int | None) -> Ticket:
    return routing.route(
        ticket=ticket,
        actor=actor,
        lead_agency=values.get("lead_agency"),
        coordinating_agencies=values.get("coordinating_agencies"),
        reason=values.get("reason"),
        expected_event=expected,
    )


def _note(ticket: Ticket, actor: Actor, values: Values, expected: int | None) -> None:
    # Words are no decision: they may cross with something new, so the last event is not asked for.
    conversation.post_message(ticket=ticket, actor=actor, body=values.get("body"), visibility=Visibility.INTERNAL)


def _for_coordinators(person: Person) -> bool:
    return person.is_coordinator


def _for_officers(person: Person) -> bool:
    return person.is_officer


def _for_everybody(person: Person) -> bool:
    return person.is_staff_side


_TABLE = (
    BulkCommand("accept", gettext_lazy("Accept"), BulkForm, _accept, _for_officers),
    BulkCommand(
        "reassign",
        gettext_lazy("Hand over to a colleague"),
        ReassignManyForm,
        _reassign,
        _for_officers,
        _look_reassign,
    ),
    BulkCommand("route", gettext_lazy("Choose the agency"), RouteManyForm, _route, _for_coordinators),
    BulkCommand("note", gettext_lazy("Leave an internal note"), NoteManyForm, _note, _for_everybody),
)
BULK: Mapping[str, BulkCommand] = {command.name: command for command in _TABLE}


def offered_to(person: Person) -> list[BulkCommand]:
    """What the person can choose from, their state apart."""
    return [command for command in _TABLE if command.offered(person)]
