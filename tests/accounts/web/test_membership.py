from typing import Any

import pytest
from django.test import Client

from accounts.models import Enterprise, Invitation, Membership, MembershipRequest, Role, User
from tests.factories.issues import make_enterprise, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> User:
    return User.objects.create_user("an@example.com", name="An")


@pytest.fixture
def client(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def page(response: Any) -> str:
    return str(response.content.decode())


def test_asking_and_withdrawing(client: Client, person: User) -> None:
    wrong = client.post("/en/account/requests/", {"tax_code": "5", "name": "Công ty A"})
    assert wrong.status_code == 422
    assert 'href="#request_tax_code"' in page(wrong)
    assert 'value="Công ty A"' in page(wrong)
    done = client.post("/en/account/requests/", {"tax_code": "0100109106", "name": "Công ty A"}, follow=True)
    asked = person.membership_requests.get()
    assert f'id="request-{asked.pk}"' in page(done)
    again = client.post("/en/account/requests/", {"tax_code": "0100109106", "name": "Công ty A"})
    assert again.status_code == 422
    client.post(f"/en/account/requests/{asked.pk}/withdraw/")
    assert MembershipRequest.objects.get().state == "withdrawn"


def test_inviting_withdrawing_and_declining(client: Client, person: User, settings: Any) -> None:
    settings.ACCOUNT_EMAIL_VERIFICATION = "none"
    firm = make_enterprise()
    Membership.objects.create(user=person, role=Role.ENTERPRISE, enterprise=firm)
    url = f"/en/account/enterprises/{firm.pk}/invite/"
    assert client.post(url, {"email": "nonsense"}).status_code == 422
    guest = make_user()
    for email in (guest.email, "nobody@example.com"):
        assert email in page(client.post(url, {"email": email}, follow=True))
    first, second = Invitation.objects.order_by("pk")
    client.post(f"/en/account/invitations/{second.pk}/withdraw/")
    theirs = Client()
    theirs.force_login(guest)
    assert firm.name in page(theirs.get("/en/account/"))
    theirs.post(f"/en/account/invitations/{first.pk}/decline/")
    assert [one.state for one in Invitation.objects.order_by("pk")] == ["declined", "withdrawn"]
    assert not guest.memberships.exists()


def test_a_colleague_who_joined_later_is_removed(client: Client, person: User) -> None:
    firm = make_enterprise()
    own = Membership.objects.create(user=person, role=Role.ENTERPRISE, enterprise=firm)
    later = make_user(Role.ENTERPRISE, enterprise=firm)
    theirs = Client()
    theirs.force_login(later)
    assert f"members/{own.pk}/remove/" not in page(theirs.get("/en/account/"))
    theirs.post(f"/en/account/members/{own.pk}/remove/")
    assert firm.memberships.count() == 2
    client.post(f"/en/account/members/{later.memberships.get().pk}/remove/")
    assert firm.memberships.count() == 1


def test_other_enterprises_do_not_exist_for_a_stranger(client: Client) -> None:
    firm = make_enterprise()
    member = make_user(Role.ENTERPRISE, enterprise=firm)
    asked = MembershipRequest.objects.create(user=member, tax_code="0100109106", name="A")
    for path in (
        f"enterprises/{firm.pk}/invite/",
        f"members/{member.memberships.get().pk}/remove/",
        f"requests/{asked.pk}/withdraw/",
    ):
        assert client.post(f"/en/account/{path}", {"email": "an@example.com"}).status_code == 404


def test_a_personal_number_is_masked_for_others() -> None:
    household = Enterprise.objects.create(tax_code="001089012345", name="Hộ kinh doanh A")
    assert household.shown_tax_code == "001••••••345"
    assert make_enterprise().shown_tax_code.isascii()
