"""Messages are written for a batch of events: in their order for each endpoint, and only what concerns it."""

from typing import Any

import pytest

from issues.events.types import MessagePosted, NotePosted, TicketConfirmed
from issues.models import WebhookDelivery, WebhookEndpoint
from issues.webhooks.consumer import book
from tests.factories.issues import make_agency, make_event, make_ticket

pytestmark = pytest.mark.django_db


def test_each_endpoint_gets_what_concerns_it_in_order_with_two_statements(django_assert_num_queries: Any) -> None:
    agency = make_agency()
    everything, public, of_agency = (
        WebhookEndpoint.objects.create(name=name, url="https://example.com", **fields)
        for name, fields in (
            ("everything", {"audience": "internal"}),
            ("public", {}),
            ("agency", {"audience": "internal", "agency": agency}),
        )
    )
    tickets = [make_ticket(), make_ticket(agency=agency)]
    data = [TicketConfirmed(), MessagePosted(message=1, body="a"), NotePosted(message=2, body="b")]
    events = [make_event(ticket, one) for ticket in tickets for one in data]

    with django_assert_num_queries(2):
        book(events)

    def got(endpoint: WebhookEndpoint) -> list[int]:
        rows = WebhookDelivery.objects.filter(endpoint=endpoint).order_by("id")
        return list(rows.values_list("event_id", flat=True))

    ids = [event.pk for event in events]
    assert (got(everything), got(public), got(of_agency)) == (ids, [ids[0], ids[3]], ids[3:])
    book(events)
    assert WebhookDelivery.objects.count() == 11
