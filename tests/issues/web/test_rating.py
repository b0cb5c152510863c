"""Rating by one click from the mail: nothing by opening, everything without signing in."""

import re
import time
from datetime import timedelta
from typing import Any

import pytest
from django.core import signing
from django.test import Client

from accounts.models import Membership, Role, User
from core import clock
from issues.actions import enterprise, resolving
from issues.actor import Actor
from issues.events.drain import drain
from issues.mail.compose import compose
from issues.mail.rating_tokens import VALID_DAYS, RatingToken
from issues.models import Notification, Party, Rating, Ticket, TicketEvent
from issues.notifications.mail import MAIL
from tests.factories.issues import make_user
from tests.issues.conftest import TaskForce, at
from tests.issues.web.conftest import text_of


@pytest.fixture
def answered(force: TaskForce) -> Ticket:
    ticket = force.accepted()
    with clock.at(at("2026-11-18 11:00")):
        return resolving.resolve(ticket=ticket, actor=Actor.of(force.officer), answer="Không phải xin.", kind="solved")


def address(ticket: Ticket, user: User) -> str:
    return f"/en/rating/{RatingToken(ticket.pk, ticket.cycle, user.pk).write()}/"


def rated(ticket: Ticket) -> list[tuple[int, str]]:
    return [(row.score, row.comment) for row in Rating.objects.filter(ticket=ticket)]


def told(ticket: Ticket) -> int:
    return TicketEvent.objects.filter(ticket=ticket, type="ticket.rated").count()


def test_the_mail_has_five_links_as_text_and_html(answered: Ticket, force: TaskForce) -> None:
    Party.objects.create(
        ticket=answered, enterprise=force.other_filer.memberships.get().enterprise, joined_by=force.filer
    )
    with clock.at(at("2026-11-18 11:01")):
        drain(MAIL)
    rows = Notification.objects.filter(event__type="ticket.resolved", channel="mail").select_related(
        "user", "event__ticket"
    )
    mails = {row.user_id: compose(row) for row in rows}
    mine = mails[force.filer.pk]
    for part in (mine.body, mine.alternatives[0].content):
        assert re.findall(r"/vi/rating/\S+?\?score=(\d)", part) == ["1", "2", "3", "4", "5"]
    assert "/rating/" not in mails[force.other_filer.pk].body  # one rating speaks for those who filed


def test_opening_changes_nothing_however_often(answered: Ticket, force: TaskForce, client: Client) -> None:
    for score in (1, 2, 3, 4, 5):
        page = client.get(address(answered, force.filer), {"score": score})
        assert f'value="{score}" checked' in text_of(page)
        assert "data-sends-itself" in text_of(page)
    client.head(address(answered, force.filer))
    assert (rated(answered), told(answered)) == ([], 0)


def test_the_button_rates_without_signing_in(answered: Ticket, force: TaskForce, client: Client) -> None:
    page = client.post(address(answered, force.filer), {"score": 4}, follow=True)
    assert "You rated the answer of Department of Construction with 4 of 5, “Well”." in text_of(page)
    assert (rated(answered), told(answered)) == ([(4, "")], 1)
    event = TicketEvent.objects.get(type="ticket.rated")
    assert (event.actor, event.actor_role) == (force.filer, "enterprise")


def test_it_can_be_changed_and_explained_until_the_proposal_is_closed(
    answered: Ticket, force: TaskForce, client: Client
) -> None:
    where = address(answered, force.filer)
    client.post(where, {"score": 4})
    client.post(where, {"score": 2, "comment": "Chưa rõ căn cứ"})
    client.post(where, {"score": 2, "comment": "Chưa rõ căn cứ"})  # the same again is nothing new
    client.post(where, {"score": 3})  # a score alone keeps the words
    assert (rated(answered), told(answered)) == ([(3, "Chưa rõ căn cứ")], 3)
    enterprise.confirm(ticket=answered, actor=Actor.of(force.filer))
    assert client.post(where, {"score": 5}).status_code == 409
    page = text_of(client.get(where, {"score": 5}))
    assert "The proposal is closed, so its rating cannot be changed." in page
    assert 'name="score"' not in page
    assert rated(answered) == [(3, "Chưa rõ căn cứ")]


def test_a_closed_proposal_can_still_be_rated_for_the_first_time(
    answered: Ticket, force: TaskForce, client: Client
) -> None:
    enterprise.confirm(ticket=answered, actor=Actor.of(force.filer))
    client.post(address(answered, force.filer), {"score": 5})
    assert rated(answered) == [(5, "")]


def test_what_the_page_sends_by_itself_never_changes_a_rating(
    answered: Ticket, force: TaskForce, client: Client
) -> None:
    where = address(answered, force.filer)
    client.post(where, {"score": 4, "by": "page"})
    client.post(where, {"score": 1, "by": "page"})
    assert (rated(answered), told(answered)) == ([(4, "")], 1)
    assert "data-sends-itself" not in text_of(client.get(where, {"score": 1}))


@pytest.mark.parametrize("score", ["0", "6", "", "x", "4.5", "٤", "9" * 400])
def test_a_wrong_score_is_refused_and_the_page_stays(
    answered: Ticket, force: TaskForce, client: Client, score: str
) -> None:
    assert client.get(address(answered, force.filer), {"score": score}).status_code == 200
    assert client.post(address(answered, force.filer), {"score": score}).status_code == 422
    assert rated(answered) == []


def test_a_comment_that_is_too_long_is_refused_with_its_words(
    answered: Ticket, force: TaskForce, client: Client
) -> None:
    client.post(address(answered, force.filer), {"score": 4})
    page = client.post(address(answered, force.filer), {"score": 4, "comment": "x" * 2001})
    assert page.status_code == 422
    assert "x" * 2001 in page.content.decode()


FOREIGN = (
    signing.dumps([1, 1, 1], salt="other"),
    signing.dumps("text", salt="issues.rating"),
    signing.dumps([1], salt="issues.rating"),
)


@pytest.mark.parametrize(
    "token",
    ["x", "a:b:c", "W10:1abcde:xxxx", *FOREIGN],
    ids=["a letter", "three parts", "made up", "another salt", "a text", "too few numbers"],
)
def test_a_token_that_is_none_of_ours_gets_a_page_that_helps(db: None, client: Client, token: str) -> None:
    page = client.get(f"/en/rating/{token}/")
    assert page.status_code == 404
    assert client.post(f"/en/rating/{token}/", {"score": 5}).status_code == 404
    assert "Sign in to rate the answer." in text_of(page)


def test_a_token_ends(answered: Ticket, force: TaskForce, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    where = address(answered, force.filer)
    later = time.time() + timedelta(days=VALID_DAYS, seconds=5).total_seconds()
    monkeypatch.setattr(time, "time", lambda: later)
    assert client.get(where).status_code == 410
    assert client.post(where, {"score": 5}).status_code == 410
    assert rated(answered) == []


def test_after_a_reopening_the_old_link_rates_nothing(answered: Ticket, force: TaskForce, client: Client) -> None:
    where = address(answered, force.filer)
    with clock.at(at("2026-11-18 14:00")):
        enterprise.reopen(ticket=answered, actor=Actor.of(force.filer), reason="Chưa xong")
        page = client.get(where)
        assert client.post(where, {"score": 5}).status_code == 409
    assert page.status_code == 409
    assert "You will get a new one with the next answer." in text_of(page)
    assert rated(answered) == []


def test_the_person_who_left_the_enterprise_can_no_longer_rate(
    answered: Ticket, force: TaskForce, client: Client
) -> None:
    where = address(answered, force.filer)
    Membership.objects.filter(user=force.filer).delete()
    for answer in (client.get(where), client.post(where, {"score": 5})):
        assert answer.status_code == 403
    assert rated(answered) == []


def test_a_token_of_somebody_else_speaks_only_for_its_own_rights(
    answered: Ticket, force: TaskForce, client: Client
) -> None:
    for stranger in (force.officer, force.other_filer, make_user(Role.LEADER)):
        assert client.post(address(answered, stranger), {"score": 5}).status_code == 403
    assert rated(answered) == []


def test_silence_stays_silence(answered: Ticket, force: TaskForce, client: Client) -> None:
    client.get(address(answered, force.filer), {"score": 5})
    client.post(address(answered, force.filer), {"score": 5})
    fresh = Ticket.objects.get(pk=answered.pk)
    assert (fresh.status, fresh.confirmed) == ("resolved", None)  # a rating is no confirmation


def test_queries(answered: Ticket, force: TaskForce, client: Client, django_assert_num_queries: Any) -> None:
    where = address(answered, force.filer)
    client.get(where)
    with django_assert_num_queries(4):
        client.get(where)
