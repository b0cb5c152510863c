"""The mail that says that a webhook was switched off: to who set it up, else to the administrators."""

import logging
from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import Role, User
from core import clock
from issues.models import WebhookEndpoint

logger = logging.getLogger(__name__)
TRY_AGAIN = timedelta(minutes=10)
GIVE_UP = timedelta(days=1)  # after that the home page of the administration says it alone


def send_notices() -> None:
    """Send what is due. A mail that does not get out is tried again; the claim keeps workers from sending it twice."""
    now = clock.now()
    for endpoint in WebhookEndpoint.objects.filter(notice_due_at__lte=now).select_related("owner"):
        claimed = WebhookEndpoint.objects.filter(pk=endpoint.pk, notice_due_at=endpoint.notice_due_at)
        over = endpoint.disabled_at is None or now - endpoint.disabled_at > GIVE_UP
        if not claimed.update(notice_due_at=None if over else now + TRY_AGAIN) or over:
            continue
        try:
            for person in _readers(endpoint):
                _mail(endpoint, person).send()
        except OSError as error:  # SMTPException is one
            logger.warning("the mail about webhook %s could not be sent: %s", endpoint.pk, error)
            continue
        WebhookEndpoint.objects.filter(pk=endpoint.pk).update(notice_due_at=None)


def _readers(endpoint: WebhookEndpoint) -> list[User]:
    """Who set it up, while they are an administrator."""
    admins = User.objects.filter(is_active=True, memberships__role=Role.ADMIN).distinct().order_by("pk")
    found = [user for user in admins.filter(Q(pk=endpoint.owner_id)) if user.may_sign_in]
    return found or [user for user in admins if user.may_sign_in]


def _mail(endpoint: WebhookEndpoint, person: User) -> EmailMessage:
    with translation.override(person.language):
        context = {
            "endpoint": endpoint,
            "reason": endpoint.get_disabled_for_display(),
            "url": settings.TN_SITE_URL + reverse("webhooks:endpoint", args=[endpoint.pk]),
        }
        return EmailMessage(
            subject=_("The webhook “{name}” was switched off").format(name=" ".join(endpoint.name.split()))[:150],
            body=render_to_string("mail/webhook_off.txt", context),
            to=[person.email],
            headers={"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"},
        )
