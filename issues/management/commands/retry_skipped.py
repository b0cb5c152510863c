from typing import Any

from django.core.management.base import BaseCommand

from issues.events.drain import retry_skipped
from issues.models import ConsumerFailure


class Command(BaseCommand):
    help = "Handle the events again that consumers have skipped, and list those that still fail."

    def handle(self, *args: Any, **options: Any) -> None:
        for name, number in retry_skipped().items():
            self.stdout.write(f"{name}: {number} handled")
        for failure in ConsumerFailure.objects.filter(skipped_at__isnull=False):
            self.stdout.write(f"{failure.consumer}: event {failure.event_id} still fails: {failure.last_error}")
