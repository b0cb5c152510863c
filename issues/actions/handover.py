"""All open tickets of one officer go to a colleague, or to several by load: first a plan, then ticket by ticket."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import people
from accounts.models import AGENCY_ROLES, Agency, Role, User
from core import clock
from core.errors import Invalid, NotAllowed, OperationError
from issues import policies, rules
from issues.access import is_filer_side, visible_tickets
from issues.actions import assigning
from issues.actions.fields import ADDRESS_MAX, Fields
from issues.actions.roster_frame import member, roster_operation
from issues.actor import Actor
from issues.assignment import duties
from issues.models import RosterEntry, Ticket

BY_LOAD = "load"  # instead of a person: the one with the fewest open tickets


@dataclass(frozen=True)
class Planned:
    """One ticket and who gets it, or why it cannot be handed over."""

    ticket: Ticket
    receiver: User | None = None
    refusal: str = ""


@dataclass
class HandedOver:
    """What was done. `done`: each ticket as it is now, with its new assignee."""

    done: list[Ticket] = field(default_factory=list)
    refused: list[Planned] = field(default_factory=list)


def plan(*, agency: Agency, actor: Actor, officer: Any = None, to: Any = None) -> list[Planned]:
    """What handing over would do now, most urgent first. Changes nothing.

    `to`: a colleague (e-mail or id), or `load`. Raises NotAllowed, Invalid. A fixed number of queries.
    """
    giver = giver_of(agency, actor, officer)
    receivers = _receivers(agency, giver, to, timezone.localdate(clock.now()))
    loads, known = Counter(_loads(agency, receivers)), people.of_users(receivers)
    planned = []
    for ticket in open_tickets(actor, giver):
        refusal = refusal_of(ticket, actor)
        if refusal or ticket.lead_agency_id != agency.pk:
            planned.append(Planned(ticket, refusal=refusal or _("Another agency leads it.")))
            continue
        impartial = [
            one for one in receivers if not is_filer_side(known[one.pk], ticket.enterprise_id, ticket.filer_id)
        ]
        if not impartial:
            planned.append(Planned(ticket, refusal=_("This person filed the proposal or belongs to its enterprise.")))
            continue
        receiver = min(impartial, key=lambda one: (loads[one.pk], one.pk))
        loads[receiver.pk] += 1
        planned.append(Planned(ticket, receiver))
    return planned


def hand_over(*, agency: Agency, actor: Actor, officer: Any = None, to: Any = None, reason: Any = None) -> HandedOver:
    """Do it, each ticket in its own transaction with its own event; each receiver gets one mail with the list.

    Tickets that were refused, or have changed since the plan was shown, stay as they are and are listed.
    """
    giver = giver_of(agency, actor, officer)
    planned = plan(agency=agency, actor=actor, officer=officer, to=to)
    fields = Fields()
    why = fields.text("reason", reason, required=False, longest=2000)
    fields.done()
    result = HandedOver()
    for one in planned:
        if one.receiver is None:
            result.refused.append(one)
            continue
        try:
            done = assigning.reassign(ticket=one.ticket, actor=actor, assignee=one.receiver.pk, reason=why, batch=True)
        except OperationError as error:
            result.refused.append(Planned(one.ticket, refusal=error.message))
        else:
            result.done.append(done)
    notify_receivers(agency=agency, actor=actor, giver=giver, tickets=result.done, reason=why)
    return result


def notify_receivers(*, agency: Agency, actor: Actor, giver: User, tickets: Iterable[Ticket], reason: str = "") -> None:
    """One line of the log and one mail for each receiver, with the list of what they got."""
    received: dict[User, list[str]] = defaultdict(list)
    for ticket in tickets:
        if ticket.assignee is not None:
            received[ticket.assignee].append(ticket.code or "")
    if not received:
        return
    with roster_operation(agency=agency, actor=actor) as op:
        for receiver, codes in received.items():
            facts = {"officer": str(giver), "colleague": str(receiver), "codes": codes, "reason": reason}
            op.log(RosterEntry.Kind.HANDED_OVER, facts, mail_to=[receiver], show_to=[giver, *op.heads()])


def giver_of(agency: Agency, actor: Actor, officer: Any) -> User:
    """Whose tickets: the actor's own; for the head also those of anybody who has some, even if they left."""
    text = str(officer if officer not in (None, "") else actor.user.pk)
    key = (
        {"pk": int(text[:18])} if text.isascii() and text.isdecimal() else {"email": text.strip().lower()[:ADDRESS_MAX]}
    )
    found = User.objects.filter(**key).first() if "\0" not in text else None
    own = found is not None and found.pk == actor.person.user_id
    if not own and agency.pk not in actor.person.head_agency_ids:
        raise NotAllowed(_("Only the head of the agency can hand over the tickets of other people."))
    is_known = found is not None and (
        own
        or found.memberships.filter(agency=agency, role__in=AGENCY_ROLES).exists()
        or found.assigned_tickets.filter(lead_agency=agency).exists()
    )
    if found is None or not is_known:
        sentence = _("This person does not belong to the agency.")
        raise Invalid(_("Please correct the marked fields."), fields={"officer": [sentence]})
    return found


def open_tickets(actor: Actor, giver: User) -> list[Ticket]:
    """The tickets that somebody is in charge of and the actor may see; two queries."""
    rows = visible_tickets(actor.person).filter(assignee=giver, status__in=policies.REASSIGNABLE)
    rows = rows.select_related("lead_agency", "assignee").prefetch_related("coordinating_agencies")
    return list(rows.order_by(F("due_at").asc(nulls_last=True), "id"))


def refusal_of(ticket: Ticket, actor: Actor) -> str:
    """Why the actor cannot hand this ticket over now; empty where they can."""
    if not rules.may(actor.user, "reassign", ticket):
        return _("You can see this ticket but not do this.")
    try:
        policies.check_reassign(ticket)
    except OperationError as error:
        return error.message
    return ""


def _receivers(agency: Agency, giver: User, to: Any, today: Any) -> list[User]:
    fields = Fields()
    if to == BY_LOAD:
        officers = User.objects.filter(is_active=True, memberships__agency=agency, memberships__role=Role.OFFICER)
        away = duties.absences_of(agency_members=[agency.pk], first=today, last=today)
        found = [one for one in officers.exclude(pk=giver.pk).distinct() if one.pk not in away]
        if not found:
            fields.add("to", _("No other officer of the agency is available today."))
    else:
        chosen = member(agency, "to", to, fields)
        found = [chosen] if chosen is not None else []
        if chosen is not None and chosen.pk == giver.pk:
            fields.add("to", _("Choose somebody else."))
        elif chosen is not None and duties.is_absent(chosen.pk, today):
            fields.add("to", _("{officer} is absent today.").format(officer=chosen))
    fields.done()
    return found


def _loads(agency: Agency, receivers: list[User]) -> dict[int, int]:
    rows = Ticket.objects.filter(Q(status__in=policies.REASSIGNABLE), lead_agency=agency, assignee__in=receivers)
    return dict(rows.values_list("assignee_id").annotate(n=Count("pk")).values_list("assignee_id", "n"))
