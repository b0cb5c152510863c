"""The part “Your enterprise” of the account page: each may see and do what is theirs."""

import re
from typing import Any

import pytest
from django.test import Client

from accounts.actions.membership import invite, request_membership
from accounts.models import Membership, Role, User
from accounts.web.enterprises import enterprises_context
from tests.factories.issues import make_enterprise, make_user

pytestmark = pytest.mark.django_db


def shown(user: User) -> dict[str, Any]:
    return enterprises_context(user, list(user.memberships.select_related("enterprise")))


def test_members_see_colleagues_and_invitations_of_their_own_enterprises(settings: Any) -> None:
    settings.ACCOUNT_EMAIL_VERIFICATION = "none"
    firm, other = make_enterprise(), make_enterprise()
    founder = make_user(Role.ENTERPRISE, enterprise=firm)
    later = make_user(Role.ENTERPRISE, enterprise=firm)
    Membership.objects.create(user=founder, role=Role.ENTERPRISE, enterprise=other)
    invite(actor=founder, enterprise=firm, email="b@b.example")
    rows = {row["enterprise"]: row for row in shown(founder)["enterprises"]}
    assert [item["may_remove"] for item in rows[firm]["members"]] == [True, True]
    assert [one.email for one in rows[firm]["invitations"]] == ["b@b.example"]
    assert rows[other]["invitations"] == []
    (row,) = shown(later)["enterprises"]
    assert [item["may_remove"] for item in row["members"]] == [False, True]


def test_who_waits_sees_the_request_alone() -> None:
    person = make_user()
    asked = request_membership(actor=person, tax_code=make_enterprise().tax_code, name="A")
    found = shown(person)
    assert found["enterprises"] == []
    assert [(row["request"], row["code_was_sent"]) for row in found["waiting_requests"]] == [(asked, False)]


def test_fields_of_several_forms_have_ids_of_their_own() -> None:
    person = make_user()
    for _ in range(2):
        Membership.objects.create(user=person, role=Role.ENTERPRISE, enterprise=make_enterprise())
        request_membership(actor=person, tax_code=make_enterprise().tax_code, name="A")
    client = Client()
    client.force_login(person)
    html = client.get("/en/account/").content.decode()
    ids = re.findall(r'<(?:input|textarea)[^>]* id="([^"]+)"', html)
    assert "invite_" in " ".join(ids)
    assert sorted(ids) == sorted(set(ids))
