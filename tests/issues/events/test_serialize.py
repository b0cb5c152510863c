"""An event as each audience reads it."""

from core import clock
from issues.actions import resolving
from issues.actor import Actor
from issues.events.serialize import event_json
from issues.models import TicketEvent, Visibility
from tests.issues.conftest import MORNING, TaskForce


def test_the_public_reads_no_text_and_no_name(force: TaskForce) -> None:
    ticket = force.accepted()
    with clock.at(MORNING):
        resolving.resolve(ticket=ticket, actor=Actor.of(force.officer), answer="Bí mật kinh doanh", kind="solved")
    for event in TicketEvent.objects.filter(visibility=Visibility.PUBLIC):
        text = str(event_json(event, code=ticket.code, audience=Visibility.PUBLIC))
        for secret in ("Bí mật", ticket.title, ticket.body, str(force.officer), str(ticket.enterprise)):
            assert secret not in text
    parties = event_json(TicketEvent.objects.last(), code=ticket.code, audience=Visibility.PARTIES)
    assert parties["data"]["answer"] == "Bí mật kinh doanh"


def test_the_form_of_an_event_is_that_of_the_contract(force: TaskForce) -> None:
    ticket = force.file()
    event = event_json(TicketEvent.objects.first(), code=ticket.code, audience=Visibility.PARTIES)
    assert set(event) == {"id", "ticket", "seq", "type", "at", "actor", "visibility", "internal_to", "data"}
    assert event["actor"]["role"] == "enterprise"
    assert event["ticket"] == ticket.code
