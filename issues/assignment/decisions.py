"""Where routing (pure) meets rows: reads facts, rules, terms and resolved tickets, and maps codes to agencies."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.core.cache import caches
from django.db.models import Count
from django.utils import timezone

from accounts import agencies, people
from accounts.models import AGENCY_ROLES, Agency, Membership, Role, User
from core import clock
from investment.models import Project
from issues import routing
from issues.access import is_filer_side
from issues.assignment import duties, trained_vote
from issues.assignment.filing import Filing
from issues.models import (
    OPEN_STATUSES,
    RoutingRule,
    Ticket,
)

KEPT_WORDS = 8  # per category in a stored decision
MOST_WORDS = 60  # of the category that leads


@dataclass(frozen=True)
class Dispatch:
    """A decision in terms of rows."""

    lead: Agency | None
    coordinating: list[Agency]
    category: str
    method: str
    rule_id: int | None
    inputs: dict[str, Any]
    scores: list[dict[str, Any]]
    trace: list[dict[str, Any]]
    software_version: str


@dataclass(frozen=True)
class ChosenOfficer:
    """The officer whom the agency's order suggests; None where the agency has no officers."""

    officer: User | None
    trace: list[dict[str, Any]] = field(default_factory=list)


NOBODY = ChosenOfficer(None)


def decide(filing: Filing) -> Dispatch:
    """Decide for a proposal that is about to be filed."""
    return to_rows(
        run(
            facts_of(
                title=filing.title,
                body=filing.body,
                category=filing.category,
                ward=filing.ward,
                project=filing.project,
                kind=filing.kind,
            ),
            ward=filing.ward,
        )
    )


def decide_ticket(ticket: Ticket) -> Dispatch:
    """Decide again for a ticket; its category stands as it was filed or voted."""
    facts = facts_of(
        title=ticket.title,
        body=ticket.body,
        category=ticket.category,
        ward=ticket.ward,
        project=ticket.project,
        kind=ticket.kind,
    )
    return to_rows(run(facts, ward=ticket.ward))


def facts_of(
    *, title: str, body: str, category: str, ward: Agency | None, project: Project | None, kind: str
) -> routing.Facts:
    """The facts that routing reads, from rows."""
    contact = project.contact_agency if project is not None else None
    return routing.Facts(
        title=title,
        body=body,
        category=category or None,
        ward=ward.code if ward else None,
        sector=(project.sector or None) if project else None,
        project=project.code if project else None,
        project_contact_agency=contact.code if contact else None,
        kind=kind,
    )


def run(facts: routing.Facts, *, ward: Agency | None = None) -> routing.Decision:
    """The pure decision with today's rules and the current model. An unconnected ward leads nothing."""
    day = timezone.localdate(clock.now())
    wards = {ward.code: ward.code} if ward is not None and ward.takes_tickets else {}
    return routing.decide(facts, active_rules(day), trained_vote.current_model(), {}, wards, routing.THRESHOLD, day=day)


def active_rules(day: date) -> list[routing.Rule]:
    """The rules in force on a day, as routing reads them; an edit is seen within seconds."""
    rules: Any = caches["process"].get_or_set("routing-rules", _read_rules)
    return [rule for rule in rules if rule.in_force(day)]


def _read_rules() -> list[routing.Rule]:
    return [rule_of(row) for row in RoutingRule.objects.filter(active=True)]


def rule_of(row: RoutingRule) -> routing.Rule:
    """One row as a pure rule; RuleError when its conditions are not valid."""
    return routing.Rule.from_dict(
        {
            "id": row.pk,
            "number": row.number,
            "version": row.version,
            "priority": row.priority,
            "name": row.name_vi,
            "conditions": row.conditions,
            "lead_agency": row.lead or None,
            "coordinating": row.coordinating,
            "valid_from": row.valid_from.isoformat() if row.valid_from else None,
            "valid_to": row.valid_to.isoformat() if row.valid_to else None,
            "active": row.active,
        }
    )


def to_rows(decision: routing.Decision) -> Dispatch:
    """The decision in terms of agencies. One that is not connected cannot answer: then the coordinator decides."""
    found = agencies.named(filter(None, [decision.lead_agency, *decision.coordinating]))
    lead = found.get(decision.lead_agency or "")
    if lead is not None and not lead.takes_tickets:
        lead = None
    return Dispatch(
        lead=lead,
        coordinating=[found[code] for code in decision.coordinating if code in found],
        category=decision.category or "",
        method=decision.method,
        rule_id=decision.rule["id"] if decision.rule else None,
        inputs=dict(decision.inputs),
        scores=[_brief(score, MOST_WORDS if place == 0 else KEPT_WORDS) for place, score in enumerate(decision.scores)],
        trace=[step.to_dict() for step in decision.trace],
        software_version=decision.software_version,
    )


def _brief(score: routing.CategoryScore, words: int) -> dict[str, Any]:
    """A score with its weightiest words only, so that a decision stays a few kilobytes.

    Of the leading category all significant words are kept: the trace shows a choice of them, and replay makes it again.
    """
    row = score.to_dict()
    row["contributions"] = row["contributions"][:words]
    return row


# --- Inside the agency -------------------------------------------------------------------------------------------


def choose_officer(
    agency: Agency, at: datetime, *, filer_id: int | None = None, enterprise_id: int | None = None
) -> ChosenOfficer:
    """The duty officer, then the least loaded; absent people never (design §5), nor the filer or a member of the
    filer's enterprise.

    What arrives out of hours goes to the out-of-hours duty, and where there is none to the duty officer of the next
    working day.
    """
    officers = {
        pk: one.user for pk, one in _officers(agency).items() if not is_filer_side(one.person, enterprise_id, filer_id)
    }
    if not officers:
        return NOBODY
    present = duties.present(agency, duties.taken_up_at(agency, at))
    open_tickets = Ticket.objects.filter(status__in=OPEN_STATUSES, assignee__in=list(officers)).order_by()
    loads = dict(open_tickets.values_list("assignee").annotate(n=Count("pk")))
    chosen = routing.choose_assignee(
        [
            routing.Officer(
                id=pk,
                on_duty=pk in present.on_duty,
                absent=pk in present.absent,
                open_count=loads.get(pk, 0),
            )
            for pk in officers
        ]
    )
    return ChosenOfficer(
        officers[chosen.officer_id] if chosen.officer_id is not None else None,
        [step.to_dict() for step in chosen.trace],
    )


@dataclass(frozen=True)
class _Officer:
    """Somebody who may get the cases of an agency."""

    user: User
    person: people.Person


def _officers(agency: Agency) -> dict[int, _Officer]:
    """Who may get the cases of an agency, by id, as the process cache has them; its head where it has no officer."""
    found: Any = caches["process"].get_or_set(f"officers-{agency.pk}", lambda: _read_officers(agency))
    return found


def _read_officers(agency: Agency) -> dict[int, _Officer]:
    members = Membership.objects.filter(role__in=AGENCY_ROLES, user__is_active=True, agency=agency)
    rows = list(members.select_related("user").order_by("pk"))
    known = people.of_users([row.user for row in rows])
    by_role: dict[str, dict[int, _Officer]] = {Role.OFFICER: {}, Role.HEAD: {}}
    for row in rows:
        by_role[row.role][row.user_id] = _Officer(row.user, known[row.user_id])
    return by_role[Role.OFFICER] or by_role[Role.HEAD]
