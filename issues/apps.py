from django.apps import AppConfig

_VERBS = ("view", "add", "change", "delete")
_COORDINATORS_EDIT = [
    *(f"issues.{verb}_{model}" for model in ("categoryterm", "duty", "absence") for verb in _VERBS),
    # A rule that has decided stays: it is switched off, so that every decision can still be explained.
    *(f"issues.{verb}_routingrule" for verb in ("view", "add", "change")),
]


class IssuesConfig(AppConfig):
    name = "issues"

    def ready(self) -> None:
        # Models can be imported from here on, not before.
        from django.contrib.auth.signals import user_logged_in  # noqa: PLC0415

        from accounts import groups  # noqa: PLC0415
        from accounts.models import Role  # noqa: PLC0415
        from core import metrics, today  # noqa: PLC0415
        from issues.actions import unsent  # noqa: PLC0415
        from issues.clocks.calendars import open_periods  # noqa: PLC0415
        from issues.events import consumers  # noqa: PLC0415
        from issues.notifications import contact, mail  # noqa: PLC0415
        from issues.queries import outgoing  # noqa: PLC0415
        from issues.webhooks import consumer as webhooks  # noqa: PLC0415

        today.register(open_periods)
        consumers.register(mail.MAIL)
        consumers.register(contact.CONTACT)
        consumers.register(webhooks.WEBHOOKS)
        user_logged_in.connect(unsent.on_sign_in, dispatch_uid="issues.unsent")
        groups.allow(Role.COORDINATOR, *_COORDINATORS_EDIT)
        metrics.gauge("outbox_mails", "Mails of the outbox, by state", outgoing.mails_by_state, label="state")
        metrics.gauge(
            "consumer_failures", "Events skipped, by consumer", outgoing.failures_by_consumer, label="consumer"
        )
        metrics.gauge("webhook_messages", "Webhook messages, by state", outgoing.messages_by_state, label="state")
        metrics.gauge("webhooks_switched_off", "Webhooks given up by the system", outgoing.endpoints_switched_off)
