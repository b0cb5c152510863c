"""What was sent and what could not be sent: for the pages of operators and for /metrics."""

from collections import Counter

from django.db.models import Count, Q, QuerySet

from core.text import beginning
from issues.models import ConsumerFailure, ContactNotice, Notification, WebhookDelivery, WebhookEndpoint

State = Notification.State
# What the list of undelivered mail can show.
MAIL_STATES = (State.FAILED, State.SETTLED, State.WAITING)


def undelivered(*, state: str = State.FAILED, q: str = "") -> QuerySet[Notification]:
    """Mails by state, newest first; of the waiting ones those that failed at least once."""
    rows = Notification.objects.filter(channel=Notification.Channel.MAIL, state=state)
    if state == State.WAITING:
        rows = rows.exclude(last_error="")
    text = beginning(q, 100).strip()
    if text:
        rows = rows.filter(
            Q(user__email__icontains=text) | Q(user__name__icontains=text) | Q(event__ticket__code__icontains=text)
        )
    return rows.select_related("user", "event__ticket", "entry__agency", "settled_by").order_by("-id")


def undelivered_to_contacts() -> QuerySet[ContactNotice]:
    """Mails to contact persons without an account that were given up, newest first."""
    rows = ContactNotice.objects.filter(state=State.FAILED)
    return rows.select_related("assistance", "event__ticket").order_by("-id")


def stepped_over() -> QuerySet[ConsumerFailure]:
    """Events that failed in a consumer: first those that were given up."""
    return ConsumerFailure.objects.select_related("event__ticket").order_by("skipped_at", "-id")


def mails_by_state() -> dict[str, int]:
    """How many mails wait, and how many were given up; 0 where there is none."""
    states = (State.WAITING.value, State.FAILED.value)
    rows = Notification.objects.filter(channel=Notification.Channel.MAIL, state__in=states).order_by()
    counts = Counter(dict(rows.values_list("state").annotate(Count("pk"))))
    counts.update(contacts_by_state())
    return {state: counts[state] for state in states}


def contacts_by_state() -> dict[str, int]:
    """The same of the mails to contact persons alone."""
    rows = ContactNotice.objects.filter(state__in=[State.WAITING, State.FAILED]).order_by()
    return dict(rows.values_list("state").annotate(Count("pk")))


def failures_by_consumer() -> dict[str, int]:
    """Events given up, by consumer."""
    rows = ConsumerFailure.objects.filter(skipped_at__isnull=False).order_by()
    return dict(rows.values_list("consumer").annotate(Count("pk")))


def messages_by_state() -> dict[str, int]:
    """How many webhook messages wait, and how many were given up; 0 where there is none."""
    states = (WebhookDelivery.State.WAITING.value, WebhookDelivery.State.FAILED.value)
    rows = WebhookDelivery.objects.filter(state__in=states).order_by()
    counts = dict(rows.values_list("state").annotate(Count("pk")))
    return {state: counts.get(state, 0) for state in states}


def endpoints_switched_off() -> int:
    """Webhooks that the system gave up."""
    return WebhookEndpoint.objects.filter(active=True, disabled_at__isnull=False).count()
