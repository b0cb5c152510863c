"""The kicks of beat exist under the names that it calls, and each does its work."""

from datetime import timedelta

import pytest
from celery import current_app
from django.conf import settings

from core import clock
from issues import tasks
from issues.actions.silence import close_silent
from issues.clocks import calendars
from issues.models import ConsumerCursor, Ticket, TicketStatus
from issues.policies import close_unconfirmed_at
from tests.factories.issues import make_agency, make_event, make_ticket


def test_every_task_of_the_schedule_exists_and_expires():
    current_app.loader.import_default_modules()
    for entry in settings.CELERY_BEAT_SCHEDULE.values():
        assert entry["task"] in current_app.tasks
        assert entry["options"]["expires"] > 0


@pytest.mark.django_db
def test_draining_sends_mail_at_once(run_jobs):
    ConsumerCursor.objects.all().delete()
    make_event(make_ticket())
    run_jobs()
    tasks.drain_events.run()
    assert ConsumerCursor.objects.get(name="mail").last_event_id > 0


@pytest.mark.django_db
def test_sweeping_goes_on_until_nothing_is_due(monkeypatch):
    batches = iter([200, 3, 0, 200])
    monkeypatch.setattr(tasks, "sweep", lambda: next(batches))
    tasks.sweep_timers.run()
    assert next(batches) == 200


@pytest.mark.django_db
def test_silence_closes_after_five_working_days_and_not_before():
    calendars.refresh()
    answered = clock.now()
    ticket = make_ticket(agency=make_agency(), status=TicketStatus.RESOLVED, resolved_at=answered, answer="Đã trả lời")
    due = close_unconfirmed_at(ticket)
    with clock.at(due - timedelta(minutes=1)):
        assert close_silent() == 0
    with clock.at(due):
        assert close_silent() == 1
        assert close_silent() == 0
    closed = Ticket.objects.get(pk=ticket.pk)
    assert (closed.status, closed.confirmed) == (TicketStatus.CLOSED, False)
    assert closed.events.get().type == "ticket.closed_unconfirmed"
