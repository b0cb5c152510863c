"""Rules held against the tickets of the last weeks: what a change would do, and which rules nobody needs."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.db.models import Prefetch
from django.utils import timezone

from accounts.models import Agency
from accounts.people import Person
from core import clock
from issues import routing
from issues.access import visible_tickets
from issues.assignment import decisions
from issues.models import RoutingDecision, RoutingRule, Ticket, TicketStatus
from issues.queries.routing_words import sentences_of_many
from issues.queries.rule_words import RuleWords

LAST_TICKETS = 200


@dataclass(frozen=True)
class TrialRow:
    """One ticket that would go elsewhere. `title` and `why` are empty for readers who may not open the ticket."""

    code: str
    title: str
    went: str
    by_now: str  # where today's rules would send it, if not where it went
    would: str
    beside: list[str]  # who would coordinate
    why: list[str]
    goes_elsewhere: bool


@dataclass(frozen=True)
class Trial:
    """What a rule would do to the last tickets."""

    rule: routing.Rule
    day: date  # as if they were filed on this day
    tickets: int
    matched: int
    rows: list[TrialRow] = field(default_factory=list)

    @property
    def elsewhere(self) -> int:
        return sum(row.goes_elsewhere for row in self.rows)

    @property
    def beside_only(self) -> int:
        """Tickets that keep their lead agency and get other coordinating ones."""
        return len(self.rows) - self.elsewhere

    @property
    def unchanged(self) -> int:
        return self.tickets - len(self.rows)


def try_rule(candidate: RoutingRule, person: Person, *, words: RuleWords, without: bool = False) -> Trial:
    """Hold a rule, saved or not, against the last tickets: today's rules with it, compared with today's rules.

    `without`: compare with today's rules without it, to see what a saved rule does. Reads the tickets in three queries
    and trains nothing: the votes are those that were taken when the tickets were filed.
    """
    today = timezone.localdate(clock.now())
    pure = replace(decisions.rule_of(candidate), name=candidate.name)
    day = max(today, pure.valid_from) if pure.valid_from else today
    others = [decisions.rule_of(row) for row in RoutingRule.objects.filter(active=True).exclude(pk=candidate.pk)]
    saved = RoutingRule.objects.filter(pk=candidate.pk, active=True).first() if candidate.pk and not without else None
    before = [*others, decisions.rule_of(saved)] if saved else others
    tickets = recent_tickets()
    tried = [ticket.tried for ticket in tickets]
    changes = list(routing.trial(tried, before, [*others, pure], day=day))
    return Trial(
        rule=pure,
        day=day,
        tickets=len(tickets),
        matched=routing.count_matches(tried, [pure])[pure.id],
        rows=_rows(changes, {ticket.row.code: ticket for ticket in tickets}, person, words),
    )


@dataclass(frozen=True)
class RecentTicket:
    """A ticket with the facts and the vote of the decision that the system took when it was filed."""

    row: Ticket
    tried: routing.TriedTicket


def recent_tickets(limit: int = LAST_TICKETS) -> list[RecentTicket]:
    """The last tickets that the system routed or tried to, newest first, in two queries."""
    taken = RoutingDecision.objects.exclude(method=RoutingDecision.Method.HAND).order_by("id")
    tickets = (
        Ticket.objects.exclude(status=TicketStatus.DRAFT)
        .select_related("lead_agency")
        .only("code", "title", "received_at", "lead_agency__code", "lead_agency__name_vi", "lead_agency__name_en")
        .prefetch_related(Prefetch("routing_decisions", queryset=taken, to_attr="taken"))
        .order_by("-received_at")[:limit]
    )
    return [RecentTicket(row, _tried(row, row.taken[0])) for row in tickets if row.taken]


def _tried(row: Ticket, decision: RoutingDecision) -> routing.TriedTicket:
    return routing.TriedTicket(
        code=row.code or "",
        facts=routing.Facts(**decision.facts),
        scores=[routing.CategoryScore.from_dict(score) for score in decision.scores],
        ward_agencies=decision.inputs.get("ward_agencies") or _own_ward(decision.facts.get("ward")),
    )


def _own_ward(ward: str | None) -> dict[str, str]:
    """A decision keeps what it needed; a ward's agency has the ward's code."""
    return {ward: ward} if ward else {}


def _rows(
    changes: list[routing.Change], tickets: dict[Any, RecentTicket], person: Person, words: RuleWords
) -> list[TrialRow]:
    codes = [change.code for change in changes]
    visible = set(visible_tickets(person).filter(code__in=codes).values_list("code", flat=True)) if codes else set()
    why = sentences_of_many({change.code: [step.to_dict() for step in change.after.trace] for change in changes})
    return [
        _row(change, tickets[change.code].row, words, change.code in visible, why[change.code]) for change in changes
    ]


def _row(change: routing.Change, ticket: Ticket, words: RuleWords, is_visible: bool, why: list[str]) -> TrialRow:
    went = ticket.lead_agency.code if ticket.lead_agency else None
    by_now = change.before.lead_agency
    return TrialRow(
        code=change.code,
        title=ticket.title if is_visible else "",
        went=words.agency(went),
        by_now=words.agency(by_now) if by_now != went else "",
        would=words.agency(change.after.lead_agency),
        beside=[words.agency(code) for code in change.after.coordinating],
        why=why if is_visible else [],
        goes_elsewhere=change.goes_elsewhere,
    )


@dataclass(frozen=True)
class RuleReport:
    """What there is to say about one rule: how many of the last tickets it matches, and what is wrong with it."""

    matched: int
    of_tickets: int
    warnings: list[str]


def report_on(rules: Iterable[RoutingRule], words: RuleWords) -> dict[Any, RuleReport]:
    """A report on each of all the rules, by id; five queries, however many rules.

    A rule that matched none of the last tickets is warned about only where there were enough of them.
    """
    rows = {row.pk: row for row in rules}
    usable = [pure for row in rows.values() if (pure := _usable(row)) is not None]
    tickets = [ticket.tried for ticket in recent_tickets()]
    counts = routing.count_matches(tickets, usable)
    found: dict[Any, list[str]] = {pk: [] for pk in rows}
    for warning in warnings_about(usable):
        found[warning.rule].append(words.warning(warning, rows))
    return {pk: RuleReport(counts.get(pk, 0), len(tickets), found[pk]) for pk in rows}


def warnings_about(rules: list[routing.Rule]) -> list[routing.RuleWarning]:
    """What is wrong with a set of rules, today and with the agencies that are connected today."""
    agencies = Agency.objects.values_list("code", "level", "stage")
    return routing.check_rules(
        rules,
        day=timezone.localdate(clock.now()),
        connected={code for code, _level, stage in agencies if stage != Agency.Stage.OFF},
        wards={code for code, level, _stage in agencies if level == Agency.Level.WARD},
    )


def warnings_of(candidate: RoutingRule, words: RuleWords) -> list[str]:
    """What is wrong with one rule, saved or not, among the others; and what it does to them."""
    rows: dict[Any, RoutingRule] = {row.pk: row for row in RoutingRule.objects.exclude(pk=candidate.pk)}
    pure = _usable(candidate)
    if pure is None:
        return [words.sentence_of(candidate)]
    rows[pure.id] = candidate
    rules = [pure, *(other for row in rows.values() if row is not candidate and (other := _usable(row)) is not None)]
    mine, theirs = [], []
    for warning in warnings_about(rules):
        if warning.rule == pure.id:
            mine.append(words.warning(warning, rows))
        elif pure.id in warning.rules:
            theirs.append((rows[warning.rule], warning))
    return [*mine, *(_about_other(row, words.warning(warning, rows)) for row, warning in theirs)]


def _about_other(row: RoutingRule, sentence: str) -> str:
    return f"{row}: {sentence}"


def _usable(row: RoutingRule) -> routing.Rule | None:
    try:
        return decisions.rule_of(row)
    except routing.RuleError:
        return None
