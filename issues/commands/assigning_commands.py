"""How a proposal comes to an agency and to an officer."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import AGENCY_ROLES, User
from issues import policies, rules
from issues.assignment import duties
from issues.commands.command import Bulk, Command, Undo, Values
from issues.commands.fields import Agencies, Choice, Line, Officer, OneAgency, Text
from issues.models import Category, Ticket


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
            found[ticket.pk] = gettext("This person is not an officer of the lead agency.")
        elif ticket.assignee_id == chosen.pk:
            found[ticket.pk] = gettext("{officer} is already in charge.").format(officer=chosen)
        elif away:
            found[ticket.pk] = gettext("{officer} is absent today.").format(officer=chosen)
    return found


_LEAD = OneAgency(name="lead_agency", label=_("Lead agency"), api="code of the agency")
_COORDINATING = Agencies(name="coordinating_agencies", label=_("Coordinating agencies"), required=False, api="codes")
_ROUTING_REASON = Text(name="reason", label=_("Reason"), rows=2)
_ONLY_AGENCIES = _("Only agencies read it.")

SUBMIT = Command(
    name="submit",
    action="enterprise.submit",
    step="submit",
    who=rules.is_filer,
)
ROUTE = Command(
    name="route",
    action="routing.route",
    step="route",
    who=rules.is_coordinator,
    by_system=True,
    fields=(
        _LEAD,
        _COORDINATING,
        Choice(
            name="category",
            label=_("What it is about"),
            help=_("Correct it if it is wrong: the text vote learns from it."),
            choices=Category.choices,
            blank=_("(not known)"),
            required=False,
            api="the right one",
        ),
        _ROUTING_REASON,
    ),
    prefilled=lambda ticket: {"category": ticket.category},
    label=_("Route"),
    button=_("Send it there"),
    done=_("Routed."),
    officer_tab=80,
    bulk=Bulk(
        label=_("Choose the agency"),
        fields=(_LEAD, _COORDINATING, _ROUTING_REASON),
        offered_to=lambda person: person.is_coordinator,
    ),
)
REROUTE = Command(
    name="reroute",
    action="routing.reroute",
    who=rules.is_coordinator,
    right="route",
    when=ROUTE.check,
    compares_events=False,
    label=_("Decide again"),
    button=_("Let rules and text decide"),
    done=_("Routed."),
    template="issues/ticket/commands/reroute.html",
    officer_tab=90,
)
ACCEPT = Command(
    name="accept",
    action="resolving.accept",
    step="accept",
    who=rules.is_lead_officer,
    fields=(
        Officer(
            name="assignee",
            label=_("In charge"),
            blank=_("I take it on myself"),
            required=False,
            api="e-mail or id of an officer of the agency; else the caller",
        ),
    ),
    label=_("Accept"),
    button=_("Accept"),
    done=_("Accepted."),
    template="issues/ticket/commands/accept.html",
    officer_tab=10,
    bulk=Bulk(label=_("Accept"), fields=(), offered_to=lambda person: person.is_officer),
)
REASSIGN = Command(
    name="reassign",
    action="assigning.reassign",
    who=rules.is_assignee | rules.is_lead_head,
    when=policies.check_reassign,
    fields=(
        Officer(
            name="assignee",
            label=_("New officer in charge"),
            blank=_("Choose a colleague"),
            another=True,
            api="E-mail or id of an officer of the lead agency",
        ),
        Text(
            name="reason",
            label=_("Reason"),
            help=_ONLY_AGENCIES,
            rows=2,
            required=False,
            api="Only agencies read it",
        ),
    ),
    label=_("Hand over"),
    button=_("Hand it over"),
    done=_("Handed over."),
    officer_tab=70,
    undo=Undo("reassign"),
    bulk=Bulk(
        label=_("Hand over to a colleague"),
        fields=(
            Officer(name="assignee", label=_("New officer in charge"), blank=_("Choose a colleague")),
            Line(name="reason", label=_("Reason"), help=_ONLY_AGENCIES, longest=2000, required=False),
        ),
        offered_to=lambda person: person.is_officer,
        look=_look_reassign,
        more={"batch": True},  # the new officer gets one mail with the list
    ),
)
TABLE = (SUBMIT, ROUTE, REROUTE, ACCEPT, REASSIGN)
