"""Offers to make a rule of a coordinator's decision, and the rule that each suggests."""

from typing import Any

from django.db.models import Max
from django.utils import translation
from django.utils.translation import gettext as _

from core.text import fold
from issues.models import Category, RoutingDecision, RoutingRule, RuleOffer, Ticket
from issues.routing.decide import TELLING_WEIGHT

MOST_WORDS = 4
MOST_OFFERS = 10
PRIORITY = 90  # before the rules that a new installation begins with: the decision was an exception to them


def offer_of(ticket: Ticket) -> RuleOffer | None:
    """The open offer to make a rule of the last decision on a ticket."""
    return ticket.rule_offers.filter(state=RuleOffer.State.OPEN).order_by("-id").first()


def open_offers(limit: int = MOST_OFFERS) -> list[RuleOffer]:
    """Decisions that could become rules and wait for an answer, newest first; one query."""
    rows = RuleOffer.objects.select_related("ticket", "decision__lead_agency").filter(state=RuleOffer.State.OPEN)
    return list(rows.order_by("-id")[:limit])


def open_offer(pk: Any) -> RuleOffer | None:
    """The offer with this id, as long as nobody has answered it."""
    if not str(pk or "").isdecimal() or len(str(pk)) > 18:
        return None
    related = ("ticket__ward", "ticket__lead_agency", "decision__lead_agency")
    return RuleOffer.objects.select_related(*related).filter(pk=pk, state=RuleOffer.State.OPEN).first()


def offered_rule(offer: RuleOffer | None) -> RoutingRule:
    """A rule to begin with, not saved: empty but for its number, or what the decision suggests."""
    rule = RoutingRule(number=(RoutingRule.objects.aggregate(last=Max("number"))["last"] or 0) + 1)
    if offer is None:
        return rule
    ticket, lead = offer.ticket, offer.decision.lead_agency
    assert lead is not None  # noqa: S101  (a decision by hand names its agency)
    rule.priority = PRIORITY
    rule.conditions = _conditions(offer)
    rule.lead = lead.code
    rule.coordinating = [agency.code for agency in ticket.coordinating_agencies.all()]
    for language in ("vi", "en"):
        with translation.override(language):
            label = Category(ticket.category).label if ticket.category else _("Any category")
            name = _("{category}: to {agency}").format(category=label, agency=lead.name)
        setattr(rule, f"name_{language}", name)
    return rule


def _conditions(offer: RuleOffer) -> dict[str, Any]:
    ticket = offer.ticket
    conditions: dict[str, Any] = {}
    if ticket.category:
        conditions["category"] = [ticket.category]
    if ticket.ward is not None:
        conditions["ward"] = [ticket.ward.code]
    if words := weighty_words(offer):
        conditions["words_any"] = words
    return conditions


def weighty_words(offer: RuleOffer) -> list[str]:
    """The words that counted most in the vote on this ticket, phrases before single words, in their own spelling."""
    decisions = offer.ticket.routing_decisions.exclude(method=RoutingDecision.Method.HAND).exclude(scores=[])
    decision = decisions.order_by("-id").first()
    if decision is None:
        return []
    votes = {score["code"]: score["contributions"] for score in decision.scores}
    # Where no word spoke for the category as it was corrected, the words that misled the vote describe the ticket.
    words = _weighty(votes.get(offer.ticket.category, [])) or _weighty(decision.scores[0]["contributions"])
    phrases, lone = [word for word in words if " " in word], [word for word in words if " " not in word]
    once = {fold(word): word.lower() for word in reversed([*phrases, *lone])}
    return list(reversed(once.values()))[:MOST_WORDS]


def _weighty(contributions: list[Any]) -> list[str]:
    return [word for word, weight in contributions if weight >= TELLING_WEIGHT]
