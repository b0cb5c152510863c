"""The counter's pages: filing for somebody, the receipt, the list."""

import re
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.models import Agency, Role, User
from issues.models import SavedInput, Ticket
from tests.factories.issues import make_agency, make_user
from tests.issues.conftest import TaskForce
from tests.issues.web.conftest import text_of, wrong_fields

pytestmark = pytest.mark.usefixtures("half_past_nine")
NEW, DRAFT = "/en/tickets/new/", "/en/tickets/new/draft/"
SignIn = Callable[[User], Client]


@pytest.fixture
def clerk(force: TaskForce) -> User:
    ward = make_agency("W-VH", name_vi="UBND phường Việt Hưng", level=Agency.Level.WARD)
    return make_user(Role.OFFICER, agency=ward)


def typed(**changes: Any) -> dict[str, Any]:
    return {
        "title": "Hỏi về giấy phép xây dựng",
        "body": "Công trình khởi công năm 2012.",
        "kind": "question",
        "category": "construction",
        "key": str(uuid.uuid4()),
        "channel": "counter",
        "tax_code": "0109990027",
        "name": "Công ty <b>Mới</b>",
        "contact": "Chị Ba",
        "phone": "0901 234 567",
        "email": "",
        "language": "vi",
        **changes,
    }


def test_the_filing_page_of_an_officer_asks_for_whom(clerk: User, as_user: SignIn) -> None:
    page = text_of(as_user(clerk).get(NEW))
    assert "File for an enterprise</h1>" in page
    assert 'name="tax_code"' in page
    assert "Add your enterprise" not in page


def test_filed_at_the_counter_and_the_receipt_in_the_language_of_the_enterprise(clerk: User, as_user: SignIn) -> None:
    client = as_user(clerk)
    response = client.post(NEW, typed(), follow=True)
    ticket = Ticket.objects.get()
    assert response.redirect_chain == [(f"/en/assisted/{ticket.code}/", 302)]
    page = text_of(response)
    for said in (
        "Phiếu tiếp nhận kiến nghị", ticket.code, ticket.assistance.shown_code, "Sở Xây dựng",
        "17:30 ngày 18/11/2026 (giờ Việt Nam, UTC+7)",
        "Công ty &lt;b&gt;Mới&lt;/b&gt;", "Công trình khởi công năm 2012.", "UBND phường Việt Hưng", "<svg",
    ):  # fmt: skip
        assert said in page, said
    assert "Department of Construction" not in page
    receipt = page[page.index("<article") : page.index("</textarea>")]  # and the text message
    times = re.findall(r"\b\d\d:\d\d\b", receipt)
    dated = re.findall(r"\b\d\d:\d\d ngày \d\d/\d\d/\d{4} \(giờ Việt Nam, UTC\+7\)", receipt)
    assert len(times) == len(dated) > 4, receipt
    assert client.get(f"/en/tickets/{ticket.code}/").status_code == 404


def test_a_receipt_in_english(clerk: User, as_user: SignIn) -> None:
    client = as_user(clerk)
    page = text_of(client.post(NEW.replace("/en/", "/vi/"), typed(language="en"), follow=True))
    assert "Receipt of a proposal" in page
    assert "Department of Construction" in page


def test_pressing_twice_files_once(clerk: User, as_user: SignIn) -> None:
    client, sent = as_user(clerk), typed()
    assert client.post(NEW, sent).url == client.post(NEW, sent).url
    assert Ticket.objects.count() == 1


def test_errors_keep_everything_and_come_together(clerk: User, as_user: SignIn) -> None:
    response = as_user(clerk).post(NEW, typed(title="", tax_code="12", phone="", contact=""))
    page = text_of(response)
    assert response.status_code == 422
    assert wrong_fields(response) == {"title", "tax_code", "contact", "phone"}
    assert 'value="Công ty &lt;b&gt;' in page
    assert not Ticket.objects.exists()


def test_what_is_typed_of_the_enterprise_is_kept_with_the_draft(clerk: User, as_user: SignIn) -> None:
    client = as_user(clerk)
    kept = client.post(DRAFT, typed(tax_code="010", title="Dở dang"), headers={"Accept": "application/json"}).json()
    page = text_of(client.get(f"{NEW}?draft={kept['draft']}"))
    assert 'value="010"' in page
    assert 'value="Chị Ba"' in page
    client.post(NEW, typed(draft=kept["draft"]))
    assert not SavedInput.objects.exists()
    assert Ticket.objects.get().assistance.contact == "Chị Ba"


def test_an_officer_with_an_enterprise_files_for_it_unless_they_say_otherwise(
    force: TaskForce, as_user: SignIn
) -> None:
    both = force.filer
    both.memberships.create(role=Role.OFFICER, agency=force.finance)
    client = as_user(both)
    assert 'name="tax_code"' not in text_of(client.get(NEW))
    assert 'name="tax_code"' in text_of(client.get(f"{NEW}?assist=1"))
    client.post(NEW, typed(assist="1"))
    assert Ticket.objects.get().enterprise.tax_code == "0109990027"


@pytest.mark.parametrize(
    ("typed_code", "said"),
    [
        ("0109990027", "New here: enter the name."),
        ("{known}", "It has an account here"),
        ("01099", ""),
        ("0109990020", "not a valid tax code"),
        ("", ""),
    ],
)
def test_whose_tax_code_it_is(force: TaskForce, clerk: User, as_user: SignIn, typed_code: str, said: str) -> None:
    known = force.filer.memberships.get().enterprise.tax_code
    response = as_user(clerk).get("/en/assisted/enterprise/", {"tax_code": typed_code.format(known=known)})
    assert said in text_of(response)
    assert bool(said) == ("svg" in text_of(response))


class TestList:
    def test_colleagues_see_it_and_print_the_receipt_again(self, clerk: User, as_user: SignIn) -> None:
        as_user(clerk).post(NEW, typed())
        code = Ticket.objects.get().code
        colleague = make_user(Role.OFFICER, agency=clerk.memberships.get().agency)
        assert f"{code}</a>" in text_of(as_user(colleague).get("/en/assisted/"))
        assert as_user(colleague).get(f"/en/assisted/{code}/").status_code == 200

    def test_nobody_else_does(self, force: TaskForce, clerk: User, as_user: SignIn) -> None:
        as_user(clerk).post(NEW, typed())
        code = Ticket.objects.get().code
        assert "Nothing has been filed at your counter yet" in text_of(as_user(force.officer).get("/en/assisted/"))
        assert as_user(force.officer).get(f"/en/assisted/{code}/").status_code == 404
        assert as_user(force.leader).get("/en/assisted/").status_code == 403
        assert as_user(force.coordinator).get(f"/en/assisted/{code}/").status_code == 200

    @pytest.mark.parametrize("number", [1, 3])
    def test_queries(self, clerk: User, as_user: SignIn, number: int, django_assert_num_queries: Any) -> None:
        client = as_user(clerk)
        for _ in range(number):
            client.post(NEW, typed())
        client.get("/en/assisted/")
        with django_assert_num_queries(LIST_QUERIES):
            client.get("/en/assisted/")


LIST_QUERIES = 9
