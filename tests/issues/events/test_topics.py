"""Topics of the live feed: their names, who may follow them, and which events belong to them."""

import pytest

from accounts import people
from issues.events.topics import Subjects, Topic, matches, may_follow, parse_topic
from issues.models import TicketEvent
from tests.issues.conftest import TaskForce


@pytest.mark.parametrize("name", ["board", "public", "ticket:KN-2026-0001", "agency:SXD", "agency:a.b-c_d"])
def test_a_topic_is_written_as_it_is_read(name: str) -> None:
    assert str(parse_topic(name)) == name


@pytest.mark.parametrize(
    "name",
    ["", "nothing", "board:", "public:x", "ticket", "ticket:", "agency:a b", "agency:" + "x" * 41, "ticket:a:b", "a:b"],
)
def test_what_is_no_topic(name: str) -> None:
    assert parse_topic(name) is None


MAY_FOLLOW = {
    "filer": {"public", "ticket"},
    "other_filer": {"public"},
    "officer": {"public", "board", "agency", "ticket"},
    "finance_officer": {"public", "board"},
    "coordinator": {"public", "board", "agency", "ticket"},
    "leader": {"public", "board", "agency", "ticket"},
}


@pytest.mark.parametrize("who", MAY_FOLLOW)
def test_who_may_follow_what(force: TaskForce, who: str) -> None:
    topics = [Topic("public"), Topic("board"), Topic("agency", "SXD"), Topic("ticket", str(force.file().code))]
    person = people.of(getattr(force, who))
    subjects = Subjects.of(topics)
    assert {topic.kind for topic in topics if may_follow(person, topic, subjects)} == MAY_FOLLOW[who]
    assert {topic.kind for topic in topics if may_follow(person, topic)} == MAY_FOLLOW[who]


def test_what_does_not_exist_is_followed_by_nobody(force: TaskForce) -> None:
    leader = people.of(force.leader)
    assert not may_follow(leader, Topic("ticket", "KN-1999-0001"))
    assert not may_follow(leader, Topic("agency", "NOWHERE"))
    assert not may_follow(people.NOBODY, Topic("board"))


def test_subjects_cost_the_same_for_many_topics(force: TaskForce, django_assert_max_num_queries) -> None:
    topics = [Topic("ticket", str(force.file().code)) for _ in range(3)] + [
        Topic("agency", "SXD"),
        Topic("agency", "STC"),
    ]
    with django_assert_max_num_queries(3):
        Subjects.of(topics)


def test_an_event_belongs_to_its_ticket_and_the_agencies_it_names(force: TaskForce) -> None:
    ticket, other = force.file(), force.file()
    facts = Subjects.of([Topic("ticket", str(ticket.code))]).tickets[str(ticket.code)]
    routed = TicketEvent.objects.get(ticket=ticket, type="ticket.routed")
    assert matches(Topic("ticket", str(ticket.code)), routed, facts)
    assert not matches(Topic("ticket", str(other.code)), routed, facts)
    assert matches(Topic("agency", "SXD"), routed, facts)
    assert not matches(Topic("agency", "STP"), routed, facts)
    assert matches(Topic("board"), routed, facts)
