"""What Wagtail leaves to a timer. Beat repeats it, so a lost request costs half a minute."""

from celery import shared_task
from django.core.management import call_command


@shared_task(name="cms.tasks.publish_scheduled", expires=30)
def publish_scheduled() -> None:
    """Publish what was scheduled for publication and take down what has expired: pages, and snippets with drafts."""
    call_command("publish_scheduled")
