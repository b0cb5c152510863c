"""Every state × transition × role, through the HTTP interface, against the table of the design and against the page
that is generated from the declarations (docs/state-machine.md) and that people have reviewed."""

import itertools
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from accounts.models import ApiToken, Membership, Role, User
from core import clock
from issues.commands.command import Command
from issues.commands.fields import Field, OneAgency
from issues.commands.table import TRANSITIONS
from issues.models import OPEN_STATUSES, Ticket, TicketStatus
from tests.factories.issues import make_ticket, make_user
from tests.issues.conftest import TaskForce, make_task_force

pytestmark = pytest.mark.django_db
Cells = dict[tuple[str, str, str], int]
OPEN = set(map(str, OPEN_STATUSES))
FROM: dict[str, set[str]] = {
    "submit": {"draft"},
    "route": {"submitted", "routed"},
    "accept": {"routed"},
    "request_info": {"in_progress"},
    "provide_info": {"awaiting_enterprise"},
    "return": {"routed", "in_progress"},
    "resolve": {"in_progress"},
    "decline": {"submitted"},
    "confirm": {"resolved"},
    "close_unconfirmed": {"resolved"},
    "reopen": {"resolved", "closed"},
    "withdraw": OPEN,
}
ENTERPRISE = {"filer", "fellow of the filer"}
AGENCY = {"assignee", "officer", "head"}
WHO: dict[str, set[str]] = {
    "submit": ENTERPRISE,
    "route": {"coordinator"},
    "accept": AGENCY,
    "request_info": {"assignee", "head"},
    "provide_info": ENTERPRISE,
    "return": AGENCY,
    "resolve": {"assignee", "head"},
    "decline": {"coordinator"},
    "confirm": ENTERPRISE,
    "close_unconfirmed": set(),
    "reopen": ENTERPRISE,
    "withdraw": ENTERPRISE,
}
SEES = ENTERPRISE | AGENCY | {"officer of a coordinating agency", "coordinator", "leader"}
SEES_NOT = {
    "other enterprise",
    "officer of another agency",
    "editor",
    "publisher",
    "administrator",
    "nobody in particular",
}


def body_of(command: Command) -> dict[str, Any]:
    """A right body for a transition, from the fields that it declares."""
    return {field.argument: _value_of(field) for field in command.fields if field.required}


def _value_of(field: Field) -> Any:
    if isinstance(field, OneAgency):
        return "STC"
    schema = field.json()
    return schema["enum"][0] if "enum" in schema else {"string": "Luật", "integer": 1, "boolean": True}[schema["type"]]


def read_cells(lines: Iterable[str]) -> Cells:
    """The last table of the page: each cell by state, transition and role."""
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in lines if "|" in line]
    columns = {role: number for number, roles in enumerate(rows[0]) for role in roles.split(", ")}
    return {
        (state, name, role): int(row[columns[role]].strip("*"))
        for row in rows[2:]
        for name in (TRANSITIONS if row[0] == "any" else [row[0].strip("`")])
        for state in row[1].split(", ")
        for role in [*columns][2:]
    }


PAGE = read_cells(Path("docs/state-machine.md").read_text(encoding="utf-8").partition("## Who gets")[2].splitlines())


def expected(state: str, transition: str, role: str) -> int:
    """The design's answer; of a transition that came later, the page's.

    Drafts are not addressed by a code, so nobody finds one.
    """
    if transition not in FROM:
        return PAGE[state, transition, role]
    if role == "anonymous":
        return 401
    if role in SEES_NOT or state == "draft":
        return 404
    if role not in WHO[transition]:
        return 403
    return 200 if state in FROM[transition] else 409


def people_of(force: TaskForce) -> dict[str, User | None]:
    enterprise = force.filer.memberships.get().enterprise
    return {
        "anonymous": None,
        "filer": force.filer,
        "fellow of the filer": make_user(Role.ENTERPRISE, enterprise=enterprise),
        "other enterprise": force.other_filer,
        "assignee": force.officer,
        "officer": force.colleague,
        "head": force.head,
        "officer of another agency": force.finance_officer,
        "officer of a coordinating agency": force.justice_officer,
        "coordinator": force.coordinator,
        "leader": force.leader,
        "editor": make_user(Role.EDITOR),
        "publisher": make_user(Role.PUBLISHER),
        "administrator": User.objects.create_superuser("admin@example.com", "password"),
        "nobody in particular": make_user(),
    }


def ticket_in(state: str, force: TaskForce) -> Ticket:
    """A ticket in this state, made directly."""
    answered = clock.now() if state in ("resolved", "closed") else None
    ticket = make_ticket(
        filer=force.filer,
        agency=force.construction,
        status=state,
        enterprise=Membership.objects.get(user=force.filer).enterprise,
        assignee=force.officer,
        resolved_at=answered,
    )
    ticket.coordinating_agencies.add(force.justice)
    return ticket


@pytest.mark.parametrize("state", TicketStatus.values)
def test_who_may_do_what_in_which_state(state: str) -> None:
    force = make_task_force()
    callers = people_of(force)
    tokens = {role: ApiToken.issue(user=user, name=role)[1] for role, user in callers.items() if user}
    found: dict[tuple[str, str], int] = {}
    ticket, client = ticket_in(state, force), Client()  # without a cookie: who calls is said by the token alone
    for transition, role in itertools.product(TRANSITIONS, callers):
        response = client.post(
            f"/api/v1/tickets/{ticket.code}/transitions/{transition}",
            body_of(TRANSITIONS[transition]),
            content_type="application/json",
            headers={"Authorization": f"Bearer {tokens[role]}"} if role in tokens else {},
        )
        assert not client.cookies
        found[transition, role] = response.status_code
        if response.status_code == 200:  # what is refused leaves the ticket as it was: the next call would show it
            ticket = ticket_in(state, force)
    wanted = {(name, role): expected(state, name, role) for name, role in found}
    assert {key: status for key, status in found.items() if status != wanted[key]} == {}
    assert {(name, role): status for (of, name, role), status in PAGE.items() if of == state} == found


def test_the_design_is_kept() -> None:
    assert set(FROM) == set(WHO) <= set(TRANSITIONS)
    assert set().union(*FROM.values()) <= set(map(str, TicketStatus.values))


def test_what_is_offered_is_what_is_possible() -> None:
    """`available_transitions` names for each caller exactly what would not be refused."""
    force = make_task_force()
    callers = {role: Client() for role in SEES}
    for role, user in people_of(force).items():
        if role in SEES and user:
            callers[role].force_login(user)
    tickets = {state: ticket_in(state, force) for state in TicketStatus.values if state != "draft"}
    for (state, ticket), (role, client) in itertools.product(tickets.items(), callers.items()):
        offered = client.get(f"/api/v1/tickets/{ticket.code}").json()["available_transitions"]
        assert offered == [name for name in TRANSITIONS if expected(state, name, role) == 200], (state, role)


def test_an_unknown_transition_is_missing() -> None:
    force = make_task_force()
    client = Client()
    client.force_login(force.coordinator)
    path = f"/api/v1/tickets/{ticket_in('submitted', force).code}/transitions/"
    for name in ("merge", "send_back", "delete", "Accept", "__class__", "x" * 500):
        response = client.post(path + name, {}, content_type="application/json")
        assert (response.status_code, response["Content-Type"]) == (404, "application/problem+json")
