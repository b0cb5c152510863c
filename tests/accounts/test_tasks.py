"""What beat has done for accounts."""

from datetime import timedelta

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.utils import timezone

from accounts import tasks


@pytest.mark.django_db
def test_ended_sessions_are_deleted_and_others_stay() -> None:
    for age in (-1, 60):
        store = SessionStore()
        store["typed"] = "x"
        store.set_expiry(timezone.now() + timedelta(seconds=age))
        store.save()
    tasks.purge_sessions.run()
    assert Session.objects.count() == 1
