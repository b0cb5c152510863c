"""State × transition × role → what the HTTP interface answers, asked of the declarations; no database is read.

`tests/contracts/test_state_machine.py` asks the same of the interface itself, for every cell.
"""

from collections.abc import Iterator
from http import HTTPStatus
from itertools import groupby
from typing import Any

from django.contrib.auth.models import AnonymousUser

from accounts import people
from accounts.models import Role
from issues import rules
from issues.commands.command import Command
from issues.commands.table import TRANSITIONS
from issues.models import Ticket, TicketStatus

OK, NOT_SIGNED_IN = HTTPStatus.OK, HTTPStatus.UNAUTHORIZED
FORBIDDEN, MISSING, CONFLICT = HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT

_ENTERPRISE, _OTHER_ENTERPRISE = 1, 2
_LEAD, _COORDINATING, _OTHER_AGENCY = 1, 2, 3
_FILER, _ASSIGNEE = 1, 3


def _officer(pk: int, agency: int, *, head: bool = False) -> Any:
    of_head = frozenset({agency} if head else ())
    return people.pretend(pk, officer_agency_ids=frozenset({agency}), head_agency_ids=of_head)


def _people() -> dict[str, Any]:
    """One of each role; names are those of the table's columns."""
    return {
        "filer": people.pretend(_FILER, enterprise_ids=frozenset({_ENTERPRISE})),
        "fellow of the filer": people.pretend(2, enterprise_ids=frozenset({_ENTERPRISE})),
        "assignee": _officer(_ASSIGNEE, _LEAD),
        "officer": _officer(4, _LEAD),
        "head": _officer(5, _LEAD, head=True),
        "officer of a coordinating agency": _officer(6, _COORDINATING),
        "coordinator": people.pretend(7, roles=frozenset({Role.COORDINATOR})),
        "leader": people.pretend(8, roles=frozenset({Role.LEADER})),
        "officer of another agency": _officer(9, _OTHER_AGENCY),
        "other enterprise": people.pretend(10, enterprise_ids=frozenset({_OTHER_ENTERPRISE})),
        "editor": people.pretend(11, roles=frozenset({Role.EDITOR})),
        "publisher": people.pretend(12, roles=frozenset({Role.PUBLISHER})),
        "administrator": people.pretend(13, roles=frozenset({Role.ADMIN})),
        "nobody in particular": people.pretend(14),
        "anonymous": AnonymousUser(),
    }


class _Rows(list[Any]):
    """Rows as a manager gives them."""

    def all(self) -> "_Rows":
        return self


class _Pretended:
    """A ticket that is in no database, with the rows that rules and policies ask for."""

    def __init__(self, ticket: Ticket, **rows: list[Any]) -> None:
        self._ticket = ticket
        self.__dict__.update({name: _Rows(found) for name, found in rows.items()})

    def __getattr__(self, name: str) -> Any:
        return getattr(self._ticket, name)


def _ticket(state: str) -> Any:
    """A ticket of the filer at its lead agency, answered just now where it is answered; nothing else is open."""
    ticket = Ticket(
        pk=1, code="KN", status=state, filer_id=_FILER, enterprise_id=_ENTERPRISE, lead_agency_id=_LEAD,
        assignee_id=_ASSIGNEE,
    )  # fmt: skip
    coordinating = Ticket.coordinating_agencies.rel.model(pk=_COORDINATING)
    return _Pretended(ticket, coordinating_agencies=[coordinating], consultations=[], clocks=[])


def answer(ticket: Ticket, command: Command, user: Any) -> HTTPStatus:
    """The status of the transition's call for this person, the body being right."""
    if not people.of(user).is_signed_in:
        return NOT_SIGNED_IN
    if ticket.status == TicketStatus.DRAFT or not rules.may(user, "see", ticket):
        return MISSING  # a draft has no code to be addressed by
    if not rules.may(user, command.permission, ticket):
        return FORBIDDEN
    return OK if command.is_possible(ticket) else CONFLICT


def matrix() -> dict[tuple[str, str, str], HTTPStatus]:
    """By state, transition and role."""
    everybody = _people()
    tickets = {str(state): _ticket(state) for state in TicketStatus.values}
    return {
        (state, name, role): answer(ticket, command, user)
        for name, command in TRANSITIONS.items()
        for state, ticket in tickets.items()
        for role, user in everybody.items()
    }


def matrix_lines() -> Iterator[str]:
    """The matrix as a table: columns that are the same everywhere are one, and so are states of a transition."""
    found = matrix()
    columns = _columns(found)
    yield "## Who gets which answer, in every state"
    yield ""
    yield "200: done. 403: may see the ticket, but this is for others. 404: may not see it (drafts have no code yet)."
    yield "409: not possible in this state. 401: not signed in. Conditions of the table above apart."
    yield ""
    yield f"| transition | state | {' | '.join(', '.join(roles) for roles in columns)} |"
    yield f"|---|---|{'---|' * len(columns)}"
    everywhere = _same_for_all(found)
    for name in TRANSITIONS:
        states = [str(state) for state in TicketStatus.values if state not in everywhere]
        rows = [(state, [found[state, name, roles[0]] for roles in columns]) for state in states]
        rows.sort(key=lambda row: OK not in row[1])  # what is possible first
        for cells, group in groupby(rows, key=lambda row: row[1]):
            yield _row(f"`{name}`", [state for state, _cells in group], cells)
    for state in everywhere:
        yield _row("any", [state], [found[state, "submit", roles[0]] for roles in columns])


def _same_for_all(found: dict[tuple[str, str, str], HTTPStatus]) -> list[str]:
    """States in which every transition has the same answers."""
    by_state: dict[str, set[tuple[str, HTTPStatus]]] = {}
    for (state, _name, role), status in found.items():
        by_state.setdefault(state, set()).add((role, status))
    return [state for state, answers in by_state.items() if len({role for role, _ in answers}) == len(answers)]


def _row(name: str, states: list[str], cells: list[HTTPStatus]) -> str:
    return f"| {name} | {', '.join(states)} | {' | '.join(_shown(status) for status in cells)} |"


def _columns(found: dict[tuple[str, str, str], HTTPStatus]) -> list[list[str]]:
    """Roles with the same answers everywhere, together, in the order in which they come."""
    of_role: dict[str, tuple[int, ...]] = {}
    for (_state, _name, role), status in found.items():
        of_role[role] = (*of_role.get(role, ()), int(status))
    groups: dict[tuple[int, ...], list[str]] = {}
    for role, statuses in of_role.items():
        groups.setdefault(statuses, []).append(role)
    return list(groups.values())


def _shown(status: HTTPStatus) -> str:
    return f"**{int(status)}**" if status == OK else str(int(status))
