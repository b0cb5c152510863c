"""Sign-ins and rights in the log, whichever way they change."""

import logging
from collections.abc import Iterator
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group, Permission
from django.test import Client

from accounts.actions.tokens import issue_token, revoke_token
from accounts.models import Membership, Role, User
from tests.factories.issues import make_agency, make_user

pytestmark = pytest.mark.django_db
PASSWORD = "mot-cau-dai-hon-muoi-chu"


@pytest.fixture
def events(caplog: pytest.LogCaptureFixture) -> Iterator[Any]:
    with caplog.at_level(logging.INFO, logger="trong_ngay.security"):
        yield lambda: [record.security for record in caplog.records if hasattr(record, "security")]


@pytest.fixture
def person() -> User:
    return User.objects.create_user("an@congty.vn", PASSWORD)


def test_signing_in_and_out(person: User, client: Client, events: Any, caplog: pytest.LogCaptureFixture) -> None:
    caplog.clear()
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    tried = ((person.email, "khong-phai-mat-khau"), (f"{PASSWORD}@x.vn", PASSWORD), (person.email, PASSWORD))
    for login, password in tried:
        client.post("/vi/account/login/", {"login": login, "password": password}, REMOTE_ADDR="192.0.2.9")
    client.post("/vi/account/logout/")
    found = [(one["event"], one["person"]) for one in events()]
    assert found == [
        ("sign_in_failed", person.pk),
        ("sign_in_failed", None),
        ("signed_in", person.pk),
        ("signed_out", person.pk),
    ]
    assert events()[0]["address"] == "192.0.2.9"
    assert PASSWORD not in caplog.text
    assert "khong-phai-mat-khau" not in caplog.text


def test_a_password_is_changed_by_any_way(person: User, events: Any) -> None:
    before = len(events())
    person.set_password("mot-cau-khac-cung-dai")
    person.save()
    assert [one["event"] for one in events()[before:]] == ["password_changed"]
    person.name = "An"
    person.save()
    assert len(events()) == before + 1


def test_memberships(events: Any) -> None:
    officer = make_user(Role.OFFICER, agency=make_agency())
    membership: Membership = officer.memberships.get()
    assert events()[-1] | {"membership": 0} == {
        "event": "membership_added",
        "membership": 0,
        "user": officer.pk,
        "role": Role.OFFICER,
        "agency": membership.agency_id,
        "enterprise": None,
    }
    membership.role = Role.HEAD
    membership.save()
    assert events()[-1]["event"] == "membership_changed"
    membership.delete()
    assert events()[-1]["event"] == "membership_removed"


def test_rights_and_groups(person: User, events: Any) -> None:
    group, right = Group.objects.create(name="x"), Permission.objects.all()[0]
    person.groups.add(group)
    assert events()[-1] == {
        "event": "groups_changed",
        "person": person.pk,
        "change": "added",
        "count": 1,
        "numbers": [group.pk],
    }
    group.permissions.add(right)
    assert events()[-1]["event"] == "rights_changed"
    person.user_permissions.add(right)
    assert events()[-1] | {"numbers": []} == {
        "event": "rights_changed",
        "person": person.pk,
        "change": "added",
        "count": 1,
        "numbers": [],
    }
    person.is_superuser = True
    person.save()
    assert events()[-1]["event"] == "person_rights_changed"
    assert events()[-1]["is_superuser"] is True
    person.is_active = False
    person.save(update_fields=["is_active"])
    assert events()[-1]["is_active"] is False


def test_tokens(person: User, events: Any, caplog: pytest.LogCaptureFixture) -> None:
    token, secret = issue_token(actor=person, name="x")
    revoke_token(actor=person, token_id=token.pk)
    Client().get("/api/v1/tickets", headers={"Authorization": f"Bearer {secret}"})
    assert [one["event"] for one in events()][-3:] == ["token_made", "token_revoked", "token_refused"]
    assert secret not in caplog.text
