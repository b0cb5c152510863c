"""After two returns the coordinator decides, and is offered to make that decision a rule."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Agency
from core import clock
from core.errors import Invalid, NotPossible
from issues.actions import resolving, routing, routing_rules
from issues.actor import Actor
from issues.models import Category, RoutingRule, RuleOffer, Ticket
from issues.queries.rule_offers import offered_rule
from tests.factories.issues import make_agency
from tests.issues.admin.forms import rule_data
from tests.issues.conftest import MORNING, TaskForce

LAW = "Nghị định 15/2021/NĐ-CP"


def decided(force: TaskForce, *, returns: int = 2, **fields: object) -> Ticket:
    """Returned, then sent to the department of finance by hand."""
    ward = make_agency("00004", level=Agency.Level.WARD, name_vi="Phường Ba Đình")
    ticket = force.file(title="Vướng giấy phép xây dựng mái nhà xưởng", ward=ward.code, **fields)
    coordinator = Actor.of(force.coordinator)
    with clock.at(MORNING):
        for number in range(returns):
            if number:
                ticket = routing.route(ticket=ticket, actor=coordinator, lead_agency="SXD", reason="It is theirs.")
            ticket = resolving.return_ticket(
                ticket=ticket, actor=Actor.of(force.officer), agency="STC", legal_basis=LAW, reason="No."
            )
        return routing.route(
            ticket=ticket,
            actor=coordinator,
            lead_agency="STC",
            coordinating_agencies=["STP"],
            category="investment_procedure",
            reason="Money comes first here.",
        )


@pytest.fixture
def client(force: TaskForce) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(force.coordinator)
    return client


def test_the_offer_comes_with_the_second_return_only(force: TaskForce) -> None:
    assert not decided(force, returns=1).rule_offers.exists()
    offer = decided(force).rule_offers.get()
    assert (offer.state, offer.decision.reason) == ("open", "Money comes first here.")


def test_a_decision_by_hand_can_correct_the_category(force: TaskForce) -> None:
    ticket = decided(force)
    assert ticket.category == Category.INVESTMENT_PROCEDURE
    decision = ticket.routing_decisions.last()
    assert decision is not None
    assert decision.trace == [
        {"code": "category_corrected", "params": {"category": "investment_procedure", "second": "construction"}}
    ]


def test_the_rule_is_filled_in_from_the_ticket(force: TaskForce) -> None:
    rule = offered_rule(decided(force).rule_offers.get())
    assert rule.conditions["category"] == ["investment_procedure"]
    assert rule.conditions["ward"] == ["00004"]
    assert 1 <= len(rule.conditions["words_any"]) <= 4
    assert all(
        word in "vướng giấy phép xây dựng mái nhà xưởng công trình khởi công" for word in rule.conditions["words_any"]
    )
    assert (rule.lead, rule.coordinating) == ("STC", ["STP"])
    assert (rule.name_vi, rule.name_en) == (
        "Thủ tục đầu tư: chuyển Sở Tài chính",
        "Investment procedures: to Department of Finance",
    )


def test_page_and_inbox_offer_it_and_the_form_remembers_it(client: Client, force: TaskForce) -> None:
    ticket = decided(force)
    offer = ticket.rule_offers.get()
    address = f"{reverse('routingrule:add')}?offer={offer.pk}"
    for page in (reverse("issues:ticket", args=[ticket.code]), reverse("issues:inbox")):
        assert address in client.get(page).content.decode()
    form = client.get(address).content.decode()
    assert "Money comes first here." in form
    assert ticket.code in form
    tried = client.post(reverse("routingrule:add"), rule_data(offer=offer.pk, **{"action-try": "1"}))
    assert f'name="offer" value="{offer.pk}"' in tried.content.decode()
    assert client.post(reverse("routingrule:add"), rule_data(offer=offer.pk)).status_code == 302
    offer.refresh_from_db()
    assert (offer.state, offer.answered_by) == ("made", force.coordinator)
    assert offer.rule == RoutingRule.objects.get(number=900)
    assert address not in client.get(reverse("issues:inbox")).content.decode()


def test_no_is_remembered(client: Client, force: TaskForce) -> None:
    ticket = decided(force)
    offer = ticket.rule_offers.get()
    answer = client.post(reverse("issues:offer_dismiss", args=[offer.pk]), follow=True)
    assert f"offer={offer.pk}" not in answer.content.decode()
    offer.refresh_from_db()
    assert (offer.state, offer.answered_by) == (RuleOffer.State.DISMISSED, force.coordinator)
    with pytest.raises(NotPossible):
        routing_rules.dismiss_offer(actor=Actor.of(force.coordinator), offer=offer)


def test_an_offer_that_is_gone_gives_an_empty_form(client: Client, force: TaskForce) -> None:
    for value in ("999", "x", "9" * 30, ""):
        assert client.get(f"{reverse('routingrule:add')}?offer={value}").status_code == 200


def test_officers_are_offered_nothing(force: TaskForce) -> None:
    ticket = decided(force)
    officer = Client()
    officer.force_login(force.finance_officer)
    assert "offer=" not in officer.get(reverse("issues:ticket", args=[ticket.code])).content.decode()
    assert officer.post(reverse("issues:offer_dismiss", args=[ticket.rule_offers.get().pk])).status_code == 403


@pytest.mark.parametrize("category", ["fishing", 7])
def test_a_category_that_is_none_is_refused(force: TaskForce, category: object) -> None:
    with pytest.raises(Invalid) as error:
        routing.route(
            ticket=force.file(),
            actor=Actor.of(force.coordinator),
            lead_agency="STC",
            reason="x",
            category=category,
        )
    assert "category" in error.value.fields
