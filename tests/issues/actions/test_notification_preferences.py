"""How a person wants to be told: what can be chosen, and that what waits already follows."""

from datetime import time
from typing import Any

import pytest

from core.errors import Invalid, NotSignedIn
from issues.actions.notification_preferences import change_choices, stop_mails
from issues.actor import Actor
from issues.models import About, Notification, NotificationChoices
from issues.notifications.preferences import choices_of
from tests.factories.issues import make_event, make_ticket, make_user

pytestmark = pytest.mark.django_db
WAYS = {"waits": "now", "clock": "now", "progress": "digest", "rest": "app"}
VALID: dict[str, Any] = {"ways": WAYS, "digest_time": "hour", "digest_hour": 7}


@pytest.fixture
def actor() -> Actor:
    return Actor.of(make_user())


def waiting_mail(actor: Actor, about: str) -> Notification:
    event = make_event(make_ticket(filer=actor.user))
    return Notification.objects.create(
        user=actor.user,
        event=event,
        channel="mail",
        state="waiting",
        about=about,
        reason="filer",
    )


def test_the_choice_is_kept(actor: Actor) -> None:
    change_choices(actor=actor, **VALID, quiet_from=time(22), quiet_to=time(6))
    kept = choices_of([actor.user.pk])[actor.user.pk]
    assert {str(about): str(way) for about, way in kept.ways.items()} == WAYS
    assert (kept.timing.quiet_from, kept.timing.quiet_to) == (time(22), time(6))


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"ways": {**WAYS, "waits": "sometimes"}}, {"waits"}),
        ({"ways": {}}, set(About.values)),
        ({"digest_time": "never"}, {"digest_time"}),
        ({"digest_hour": 24}, {"digest_hour"}),
        ({"quiet_from": time(22)}, {"quiet_to"}),
        ({"quiet_to": time(22)}, {"quiet_from"}),
        ({"quiet_from": time(6), "quiet_to": time(6)}, {"quiet_to"}),
        ({"quiet_closed_days": "yes"}, {"quiet_closed_days"}),
    ],
)
def test_what_cannot_be_is_named_and_nothing_kept(actor: Actor, changes: dict[str, Any], wrong: set[str]) -> None:
    with pytest.raises(Invalid) as refused:
        change_choices(actor=actor, **{**VALID, **changes})
    assert set(refused.value.fields) == wrong
    assert not NotificationChoices.objects.exists()


def test_stopping_one_kind_stops_what_waits_of_it(actor: Actor) -> None:
    stopped, other = waiting_mail(actor, "progress"), waiting_mail(actor, "waits")
    for _ in range(2):
        stop_mails(actor=actor, what="progress")
    states = dict(Notification.objects.filter(pk__in=[stopped.pk, other.pk]).values_list("pk", "state"))
    assert states == {stopped.pk: "skipped", other.pk: "waiting"}
    ways = choices_of([actor.user.pk])[actor.user.pk].ways
    assert str(ways[About.PROGRESS]) == "app"


def test_nobody_chooses_for_nobody() -> None:
    nobody = Actor.of(None)
    with pytest.raises(NotSignedIn):
        change_choices(actor=nobody, **VALID)
    with pytest.raises(NotSignedIn):
        stop_mails(actor=nobody, what="progress")
