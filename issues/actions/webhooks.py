"""Webhooks of other systems: administrators manage endpoints; operators send messages again."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Agency
from core import clock
from core.errors import NotAllowed, NotPossible, NotSignedIn
from core.security_log import security_event
from issues.actions.fields import Fields
from issues.actions.outgoing import check_operator
from issues.actor import Actor
from issues.events.types import EVENT_TYPES
from issues.models import WebhookDelivery, WebhookEndpoint, WebhookSecret
from issues.webhooks import address, signing

State = WebhookDelivery.State
OVERLAP = timedelta(hours=24)  # for which the old secret still signs beside the new one
MOST_ENDPOINTS = 50


def may_configure(actor: Actor) -> bool:
    """Whether the actor decides on webhooks: who gets internal data is for administrators alone."""
    return actor.person.is_admin


@transaction.atomic
def save_endpoint(
    *,
    actor: Actor,
    endpoint: WebhookEndpoint | None = None,
    name: Any,
    url: Any,
    audience: Any,
    event_types: Iterable[str] = (),
    agency: Agency | None = None,
    active: Any = True,
) -> tuple[WebhookEndpoint, str]:
    """Make or change an endpoint; returns it, and for a new one its secret, which can be read only now.

    Raises NotSignedIn, NotAllowed, NotPossible with too many endpoints, or Invalid naming the field.
    """
    _check_may_configure(actor)
    fields = Fields()
    values: dict[str, Any] = {
        "name": fields.text("name", name, longest=80),
        "url": fields.text("url", url, longest=address.LONGEST),
        "audience": fields.choice("audience", audience, WebhookEndpoint.Audience.values),
        "event_types": sorted(set(event_types)),
        "agency": agency,
        "active": fields.flag("active", active),
    }
    if any(type_ not in EVENT_TYPES for type_ in values["event_types"]):
        fields.add("event_types", _("There is no such type of event."))
    if values["url"]:
        try:
            address.parse(values["url"])
        except address.AddressRefused as error:
            fields.add("url", str(error))
    fields.done()
    if endpoint is not None:
        if endpoint.url != values["url"]:
            values |= {"failing_since": None, "disabled_at": None, "disabled_for": "", "notice_due_at": None}
        for field, value in values.items():
            setattr(endpoint, field, value)
        endpoint.save(update_fields=list(values))
        return endpoint, ""
    if WebhookEndpoint.objects.count() >= MOST_ENDPOINTS:
        raise NotPossible(_("There are too many webhooks. Delete one first."), code="too_many")
    endpoint = WebhookEndpoint.objects.create(**values, owner=actor.user)
    return endpoint, _new_secret(endpoint)


@transaction.atomic
def rotate_secret(*, actor: Actor, endpoint: WebhookEndpoint) -> str:
    """Give the endpoint a new secret and return it; for a day messages carry the signature of the old one too."""
    _check_may_configure(actor)
    now = clock.now()
    endpoint.secrets.filter(expires_at__lte=now).delete()
    endpoint.secrets.filter(expires_at=None).update(expires_at=now + OVERLAP)
    return _new_secret(endpoint)


def ping(*, actor: Actor, endpoint: WebhookEndpoint) -> WebhookDelivery:
    """Queue an empty test message, to see whether it arrives. It is sent after those that wait."""
    _check_may_configure(actor)
    if not endpoint.is_running:
        raise NotPossible(_("This webhook is switched off: nothing is sent to it."), code="switched_off")
    return WebhookDelivery.objects.create(endpoint=endpoint)


def switch_on(*, actor: Actor, endpoint: WebhookEndpoint) -> None:
    """Send to an endpoint again that the system had switched off; waiting messages are sent in order."""
    _check_may_configure(actor)
    now = clock.now()
    WebhookEndpoint.objects.filter(pk=endpoint.pk).update(
        failing_since=None, disabled_at=None, disabled_for="", notice_due_at=None, active=True
    )
    endpoint.deliveries.filter(state=State.WAITING).update(attempts=0, next_attempt_at=now)


def delete_endpoint(*, actor: Actor, endpoint: WebhookEndpoint) -> None:
    """Remove an endpoint with its secrets and the record of its messages."""
    _check_may_configure(actor)
    endpoint.delete()


def resend_messages(*, actor: Actor, ids: Iterable[int]) -> int:
    """Send undelivered messages again; returns how many. Their ids stay the same, so that receivers see duplicates."""
    check_operator(actor)
    rows = WebhookDelivery.objects.filter(pk__in=list(ids), state=State.FAILED)
    return rows.update(state=State.WAITING, attempts=0, next_attempt_at=clock.now())


def _new_secret(endpoint: WebhookEndpoint) -> str:
    secret = signing.new_secret()
    made = WebhookSecret.objects.create(endpoint=endpoint, secret=secret)
    security_event("webhook_secret_made", webhook=endpoint.pk, secret=made.pk)
    return secret


def _check_may_configure(actor: Actor) -> None:
    if not actor.person.is_signed_in:
        raise NotSignedIn(_("Please sign in first."))
    if not may_configure(actor):
        raise NotAllowed(_("Only administrators can manage webhooks."))
