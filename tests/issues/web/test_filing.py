import re
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import translation

from accounts.models import Agency, User
from core import clock
from issues.models import Ticket
from issues.sentences.clock_words import ClockWords
from tests.factories.issues import make_agency, make_user
from tests.issues import said
from tests.issues.conftest import TaskForce, at
from tests.issues.files.made import image
from tests.issues.web.conftest import PDF, text_of, wrong_fields

pytestmark = pytest.mark.usefixtures("half_past_nine")
NEW, DRAFT, PREVIEW = "/en/tickets/new/", "/en/tickets/new/draft/", "/en/tickets/new/preview/"
SignIn = Callable[[User], Client]


def typed(**changes: Any) -> dict[str, Any]:
    return {
        "title": "Hỏi về giấy phép xây dựng",
        "body": "Công trình khởi công năm 2012.",
        "kind": "question",
        "category": "construction",
        "public_consent": "on",
        "key": str(uuid.uuid4()),
        **changes,
    }


def a_file(name: str = "Giấy phép.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_filed_and_received_with_code_agency_time_and_reason(force: TaskForce, as_user: SignIn) -> None:
    client = as_user(force.filer)
    response = client.post(NEW, typed(), follow=True)
    ticket = Ticket.objects.get()
    assert (ticket.status, ticket.lead_agency, ticket.kind) == ("routed", force.construction, "question")
    assert response.redirect_chain == [(f"/en/tickets/{ticket.code}/?received=1", 302)]
    page = text_of(response)
    assert f"Received: {ticket.code}" in page
    assert "It is with Department of Construction." in page
    assert "You are answered before 17:30 today." in page
    assert response.context["why"]
    assert all(said.plain(str(sentence)) in page for sentence in response.context["why"])


def test_the_preview_gives_each_word_of_its_reason_once(force: TaskForce, client: Client) -> None:
    words = typed(title="Giấy phép xây dựng và giấy phép xây dựng", body="Xin giấy phép xây dựng.", category="")
    page = client.post(PREVIEW, words, headers={"HX-Request": "true"}).content.decode()
    found = [word.casefold() for word in re.findall(r"<mark>(.*?)</mark>", page)]
    assert "giấy phép xây dựng" in found
    assert len(found) == len(set(found))


def test_pressing_twice_files_once(force: TaskForce, as_user: SignIn) -> None:
    client, sent = as_user(force.filer), typed()
    first, second = client.post(NEW, sent), client.post(NEW, sent)
    assert Ticket.objects.count() == 1
    assert first.url.removesuffix("?received=1") == second.url


def test_another_text_under_the_same_key_leads_to_what_was_filed(force: TaskForce, as_user: SignIn) -> None:
    client, sent = as_user(force.filer), typed()
    client.post(NEW, sent)
    assert client.post(NEW, {**sent, "title": "Khác"}).status_code == 302
    assert Ticket.objects.count() == 1


def test_errors_keep_everything_and_name_the_fields(force: TaskForce, as_user: SignIn) -> None:
    response = as_user(force.filer).post(NEW, typed(title="", ward="Không có đâu", project="XX-1"))
    assert response.status_code == 422
    page = text_of(response)
    for kept in ("Công trình khởi công năm 2012.", 'value="Không có đâu"', 'value="XX-1"', 'value="question" id='):
        assert kept in page
    assert wrong_fields(response) == {"title", "ward", "project"}
    assert not Ticket.objects.exists()


def test_an_image_under_a_wrong_name_is_kept_and_said(force: TaskForce, as_user: SignIn) -> None:
    client = as_user(force.filer)
    response = client.post(NEW, {**typed(), "uploads": [a_file("ảnh.jpg", image())]}, follow=True)
    assert "“ảnh.jpg” holds another kind of image than its name says: it was saved as “ảnh.png”." in text_of(response)
    assert Ticket.objects.get().attachments.get().name == "ảnh.png"


def test_files_that_were_fine_survive_an_error(force: TaskForce, as_user: SignIn) -> None:
    client, sent = as_user(force.filer), typed(title="")
    bad = a_file("trang.pdf", b"<html>")
    response = client.post(NEW, {**sent, "uploads": [a_file(), bad]})
    page = text_of(response)
    assert response.status_code == 422
    assert "trang.pdf: " in response.context["form"].errors["uploads"][0]
    assert "<span>Giấy phép.pdf</span>" in page
    draft = Ticket.objects.get()
    again = client.post(NEW, {**sent, "title": "Tiêu đề", "draft": str(draft.public_id)})
    assert again.status_code == 302
    filed = Ticket.objects.get()
    assert (filed.pk, filed.status) == (draft.pk, "routed")
    assert [file.name for file in filed.attachments.all()] == ["Giấy phép.pdf"]


def test_a_kept_file_can_be_taken_out(force: TaskForce, as_user: SignIn) -> None:
    client = as_user(force.filer)
    client.post(NEW, typed(title="", uploads=[a_file()]))
    draft = Ticket.objects.get()
    file = draft.attachments.get()
    client.post(NEW, typed(draft=str(draft.public_id), remove=str(file.public_id)))
    assert not draft.attachments.exists()


class TestDraft:
    def keep(self, client: Client, **fields: Any) -> Any:
        return client.post(DRAFT, typed(**fields), headers={"Accept": "application/json"})

    def test_kept_as_one_types(self, force: TaskForce, as_user: SignIn) -> None:
        client = as_user(force.filer)
        answer = self.keep(client, title="Dở dang", body="").json()
        assert answer["saved"] == "Draft saved 09:30"
        self.keep(client, title="Dở dang hơn", body="", draft=answer["draft"])
        draft = Ticket.objects.get()
        assert (draft.status, draft.title, str(draft.public_id)) == ("draft", "Dở dang hơn", answer["draft"])
        assert "Dở dang hơn" in text_of(client.get(f"{NEW}?draft={answer['draft']}"))

    def test_the_button_works_without_script(self, force: TaskForce, as_user: SignIn) -> None:
        response = as_user(force.filer).post(DRAFT, typed(), follow=True)
        assert "?draft=" in response.redirect_chain[0][0]
        assert "Draft saved 09:30" in text_of(response)

    def test_nobody_else_opens_or_changes_it(self, force: TaskForce, as_user: SignIn) -> None:
        draft = self.keep(as_user(force.filer), title="Của tôi").json()["draft"]
        stranger = as_user(force.other_filer)
        assert "Của tôi" not in text_of(stranger.get(f"{NEW}?draft={draft}"))
        self.keep(stranger, title="Bị đổi", draft=draft)
        assert Ticket.objects.get(public_id=draft).title == "Của tôi"

    def test_thrown_away(self, force: TaskForce, as_user: SignIn) -> None:
        client = as_user(force.filer)
        draft = self.keep(client).json()["draft"]
        assert client.post("/en/tickets/new/discard/", {"draft": draft}).status_code == 302
        assert not Ticket.objects.exists()

    def test_too_long_is_said(self, force: TaskForce, as_user: SignIn) -> None:
        answer = self.keep(as_user(force.filer), title="x" * 400)
        assert answer.status_code == 422
        assert "too long" in answer.json()["problem"]

    def test_a_page_that_was_left_before_the_answer_saves_the_same_draft(
        self, force: TaskForce, as_user: SignIn
    ) -> None:
        client, key = as_user(force.filer), str(uuid.uuid4())
        first = self.keep(client, title="Vội", key=key).json()["draft"]
        assert self.keep(client, title="Vội vàng", key=key).json()["draft"] == first
        assert self.keep(client, title="Khác").json()["draft"] != first
        filed = client.post(NEW, typed(key=key))
        assert Ticket.objects.get(public_id=first).status == "routed", filed.status_code

    def test_nobody_else_saves_into_it_by_its_key(self, force: TaskForce, as_user: SignIn) -> None:
        key = str(uuid.uuid4())
        first = self.keep(as_user(force.filer), key=key).json()["draft"]
        assert self.keep(as_user(force.other_filer), key=key).json()["draft"] != first

    def test_nonsense_ids_make_a_new_draft(self, force: TaskForce, as_user: SignIn) -> None:
        assert self.keep(as_user(force.filer), draft="' OR 1=1").status_code == 200


class TestBeforeSigningIn:
    def test_what_was_typed_comes_through_the_sign_in(self, force: TaskForce, client: Client) -> None:
        page = text_of(client.get(NEW))
        assert "To file you need an account with your enterprise" in page
        response = client.post(NEW, typed(title="Gõ trước khi đăng nhập"))
        assert response.url == f"/en/account/login/?next={NEW}"
        client.force_login(force.filer)
        assert "Gõ trước khi đăng nhập" in text_of(client.get(NEW))

    def test_autosave_keeps_it_too(self, force: TaskForce, client: Client) -> None:
        answer = client.post(DRAFT, typed(title="Chưa có tài khoản"), headers={"Accept": "application/json"})
        assert answer.json() == {"saved": "Draft saved 09:30"}
        assert "Chưa có tài khoản" in text_of(client.get(NEW))
        assert not Ticket.objects.exists()


def test_somebody_without_an_enterprise_is_told_what_to_do(force: TaskForce, as_user: SignIn) -> None:
    client = as_user(make_user())
    page = text_of(client.get(NEW))
    assert "Your account has no enterprise yet" in page
    assert "/en/account/" in page
    assert client.post(NEW, typed()).status_code == 403


def test_the_link_of_a_project_fills_the_form(force: TaskForce, client: Client) -> None:
    page = text_of(client.get(f"{NEW}?project=HN-1&kind=question"))
    assert 'name="project" value="HN-1"' in page
    assert re.search(r'value="question" id="id_kind_2" checked', page)


@pytest.mark.parametrize("text", ["Phường Việt Hưng", "viet hung", "W-VH", "  VIỆT HƯNG "])
def test_a_ward_is_found_by_plain_text(force: TaskForce, as_user: SignIn, text: str) -> None:
    ward = make_agency("W-VH", name_vi="Phường Việt Hưng", level=Agency.Level.WARD)
    as_user(force.filer).post(NEW, typed(ward=text))
    assert Ticket.objects.get().ward == ward


class TestPreview:
    def test_a_fragment_with_agency_time_and_reasons(self, force: TaskForce, client: Client) -> None:
        response = client.post(PREVIEW, typed(), headers={"HX-Request": "true"})
        page = text_of(response)
        assert page.startswith('<section class="filing-promise" id="promise"')
        assert "Department of Construction" in page
        view = response.context["preview"].clock
        assert view.due_at == at("2026-11-18 17:30")
        with translation.override("en"):
            assert ClockWords(view).headline in page
            assert ClockWords(view).detail in page
        assert "15:30" in page
        assert 'id="promise-line" hx-swap-oob="true"' in response.content.decode()

    def test_the_whole_page_without_script(self, force: TaskForce, client: Client) -> None:
        page = text_of(client.post(PREVIEW, typed()))
        assert "Hỏi về giấy phép xây dựng" in page
        assert "Department of Construction" in page

    @pytest.mark.parametrize("hostile", ["x" * 200_000, "\x00\ud800".encode("utf-16", "surrogatepass"), "{% x %}"])
    def test_any_text_is_welcome(self, force: TaskForce, client: Client, hostile: Any) -> None:
        response = client.post(PREVIEW, typed(title=hostile, kind="complex", ward=hostile), headers={"HX-Request": "1"})
        assert response.status_code in (200, 400)

    def test_in_the_evening(self, force: TaskForce, client: Client) -> None:
        with clock.at(at("2026-11-18 19:10")):
            response = client.post(PREVIEW, typed(), headers={"HX-Request": "true"})
        with translation.override("en"):
            assert ClockWords(response.context["preview"].clock).detail in text_of(response)
        assert "08:00" in text_of(response)


def test_queries(force: TaskForce, as_user: SignIn, django_assert_max_num_queries: Any) -> None:
    client = as_user(force.filer)
    client.get(NEW)
    with django_assert_max_num_queries(25):
        client.get(NEW)
