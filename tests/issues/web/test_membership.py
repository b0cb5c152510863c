from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress

from accounts.actions.membership import invite, request_membership
from accounts.contact_code import contact_code
from accounts.models import MembershipRequest, User
from core import clock, limits
from core.readable_codes import shown_code
from issues.actions import filing
from issues.actor import Actor
from tests.factories.issues import make_user
from tests.issues.conftest import TaskForce

pytestmark = pytest.mark.django_db
CODE = "0109990027"


@pytest.fixture
def asked() -> MembershipRequest:
    person = make_user()
    EmailAddress.objects.create(user=person, email=person.email, verified=True)
    return request_membership(actor=person, tax_code=CODE, name="Công ty Mới", note="Giám đốc")


@pytest.fixture
def receipt(force: TaskForce) -> Any:
    behalf = {"tax_code": CODE, "name": "Công ty Mới", "contact": "Hoa", "phone": "024", "email": "hoa@a.example"}
    return filing.file_ticket(
        actor=Actor.of(force.finance_officer), title="Xin cấp nước", body="Từ tháng Năm.", channel="counter",
        category="construction", on_behalf_of=behalf,
    ).assistance  # fmt: skip


def text_of(response: Any) -> str:
    return str(response.content.decode())


class TestAccountPage:
    def test_a_receipt(self, asked: MembershipRequest, receipt: Any, as_user: Any) -> None:
        client = as_user(asked.user)
        url = f"/en/account/requests/{asked.pk}/receipt/"
        wrong = client.post(url, {"follow_up_code": "1234 wrong"})
        assert wrong.status_code == 422
        assert 'value="1234 wrong"' in text_of(wrong)
        assert client.post(url, {"follow_up_code": receipt.shown_code}).status_code == 302
        assert receipt.ticket.code in text_of(client.get("/en/tickets/"))

    def test_a_code_to_the_contact(self, asked: MembershipRequest, receipt: Any, as_user: Any) -> None:
        client = as_user(asked.user)
        field = f'id="contact_{asked.pk}_code"'
        assert field not in text_of(client.get("/en/account/"))
        assert field in text_of(client.post(f"/en/account/requests/{asked.pk}/send-code/", follow=True))
        url = f"/en/account/requests/{asked.pk}/code/"
        assert client.post(url, {"code": "0"}).status_code == 422
        code = contact_code(CODE, receipt.email, clock.now())
        assert client.post(url, {"code": shown_code(code)}).status_code == 302
        assert User.objects.get(pk=asked.user_id).memberships.exists()

    def test_codes_are_asked_for_a_few_times_a_day_by_each(
        self, asked: MembershipRequest, receipt: Any, as_user: Any
    ) -> None:
        client = as_user(asked.user)
        url = f"/en/account/requests/{asked.pk}/send-code/"
        now = clock.now()
        for number in range(limits.most("contact_code.pair")):
            with clock.at(now + timedelta(hours=number)):
                assert client.post(url).status_code == 302
        with clock.at(now + timedelta(hours=10)):
            refused = client.post(url)
            assert (refused.status_code, refused["Retry-After"]) == (429, str(14 * 3600))
            client.post(f"/en/account/requests/{asked.pk}/withdraw/")
            again = request_membership(actor=asked.user, tax_code=CODE, name="Công ty Mới")
            assert client.post(f"/en/account/requests/{again.pk}/send-code/").status_code == 429
            person = make_user()
            EmailAddress.objects.create(user=person, email=person.email, verified=True)
            other = request_membership(actor=person, tax_code=CODE, name="Công ty Mới")
            assert as_user(person).post(f"/en/account/requests/{other.pk}/send-code/").status_code == 302

    def test_nothing_of_others(self, asked: MembershipRequest, force: TaskForce, as_user: Any) -> None:
        client = as_user(force.filer)
        for name in ("receipt", "send-code", "code"):
            assert client.post(f"/en/account/requests/{asked.pk}/{name}/").status_code == 404

    def test_an_invitation_is_accepted(self, force: TaskForce, as_user: Any) -> None:
        guest = make_user()
        EmailAddress.objects.create(user=guest, email=guest.email, verified=True)
        firm = force.filer.memberships.get().enterprise
        sent = invite(actor=force.filer, enterprise=firm, email=guest.email)
        as_user(force.other_filer).post(f"/en/account/invitations/{sent.pk}/accept/")
        assert firm.memberships.count() == 1
        as_user(guest).post(f"/en/account/invitations/{sent.pk}/accept/")
        assert firm.memberships.count() == 2


class TestQueue:
    def test_it_is_for_officers_and_coordinators(
        self, asked: MembershipRequest, force: TaskForce, as_user: Any
    ) -> None:
        answers = {
            who: as_user(getattr(force, who)).get("/en/membership-requests/").status_code
            for who in ("officer", "coordinator", "leader", "filer")
        }
        assert answers == {"officer": 200, "coordinator": 200, "leader": 403, "filer": 403}

    def test_it_shows_what_helps_to_decide(
        self, asked: MembershipRequest, receipt: Any, force: TaskForce, as_user: Any
    ) -> None:
        page = text_of(as_user(force.officer).get("/en/membership-requests/"))
        assert asked.user.email in page
        assert "Giám đốc" in page
        assert "hoa@a.example" not in page

    def test_only_people_with_a_confirmed_address_are_in_it(
        self, force: TaskForce, as_user: Any, settings: Any
    ) -> None:
        settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
        other = request_membership(actor=make_user(), tax_code=CODE, name="Công ty Khác")
        assert other.name not in text_of(as_user(force.officer).get("/en/membership-requests/"))

    def test_a_personal_number_is_masked(self, force: TaskForce, as_user: Any, settings: Any) -> None:
        settings.ACCOUNT_EMAIL_VERIFICATION = "none"
        request_membership(actor=make_user(), tax_code="001089012345", name="Hộ kinh doanh A")
        assert "001089012345" not in text_of(as_user(force.officer).get("/en/membership-requests/"))

    def test_accepting_and_refusing(self, asked: MembershipRequest, force: TaskForce, as_user: Any) -> None:
        client = as_user(force.coordinator)
        refusal = client.post(f"/en/membership-requests/{asked.pk}/refuse/", {"reason": ""})
        assert refusal.status_code == 422
        client.post(f"/en/membership-requests/{asked.pk}/refuse/", {"reason": "Chưa rõ"})
        asked.refresh_from_db()
        assert (asked.state, asked.reason) == ("refused", "Chưa rõ")
        again = request_membership(actor=asked.user, tax_code=CODE, name="Công ty Mới")
        client.post(f"/en/membership-requests/{again.pk}/accept/")
        assert asked.user.memberships.get().enterprise.tax_code == CODE
        assert "Chưa rõ" in text_of(as_user(asked.user).get("/en/account/"))

    @pytest.mark.parametrize("number", [1, 4])
    def test_queries(
        self, force: TaskForce, as_user: Any, number: int, settings: Any, django_assert_num_queries: Any
    ) -> None:
        settings.ACCOUNT_EMAIL_VERIFICATION = "none"
        for _ in range(number):
            request_membership(actor=make_user(), tax_code=CODE, name="Công ty Mới")
        client = as_user(force.officer)
        client.get("/en/membership-requests/")
        with django_assert_num_queries(6):
            assert client.get("/en/membership-requests/").status_code == 200


def test_who_waits_files_and_the_agency_sees_that_it_is_not_confirmed(
    asked: MembershipRequest, force: TaskForce, as_user: Any
) -> None:
    client = as_user(asked.user)
    page = client.get("/en/tickets/new/")
    assert "disabled" not in text_of(page)[text_of(page).index('class="submitline"') :][:300]
    typed = {"title": "Hỏi về giấy phép", "body": "Công trình", "kind": "question", "category": "construction"}
    client.post("/en/tickets/new/", typed)
    ticket = asked.tickets.get()
    seen = text_of(as_user(force.officer).get(f"/en/tickets/{ticket.code}/"))
    assert "Công ty Mới" in seen
    shown = as_user(asked.user).get(f"/api/v1/tickets/{ticket.code}").json()
    assert (shown["enterprise"], shown["unconfirmed_enterprise"]["name"]) == (None, "Công ty Mới")
