"""The feed over HTTP: the same events as over the socket, a page at a time."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import Role, User
from issues.events.types import NotePosted, TicketRouted
from issues.live import feed
from tests.factories.issues import make_agency, make_event, make_ticket, make_user

pytestmark = pytest.mark.django_db


def get(user: User | None = None, path: str = "/api/v1/events", **query: Any) -> Any:
    client = Client()
    if user:
        client.force_login(user)
    return client.get(path, query)


def ids(response: Any) -> list[int]:
    assert response.status_code == 200, response.content
    return [event["id"] for event in response.json()["events"]]


def test_everybody_reads_the_public_topic_page_by_page() -> None:
    ticket = make_ticket()
    events = [make_event(ticket).pk for _ in range(5)]
    hidden = make_event(ticket, NotePosted(message=1, body="nội bộ"))
    first = get(topic="public", after=0, limit=3)
    assert ids(first) == events[:3]
    assert (first.json()["cursor"], first.json()["more"], first.json()["reset"]) == (events[2], True, False)
    second = get(topic="public", after=first.json()["cursor"], limit=3)
    assert ids(second) == events[3:]
    assert (second.json()["cursor"], second.json()["more"]) == (hidden.pk, False)


def test_without_after_come_the_latest() -> None:
    ticket = make_ticket()
    events = [make_event(ticket).pk for _ in range(5)]
    answer = get(limit=2)
    assert ids(answer) == events[-2:]
    assert (answer.json()["cursor"], answer.json()["more"]) == (events[-1], False)


def test_an_event_in_public_names_nobody_and_an_event_for_the_parties_says_more() -> None:
    agency = make_agency("SXD")
    officer = make_user(Role.OFFICER, agency=agency)
    ticket = make_ticket(agency=agency)
    make_event(ticket, TicketRouted(lead_agency="SXD", method="manual", category="land", reason="đúng thẩm quyền"))
    public = get(topic="public", after=0).json()["events"][0]
    inside = get(officer, topic="agency:SXD", after=0).json()["events"][0]
    assert "reason" not in public["data"]
    assert inside["data"]["reason"] == "đúng thẩm quyền"
    assert set(public) == {"id", "ticket", "seq", "type", "at", "actor", "visibility", "internal_to", "data"}


def test_topics_add_up_and_each_event_comes_once() -> None:
    agency = make_agency("SXD")
    officer = make_user(Role.OFFICER, agency=agency)
    mine, other = make_ticket(agency=agency), make_ticket()
    seen = [make_event(mine).pk, make_event(other).pk, make_event(mine, NotePosted(message=1, body="x")).pk]
    make_event(other, NotePosted(message=1, body="x"))
    assert ids(get(officer, topic=["public", "board", "agency:SXD"], after=0)) == seen


@pytest.mark.parametrize("topic", ["board", "agency:SXD", "ticket:KN-1", "nothing", "ticket:"])
def test_anonymous_people_are_asked_to_sign_in(topic: str) -> None:
    response = get(topic=topic)
    assert response.status_code == 401
    assert response["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("topic", ["board", "agency:SXD", "agency:NOPE", "ticket:KN-1", "nothing"])
def test_an_enterprise_may_not_follow_the_offices(topic: str) -> None:
    make_agency("SXD")
    assert get(make_user(), topic=topic).status_code == 403


def test_a_filer_follows_the_own_ticket() -> None:
    filer = make_user()
    ticket = make_ticket(filer=filer)
    event = make_event(ticket)
    make_event(make_ticket())
    assert ids(get(filer, topic=f"ticket:{ticket.code}", after=0)) == [event.pk]


def test_a_position_of_this_history_is_taken_and_one_of_another_resets() -> None:
    first, second = (make_event(make_ticket()) for _ in range(2))
    assert ids(get(topic="public", after=f"{first.pk}.{first.hash[:8]}")) == [second.pk]
    answer = get(topic="public", after=f"{first.pk}.{second.hash[:8]}").json()
    assert answer == {"events": [], "cursor": second.pk, "more": False, "reset": True}


def test_an_after_this_log_never_gave_resets() -> None:
    event = make_event(make_ticket())
    answer = get(topic="public", after=event.pk + 1).json()
    assert answer == {"events": [], "cursor": event.pk, "more": False, "reset": True}


@pytest.mark.parametrize("query", [{"after": "x"}, {"after": -1}, {"after": 2**63}, {"limit": 0}, {"limit": 501}])
def test_a_wrong_number_is_named(query: dict[str, Any]) -> None:
    response = get(topic="public", **query)
    assert response.status_code == 422
    assert list(response.json()["errors"]) == list(query)


def test_too_many_topics_are_refused() -> None:
    assert get(make_user(), topic=[f"ticket:KN-{n}" for n in range(21)]).status_code == 422


def test_a_long_silent_stretch_is_walked_in_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feed, "_CHUNK", 2)
    monkeypatch.setattr(feed, "_MOST_CHUNKS", 2)
    officer = make_user(Role.OFFICER, agency=make_agency("SXD"))
    hidden = make_ticket()
    for _ in range(6):
        make_event(hidden, NotePosted(message=1, body="x"))
    seen = make_event(hidden)
    after, rounds, found = 0, 0, []
    while rounds < 10:
        answer = get(officer, topic=["board", "public"], after=after).json()
        found += [event["id"] for event in answer["events"]]
        after, rounds = answer["cursor"], rounds + 1
        if not answer["more"]:
            break
    assert found == [seen.pk]


@pytest.mark.parametrize("count", [1, 3])
def test_the_queries_do_not_grow_with_the_events(count: int, django_assert_num_queries: Any) -> None:
    agency = make_agency("SXD")
    client = Client()
    client.force_login(make_user(Role.OFFICER, agency=agency))
    for _ in range(count):
        make_event(make_ticket(agency=agency))
    with django_assert_num_queries(8):  # session, person, roles, agency, newest, events, tickets, their agencies
        response = client.get("/api/v1/events", {"topic": "agency:SXD", "after": 0})
    assert len(ids(response)) == count
