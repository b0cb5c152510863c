import re
from datetime import UTC, datetime

import pytest
from django.core import mail
from django.test import Client

from accounts.adapter import Adapter
from accounts.models import Enterprise, Membership, Role, User
from core import clock

pytestmark = pytest.mark.django_db
PASSWORD = "a-long-password-7"
SIGN_UP = {"name": "Nguyễn An", "email": "an@example.com", "password1": PASSWORD, "password2": PASSWORD}


@pytest.fixture
def person() -> User:
    return User.objects.create_user("an@example.com", PASSWORD, name="An")


@pytest.fixture
def _without_confirmation(settings):
    settings.ACCOUNT_EMAIL_VERIFICATION = "none"


@pytest.mark.parametrize("language", ["vi", "en"])
def test_wrong_password_is_said_without_telling_who_exists(language, person):
    texts = set()
    for email in (person.email, "nobody@example.com"):
        response = Client().post(f"/{language}/account/login/", {"login": email, "password": "wrong"})
        assert response.status_code == 200
        html = response.content.decode()
        assert f'value="{email}"' in html  # nothing lost but the password
        assert "wrong" not in html
        summary = re.search(r"data-error-summary.*?</div>", html, re.S)
        texts.add(summary.group(0) if summary else "")
    assert len(texts) == 1
    assert texts != {""}


@pytest.mark.usefixtures("_without_confirmation")
@pytest.mark.parametrize(
    ("role", "place"), [(None, "/en/"), (Role.COORDINATOR, "/en/board/"), (Role.ENTERPRISE, "/en/tickets/")]
)
def test_people_arrive_at_their_work(person, role, place):
    if role:
        enterprise = Enterprise.objects.create(tax_code="0100109106", name="A") if role == Role.ENTERPRISE else None
        Membership.objects.create(user=person, role=role, enterprise=enterprise)
    response = Client().post("/en/account/login/", {"login": person.email, "password": PASSWORD})
    assert (response.status_code, response.headers["Location"]) == (302, place)


@pytest.mark.usefixtures("_without_confirmation")
def test_next_is_followed_only_on_this_site(person):
    for target, place in (("/vi/account/", "/vi/account/"), ("https://evil.example/", "/vi/")):
        data = {"login": person.email, "password": PASSWORD, "next": target}
        assert Client().post("/vi/account/login/", data).headers["Location"] == place


@pytest.mark.usefixtures("_without_confirmation")
def test_sign_up_with_an_enterprise():
    data = SIGN_UP | {"tax_code": "0100109106", "enterprise_name": "Công ty A"}
    assert Client().post("/en/account/signup/", data).status_code == 302
    user = User.objects.get(email="an@example.com")
    assert (user.name, user.language) == ("Nguyễn An", "en")
    assert user.membership_requests.get().tax_code == "0100109106"
    assert not user.memberships.exists()


@pytest.mark.usefixtures("_without_confirmation")
def test_sign_up_without_one():
    assert Client().post("/vi/account/signup/", SIGN_UP).status_code == 302
    assert not User.objects.get(email="an@example.com").memberships.exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"tax_code": "123"}, "tax_code"),
        ({"tax_code": "0100109106"}, "enterprise_name"),
        ({"enterprise_name": "Công ty A"}, "tax_code"),
        ({"password2": "another-password-7"}, "password2"),
        ({"password1": "12345678901", "password2": "12345678901"}, "password1"),
        ({"password1": "Hanoi@2024!", "password2": "Hanoi@2024!"}, "password1"),
        ({"name": "Zarathustra", "password1": "zarathustra#99", "password2": "zarathustra#99"}, "password1"),
        ({"name": "\u200b "}, "name"),
        ({"email": "no address"}, "email"),
    ],
)
def test_sign_up_names_the_wrong_field_and_loses_nothing(changes, field):
    response = Client().post("/en/account/signup/", SIGN_UP | changes)
    assert response.status_code == 200
    assert field in response.context["form"].errors
    assert f'href="#id_{field}"' in response.content.decode()
    assert not User.objects.exists()


def test_signing_up_for_an_enterprise_with_people_reveals_and_opens_nothing(person):
    enterprise = Enterprise.objects.create(tax_code="0100109106", name="A")
    Membership.objects.create(user=person, role=Role.ENTERPRISE, enterprise=enterprise)
    answers = []
    for number, code in enumerate(("0100109106", "0109990027")):
        data = SIGN_UP | {"email": f"b{number}@example.com", "tax_code": code, "enterprise_name": "A"}
        response = Client().post("/en/account/signup/", data)
        answers.append((response.status_code, response.headers["Location"]))
    assert answers[0] == answers[1]
    assert enterprise.memberships.count() == 1


def test_forgotten_password_is_set_by_mail(person):
    client = Client()
    with clock.at(datetime(2026, 11, 18, 10, 30, tzinfo=UTC)):
        client.post("/en/account/password/reset/", {"email": person.email})
    assert len(mail.outbox) == 1
    assert "Open the link by 17:30 on 21 Nov 2026 (Vietnam time, UTC+7)" in " ".join(mail.outbox[0].body.split())
    link = re.search(r"http://testserver(/en/account/password/reset/key/\S+)", mail.outbox[0].body)
    assert link
    form = client.get(link.group(1), follow=True)
    new = "another-long-word-8"
    client.post(form.request["PATH_INFO"], {"password1": new, "password2": new})
    person.refresh_from_db()
    assert person.check_password(new)


def test_the_enterprise_is_no_password():
    enterprise = {"tax_code": "0100109106", "enterprise_name": "Công ty Krishnamurti"}
    password = {"password1": "Krishnamurti@99", "password2": "Krishnamurti@99"}
    form = Client().post("/en/account/signup/", SIGN_UP | enterprise | password).context["form"]
    assert "your own name, address or enterprise" in str(form.errors["password1"])


def test_a_new_password_is_kept_in_one_spelling(person):
    client = Client()
    client.force_login(person)
    new = "tra\u0306ng non treo đầu ngo\u0303"
    client.post("/en/account/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    person.refresh_from_db()
    assert person.check_password("trăng non treo đầu ngõ")


def test_sign_out_needs_a_post(person):
    client = Client()
    client.force_login(person)
    assert client.get("/vi/account/logout/").status_code == 200
    assert "_auth_user_id" in client.session
    client.post("/vi/account/logout/")
    assert "_auth_user_id" not in client.session


def test_guessing_is_slowed_down(person, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "3/m/key", "login": "100/m/ip"}
    client = Client()
    pages = [client.post("/en/account/login/", {"login": person.email, "password": f"x{i}"}) for i in range(5)]
    assert str(Adapter.error_messages["too_many_login_attempts"]) in pages[-1].content.decode()
    right = client.post("/en/account/login/", {"login": person.email, "password": PASSWORD})
    assert right.status_code in (200, 429)
