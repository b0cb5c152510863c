"""A world in which people file and work: chance, the people, what they write, and what came of it."""

import json
import random
from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from typing import Any

from accounts.demo import data_dir
from accounts.models import Agency, User
from issues.actor import Actor
from issues.models import Ticket
from issues.simulation.cast import Cast


class World:
    """Everything that moves share. The same seed, people and data give the same world."""

    def __init__(self, *, cast: Cast, seed: int) -> None:
        self.cast = cast
        self.chance = random.Random(seed)  # noqa: S311  (repeatable on purpose)
        self.done: Counter[str] = Counter()
        self.refused: Counter[str] = Counter()

    @cached_property
    def proposals(self) -> list[dict[str, Any]]:
        """The published proposals: what enterprises ask, and what they were answered."""
        rows: list[dict[str, Any]] = json.loads((data_dir() / "proposals.json").read_text(encoding="utf-8"))
        return rows

    def proposal(self) -> dict[str, Any]:
        return self.chance.choice(self.proposals)

    def answer(self) -> str:
        return str(self.proposal()["outcome"])

    def filer(self) -> Actor:
        return Actor.of(self.chance.choice(self.cast.filers))

    def filer_of(self, ticket: Ticket) -> Actor:
        return Actor.of(ticket.filer)

    def coordinator(self) -> Actor:
        return Actor.of(self.chance.choice(self.cast.coordinators))

    def leader(self) -> Actor:
        return Actor.of(self.chance.choice(self.cast.leaders))

    def officer_of(self, ticket: Ticket) -> Actor:
        """The assignee where somebody accepted it, else anybody of the lead agency."""
        people = self.cast.officers[ticket.lead_agency_id or 0]
        assignee = next((one for one in people if one.pk == ticket.assignee_id), None)
        return Actor.of(assignee or self._one(people))

    def officer_at(self, agency: Agency) -> Actor:
        return Actor.of(self._one(self.cast.officers[agency.pk]))

    def other_agency(self, ticket: Ticket) -> Agency:
        """An agency other than the lead one."""
        others = [agency for pk, agency in self.cast.agencies.items() if pk != ticket.lead_agency_id]
        return self.chance.choice(others)

    def minutes(self, shortest: float, longest: float) -> int:
        """A time between two bounds, short ones more often."""
        return int(self.chance.triangular(shortest, longest, shortest))

    def _one(self, people: Sequence[User]) -> User:
        return self.chance.choice(people or self.cast.filers)  # nobody there: somebody tries who may not
