"""What would happen if this were filed now: agency, promised time, and why (design §7, POST /tickets/preview)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from accounts.models import Agency
from accounts.people import NOBODY, Person
from core import clock
from core.text import beginning
from investment.models import Project
from issues.assignment import decisions
from issues.clocks import calendars, clocks
from issues.clocks.clock_view import ClockView, promise_view
from issues.models import BODY_MAX, TITLE_MAX, Category, ClockKind, Ticket, TicketKind
from issues.queries.open_cases import OpenCases, open_cases
from issues.queries.routing_words import routing_sentences
from issues.queries.similar import SimilarAnswer, similar_of
from issues.sentences.clock_words import ClockWords
from issues.sentences.explanations import explain_steps
from issues.sla import Deadline, deadline

SHOWN_CATEGORIES = 3
SHOWN_WORDS = 6


@dataclass(frozen=True)
class Preview:
    """The promise before it is made."""

    lead_agency: Agency | None
    coordinating: list[Agency]
    category: str
    method: str
    categories: list[dict[str, Any]]  # code and share of the vote, the likeliest first
    words: list[str]  # words of the text that speak for the category
    due_at: datetime
    deadline: Deadline
    clock: ClockView
    routing_explanation: list[str]
    clock_explanation: list[str]
    similar: list[SimilarAnswer]
    open_cases: OpenCases

    @property
    def explanation(self) -> list[str]:
        return [*self.routing_explanation, *self.clock_explanation]

    @property
    def promise(self) -> str:
        """The promise in one sentence."""
        return ClockWords(self.clock).headline

    def as_json(self) -> dict[str, Any]:
        """The answer of the interface."""
        agency = self.lead_agency
        return {
            "categories": self.categories,
            "category": self.category or None,
            "method": self.method,
            "lead_agency": {"code": agency.code, "name": agency.name} if agency else None,
            "coordinating_agencies": [{"code": a.code, "name": a.name} for a in self.coordinating],
            "due_at": self.due_at.isoformat(),
            "promise": self.promise,
            "explanation": self.explanation,
            "similar": [
                {"title": found.ticket.public_title, "url": found.url, "score": found.score} for found in self.similar
            ],
            "open_cases": self.open_cases.as_json(),
        }


def preview(
    *,
    title: str = "",
    body: str = "",
    category: str = "",
    ward: str = "",
    project: str = "",
    kind: str = "",
    person: Person = NOBODY,
) -> Preview:
    """Look ahead, forgiving: unknown codes and half a text are welcome while somebody types.

    `person` is shown their own open tickets that read alike.
    """
    now = clock.now()
    ward_row = Agency.objects.filter(code=beginning(ward, 20), level=Agency.Level.WARD).first() if ward else None
    project_row = _project(project)
    ticket = Ticket(
        title=beginning(title, TITLE_MAX),
        body=beginning(body, BODY_MAX),
        category=category if category in Category.values else "",
        kind=kind if kind in TicketKind.values and kind != TicketKind.COMPLEX else TicketKind.DIFFICULTY,
    )
    facts = decisions.facts_of(
        title=ticket.title,
        body=ticket.body,
        category=ticket.category,
        ward=ward_row,
        project=project_row,
        kind=ticket.kind,
    )
    decision = decisions.run(facts, ward=ward_row)
    rows = decisions.to_rows(decision)
    target = clocks.target_for(ClockKind.RESOLUTION, ticket)
    calendar_id, calendar = calendars.calendar_for(rows.lead)
    result = deadline(calendar=calendar, target=target, start=now)
    best = decision.scores[0]
    return Preview(
        lead_agency=rows.lead,
        coordinating=rows.coordinating,
        category=rows.category,
        method=rows.method if rows.lead else "none",
        categories=[{"code": s.code, "score": round(s.score, 3)} for s in decision.scores[:SHOWN_CATEGORIES]],
        words=_different([word for word, _weight in best.contributions])[:SHOWN_WORDS],
        due_at=result.first_due_at,
        deadline=result,
        clock=promise_view(calendar=calendar, target=target, at=now),
        routing_explanation=routing_sentences(rows.trace),
        clock_explanation=explain_steps(result.steps, calendar_id=calendar_id),
        similar=similar_of(decision.scores),
        open_cases=open_cases(f"{ticket.title}\n{ticket.body}", person),
    )


def _different(words: list[str]) -> list[str]:
    """Each word once, as it was written first: at the head of a sentence it is the same word."""
    return list({word.casefold(): word for word in reversed(words)}.values())[::-1]


def _project(code: str) -> Project | None:
    if not code:
        return None
    return Project.objects.select_related("contact_agency").filter(code=beginning(code, 20)).first()
