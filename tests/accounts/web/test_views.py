import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from accounts.models import Enterprise, Membership, Role, User

pytestmark = pytest.mark.django_db
PAGES = ["", "email/", "password/change/", "logout/"]
OPEN_PAGES = ["login/", "signup/", "password/reset/", "password/reset/done/", "inactive/"]


@pytest.fixture
def person() -> User:
    return User.objects.create_user("an@example.com", "a-long-password-7", name="An")


@pytest.fixture
def client(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_the_account_page_asks_for_a_sign_in():
    response = Client().get("/vi/account/")
    assert response.status_code == 302
    assert response.headers["Location"] == "/vi/account/login/?next=/vi/account/"
    for path in ("settings/", "tokens/", "requests/", "tokens/1/revoke/"):
        assert Client().post(f"/vi/account/{path}").status_code == 302


def test_settings_are_saved_and_the_page_changes_its_language(client, person):
    data = {"name": "Bình\u200b ", "phone": "024", "language": "en", "time_format": "12"}
    response = client.post("/vi/account/settings/", data)
    assert response.headers["Location"] == "/en/account/"
    person.refresh_from_db()
    assert (person.name, person.language, person.time_format) == ("Bình", "en", "12")


def test_wrong_settings_change_nothing_and_keep_what_was_written(client, person):
    data = {"name": "Bình", "phone": "", "language": "fr", "time_format": "24"}
    response = client.post("/en/account/settings/", data)
    assert response.status_code == 422
    assert 'value="Bình"' in response.content.decode()
    person.refresh_from_db()
    assert person.name == "An"


def test_token_is_shown_once_and_can_be_revoked(client, person):
    page = client.post("/en/account/tokens/", {"name": "Export"}).content.decode()
    secret = re.search(r"tn_[\w-]{40,}", page).group(0)
    assert secret not in client.get("/en/account/").content.decode()
    token = person.tokens.get()
    assert f"{token.hint}…" in client.get("/en/account/").content.decode()
    client.post(f"/en/account/tokens/{token.pk}/revoke/")
    assert f"{token.hint}…" not in client.get("/en/account/").content.decode()
    assert client.post("/en/account/tokens/", {"name": ""}).status_code == 422


@pytest.mark.parametrize("path", ["settings/", "tokens/", "requests/", "tokens/1/revoke/", "members/1/remove/"])
def test_the_address_of_a_form_leads_back_to_the_page(client, path):
    response = client.get(f"/en/account/{path}")
    assert (response.status_code, response.headers["Location"]) == (302, "/en/account/")


def test_nobody_elses_token_is_touched(client):
    other = User.objects.create_user("b@example.com")
    token, _secret = other.tokens.model.issue(user=other, name="x")
    client.post(f"/en/account/tokens/{token.pk}/revoke/")
    token.refresh_from_db()
    assert token.revoked_at is None


@pytest.mark.parametrize("count", [1, 3])
def test_account_page_query_count(person, count, django_assert_num_queries):
    enterprise = Enterprise.objects.create(tax_code="0100109106", name="A")
    Membership.objects.create(user=person, role=Role.ENTERPRISE, enterprise=enterprise)
    for number in range(count):
        other = User.objects.create_user(f"p{number}@example.com")
        Membership.objects.create(user=other, role=Role.ENTERPRISE, enterprise=enterprise)
        person.tokens.model.issue(user=person, name=str(number))
    client = Client()
    client.force_login(person)
    client.get("/vi/account/")
    # Session, person, roles with their places, colleagues, invitations of the enterprise, own requests, confirmed
    # addresses (there is none, so none of its invitations), tokens, and for the masthead the roles again as facts and
    # the unread count.
    with django_assert_num_queries(12):
        assert client.get("/vi/account/").status_code == 200


def test_language_switch_keeps_the_page_and_its_query(client):
    html = client.get("/vi/account/email/?a=1").content.decode()
    assert re.search(r'href="/en/account/email/\?a=1" lang="en" hreflang="en"\s+title="English"', html)
    assert '<link rel="alternate" hreflang="vi" href="http://testserver/vi/account/email/?a=1">' in html


@pytest.mark.parametrize("page", PAGES + OPEN_PAGES)
def test_english_pages_speak_english(client, page):
    who = Client() if page in OPEN_PAGES else client
    text = _visible(who.get(f"/en/account/{page}").content.decode())
    for name in ("Trong Ngày", "Tiếng Việt", "Hà Nội"):
        text = text.replace(name, "")
    assert not re.findall(r"\w*[ăđĩũơưạ-ỹ]\w*", text)


@pytest.mark.parametrize("page", PAGES + OPEN_PAGES)
def test_vietnamese_pages_hold_no_english_sentence(client, page):
    who = Client() if page in OPEN_PAGES else client
    html = who.get(f"/vi/account/{page}").content.decode()
    text = _visible(html)
    assert '<html lang="vi">' in html
    left = [sentence for sentence in _english_sentences() if sentence in text]
    assert left == []


def _visible(html: str) -> str:
    html = re.sub(r"<(script|style).*?</\1>", "", html, flags=re.S)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def _english_sentences() -> list[str]:
    """The message ids of the catalogue that are long enough not to be found by chance."""
    if not (Path(settings.LOCALE_PATHS[0]) / "vi" / "LC_MESSAGES" / "django.mo").is_file():
        pytest.skip("the message catalogue is not compiled: bin/setup does it")
    catalogue = Path(settings.LOCALE_PATHS[0]) / "vi" / "LC_MESSAGES" / "django.po"
    ids = re.findall(r'^msgid "(.{12,})"$', catalogue.read_text(encoding="utf-8"), re.M)
    return [message for message in ids if "%" not in message and "<" not in message]
