"""The consumer that writes webhook messages: a row for each endpoint that an event concerns. Nothing is sent here."""

from collections.abc import Sequence

from issues.events.consumers import Consumer
from issues.models import TicketEvent, Visibility, WebhookDelivery, WebhookEndpoint


def book(events: Sequence[TicketEvent]) -> None:
    """Write the deliveries of these events, in their order for each endpoint; a second run changes nothing."""
    endpoints = list(WebhookEndpoint.objects.filter(active=True).select_related("agency"))
    rows = [
        WebhookDelivery(endpoint=endpoint, event=event)
        for event in events
        for endpoint in endpoints
        if concerns(endpoint, event)
    ]
    WebhookDelivery.objects.bulk_create(rows, ignore_conflicts=True)


def concerns(endpoint: WebhookEndpoint, event: TicketEvent) -> bool:
    """Whether the endpoint gets the event: by its audience, its types and its agency.

    An endpoint that the system has switched off still gets its rows: they wait until it is switched on again.
    """
    if endpoint.audience == WebhookEndpoint.Audience.PUBLIC and event.visibility != Visibility.PUBLIC:
        return False
    if endpoint.event_types and event.type not in endpoint.event_types:
        return False
    return endpoint.agency is None or f",{endpoint.agency.code}," in event.agencies


WEBHOOKS = Consumer("webhooks", book)
