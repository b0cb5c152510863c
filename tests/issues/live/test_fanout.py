"""Handing events to sockets."""

import pytest

from accounts.models import Role
from issues.events.topics import Topic
from issues.live import fanout
from issues.live.fanout import deliveries
from issues.live.identity import Identity
from issues.live.subscription import Subscription
from tests.factories.issues import make_agency, make_event, make_ticket, make_user
from tests.issues.live.sockets import token_headers

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("people", [1, 3])
def test_the_queries_of_a_batch_do_not_grow_with_its_sockets(people: int, django_assert_num_queries: object) -> None:
    agency = make_agency("SXD")
    ticket = make_ticket(agency=agency)
    events = [make_event(ticket) for _ in range(people)]
    topics = (Topic("agency", "SXD"), Topic("ticket", str(ticket.code)))
    subscriptions = []
    for _ in range(people):
        token_headers(user := make_user(Role.OFFICER, agency=agency))
        subscriptions.append(Subscription(Identity("token", user.tokens.get().digest), topics))
    with django_assert_num_queries(8):
        found = deliveries(events, subscriptions)
    assert len(found.messages) == people * people


def test_a_message_is_written_once_for_all_who_see_it_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    ticket = make_ticket()
    event = make_event(ticket)
    written: list[str] = []
    original = fanout.message_of
    monkeypatch.setattr(fanout, "message_of", lambda *a, **k: written.append("x") or original(*a, **k))
    subscriptions = [Subscription(Identity(), (Topic("public"),)) for _ in range(5)]
    assert len(deliveries([event], subscriptions).messages) == 5
    assert len(written) == 1
