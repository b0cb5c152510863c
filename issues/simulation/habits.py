"""What people tend to do in each state of a ticket, and how long they take; two temperaments of a task force."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from issues.models import Consultation, Extension, Ticket, TicketStatus
from issues.simulation.world import World

Weights = Mapping[str, float]


@dataclass(frozen=True)
class Habits:
    """`moves`: by state, what is done how often. `pace`: by state, the shortest and longest time in minutes."""

    moves: Mapping[str, Weights]
    pace: Mapping[str, tuple[float, float]]
    sensible: bool = False  # nobody tries what makes no sense now
    most_moves: int = 25  # then the enterprise has had enough
    at_any_hour: frozenset[str] = field(default_factory=frozenset)  # states in which people do not wait for the opening

    def next_move(self, world: World, ticket: Ticket) -> str | None:
        """By chance; None where nobody does anything any more."""
        weights = dict(self.moves.get(ticket.status, {}))
        for name in senseless(ticket) if self.sensible else ():
            weights.pop(name, None)
        if ticket.status == TicketStatus.ROUTED and ticket.lead_agency_id not in world.cast.agencies:
            return "route"  # nobody works there in this world
        return world.chance.choices(list(weights), list(weights.values()))[0] if weights else None

    def wait(self, world: World, ticket: Ticket) -> int:
        """Minutes until the next move."""
        return world.minutes(*self.pace.get(ticket.status, (1, 60)))


def senseless(ticket: Ticket) -> set[str]:
    """Moves for which there is nothing to do, or that would be refused."""
    waits = ticket.consultations.filter(status=Consultation.Status.REQUESTED).exists()
    asked = ticket.extensions.filter(status=Extension.Status.ASKED).exists()
    rated = ticket.ratings.filter(cycle=ticket.cycle).exists()
    return {
        *(("resolve", "consult") if waits else ("give_opinion", "cancel_opinion")),
        *(("ask_time",) if asked else ("decide_time",)),
        *(("rate",) if rated else ()),
        *(("publish",) if not ticket.public_consent or ticket.published_at else ()),
    }


S = TicketStatus

# A good day: most is accepted within minutes and answered within hours, and some cases take another course.
LIVELY = Habits(
    moves={
        S.SUBMITTED: {"route": 95, "decline": 5},
        S.ROUTED: {"accept": 94, "return": 5, "message": 1},
        S.IN_PROGRESS: {
            "resolve": 38, "give_opinion": 20, "message": 14, "consult": 10, "request_info": 9, "note": 6,
            "decide_time": 3, "ask_time": 2, "return": 1,
        },
        S.AWAITING_ENTERPRISE: {"provide_info": 90, "message": 7, "withdraw": 3},
        S.RESOLVED: {"confirm": 40, "rate": 25, "publish": 20, "silence": 12, "reopen": 3},
        S.CLOSED: {"rate": 60, "silence": 40},
    },
    pace={
        S.SUBMITTED: (3, 25),
        S.ROUTED: (2, 40),
        S.IN_PROGRESS: (8, 110),
        S.AWAITING_ENTERPRISE: (10, 150),
        S.RESOLVED: (10, 200),
        S.CLOSED: (5, 60),
    },
    sensible=True,
    at_any_hour=frozenset({S.AWAITING_ENTERPRISE, S.RESOLVED, S.CLOSED}),
)  # fmt: skip

# Everything that can happen happens, at any hour, also what the rules refuse.
_ANYTHING = {
    "message": 3.0, "note": 2.0, "resolve": 2.0, "request_info": 1.0, "provide_info": 1.0, "accept": 2.0, "return": 1.0,
    "consult": 2.0, "give_opinion": 2.0, "cancel_opinion": 1.5, "ask_time": 1.5, "decide_time": 3.0,
    "make_complex": 0.6, "withdraw": 0.3, "merge": 0.9, "route": 0.5, "reroute": 0.5, "confirm": 0.5, "rate": 0.5,
}  # fmt: skip
WILD = Habits(
    moves={
        S.SUBMITTED: {**_ANYTHING, "reroute": 5, "route": 10, "decline": 5},
        S.ROUTED: {**_ANYTHING, "accept": 16, "return": 3, "route": 1},
        S.IN_PROGRESS: {
            **_ANYTHING,
            "resolve": 6,
            "request_info": 5,
            "consult": 5,
            "give_opinion": 7,
            "cancel_opinion": 3,
            "return": 2,
            "ask_time": 3,
            "decide_time": 6,
        },
        S.AWAITING_ENTERPRISE: {**_ANYTHING, "provide_info": 20},
        S.RESOLVED: {"confirm": 3, "rate": 3, "reopen": 4, "publish": 8, "message": 1, "silence": 2, "withdraw": 0.5},
        S.CLOSED: {"rate": 2, "reopen": 2, "silence": 4, "message": 0.5},
        S.MERGED: {"message": 1, "reopen": 1, "silence": 6},
        S.WITHDRAWN: {"resolve": 1, "reopen": 1, "silence": 6},
        S.DECLINED: {"reopen": 1, "silence": 6},
    },
    pace={
        S.SUBMITTED: (1, 600),
        S.ROUTED: (1, 500),
        S.IN_PROGRESS: (1, 1500),
        S.AWAITING_ENTERPRISE: (1, 4000),
        S.RESOLVED: (1, 9000),
        S.CLOSED: (1, 9000),
    },
    at_any_hour=frozenset(TicketStatus.values),
)
