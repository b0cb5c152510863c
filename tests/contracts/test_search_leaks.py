"""Nobody learns from a search what they may not see: no document, no completion, no count, no word; on every engine."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from accounts import people
from accounts.models import Membership, Role, User
from accounts.people import Person
from issues.access import visible_tickets
from issues.models import Ticket, TicketStatus
from search import finding, sync
from search.engines.base import Engine, Kind, Scope, SearchQuery
from search.readers import groups_of
from search.versions import next_version
from search.words.keys import keys_of
from tests.contracts.test_search_engine import ENGINES
from tests.factories.issues import make_ticket, make_user
from tests.issues.conftest import TaskForce, make_task_force

pytestmark = pytest.mark.django_db
EVERY_KIND = (Kind.TICKET, *dict.fromkeys((*Kind.PUBLISHED, *Kind.SUGGESTED)))
FACETS = ("status", "category", "agency", "agencies")
# Words that stand in one ticket each; none of them is spelled nearly like another.
WORDS = ("bạchkim", "thạchanh", "hổphách", "ngọctrai", "sanhô", "hoàngngọc")
ROLES = (
    "nobody", "person", "officer", "head", "finance_officer", "justice_officer", "coordinator", "leader", "filer",
    "other_filer", "fellow", "editor", "publisher", "admin",
)  # fmt: skip


@dataclass
class City:
    """Six tickets, each with a word of its own in title, text, answer and names, and everybody."""

    engine: Engine
    tickets: dict[str, Ticket]
    people: dict[str, User | None]

    def hidden_from(self, role: str) -> tuple[Person, list[str]]:
        """The person, and the words of the tickets that they may not see."""
        user = self.people[role]
        person = people.of(User.objects.get(pk=user.pk) if user else None)
        visible = set(visible_tickets(person).values_list("pk", flat=True))
        return person, [word for word, ticket in self.tickets.items() if ticket.pk not in visible]


@pytest.fixture(params=ENGINES)
def city(request: pytest.FixtureRequest) -> Iterator[City]:
    engine = ENGINES[request.param]()
    engine.start_rebuild().finish()
    force = make_task_force()
    loner = make_user()
    tickets = {
        word: make_ticket(
            title=f"Về {word}",
            body=f"Nội dung của {word}x",
            answer=f"Trả lời về {word}y",
            category="land",
            **facts,
        )
        for word, facts in zip(WORDS, _whose(force, loner), strict=True)
    }
    tickets[WORDS[0]].coordinating_agencies.add(force.justice)
    sync.refresh(engine, Kind.TICKET, [ticket.pk for ticket in tickets.values()], next_version())
    enterprise = tickets[WORDS[0]].enterprise
    everybody = {
        "nobody": None,
        "person": loner,
        "fellow": make_user(Role.ENTERPRISE, enterprise=enterprise),
        "editor": make_user(Role.EDITOR),
        "publisher": make_user(Role.PUBLISHER),
        "admin": make_user(Role.ADMIN),
    }
    yield City(engine, tickets, everybody | {role: getattr(force, role) for role in ROLES if hasattr(force, role)})
    engine.start_rebuild().finish()


def _whose(force: TaskForce, loner: User) -> tuple[dict[str, object], ...]:
    first = Membership.objects.get(user=force.filer).enterprise
    second = Membership.objects.get(user=force.other_filer).enterprise
    return (
        {"filer": force.filer, "enterprise": first, "agency": force.construction, "status": TicketStatus.IN_PROGRESS},
        {"filer": force.other_filer, "enterprise": second, "agency": force.finance, "status": TicketStatus.RESOLVED},
        {"filer": loner, "agency": force.construction, "status": TicketStatus.WITHDRAWN},
        {"filer": loner, "status": TicketStatus.SUBMITTED},
        {"filer": force.filer, "enterprise": second, "agency": force.justice, "status": TicketStatus.MERGED},
        {"filer": force.filer, "enterprise": first, "agency": force.finance, "status": TicketStatus.CLOSED},
    )


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("locale", ["vi", "en"])
def test_hidden_words_find_nothing(city: City, role: str, locale: str) -> None:
    person, hidden = city.hidden_from(role)
    scope = Scope(locale=locale, kinds=EVERY_KIND, audience=groups_of(person))
    query = SearchQuery(locale=locale, kinds=EVERY_KIND, audience=groups_of(person), facets=FACETS)
    assert bool(hidden) == (role not in ("coordinator", "leader"))
    for word in hidden:
        ticket = city.tickets[word]
        for text in (word, f"{word}x", f"{word}y", f"về {word}", f"nội dung {word}", str(ticket.code)):
            found = finding.find(city.engine, text, query)
            assert ticket.pk not in {hit.object_id for hit in found.result.hits}, text
            said = " ".join((found.corrected, *(hit.marked_title + hit.marked_text for hit in found.result.hits)))
            assert word not in said
            assert ticket.pk not in {hit.object_id for hit in finding.complete(city.engine, text, query)}
        alone = finding.find(city.engine, word, query)
        assert alone.result.count == 0
        assert not any(n for counts in alone.result.facets.values() for n in counts.values())
        assert list(city.engine.scan(query)) == [hit.object_id for hit in city.engine.search(query).hits]
        assert city.engine.known({keys_of(word), keys_of(f"{word}x")}, scope) == set()


@pytest.mark.parametrize("role", ROLES)
def test_a_word_typed_wrongly_is_not_put_right_with_a_hidden_one(city: City, role: str) -> None:
    person, hidden = city.hidden_from(role)
    query = SearchQuery(kinds=EVERY_KIND, audience=groups_of(person))
    for word in hidden:
        key = keys_of(word)[0]
        for wrong in (word[:-1], word + "h", word[:3] + "h" + word[3:], word[1:]):
            found = finding.find(city.engine, wrong, query)
            assert (
                key not in " ".join((found.corrected, *(w for part in found.words.parts for w in part.words))).split()
            )
            assert found.result.count == 0
        assert key not in city.engine.near(key[:-1], query)


@pytest.mark.parametrize("role", ROLES)
def test_counts_and_facets_are_of_what_one_may_see(city: City, role: str) -> None:
    person, hidden = city.hidden_from(role)
    seen = len(city.tickets) - len(hidden)
    query = SearchQuery(kinds=(Kind.TICKET,), audience=groups_of(person), facets=FACETS)
    result = city.engine.search(query)
    assert result.count == len(result.hits) == len(list(city.engine.scan(query))) == seen
    assert sum(result.facets["status"].values()) == seen
    assert city.engine.search(query).facets["category"] == ({"land": seen} if seen else {})
    restricted = SearchQuery(
        kinds=(Kind.TICKET,),
        audience=groups_of(person),
        object_ids=tuple(city.tickets[word].pk for word in hidden),
    )
    assert city.engine.search(restricted).count == 0


@pytest.mark.parametrize("role", ROLES)
def test_a_hidden_ticket_is_like_no_other(city: City, role: str) -> None:
    for ticket in city.tickets.values():
        assert city.engine.similar(f"ticket:{ticket.pk}:vi", limit=5) == []


@pytest.mark.parametrize("role", ROLES)
def test_what_one_may_see_is_found(city: City, role: str) -> None:
    """The tests above would pass with an engine that finds nothing."""
    person, hidden = city.hidden_from(role)
    query = SearchQuery(kinds=(Kind.TICKET,), audience=groups_of(person))
    for word in set(WORDS) - set(hidden):
        found = finding.find(city.engine, word, query)
        assert [hit.object_id for hit in found.result.hits] == [city.tickets[word].pk]
