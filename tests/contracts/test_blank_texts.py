"""A text that shows nothing counts as none, wherever one is asked for."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.actions.membership import request_membership
from accounts.actions.settings import change_settings
from accounts.actions.tokens import issue_token
from accounts.models import Agency, Enterprise, User
from accounts.wagtail_viewsets import AgencyViewSet, PersonForm
from accounts.web.forms import RequestForm, SettingsForm, TokenForm
from accounts.web.sign_in_forms import SignupForm
from core.errors import Invalid
from issues.actions.conversation import attach, file_name
from issues.actor import Actor
from issues.models import Ticket
from tests.issues.conftest import TaskForce, make_task_force

pytestmark = pytest.mark.django_db

BLANKS = ["\u3164", "\u2800\u2800", "\u200d", "\U000e0041\U000e0042", "\u202e\u2066", "\u0301", " \u115f "]
every_blank = pytest.mark.parametrize("blank", BLANKS, ids=lambda text: "-".join(f"{ord(c):X}" for c in text))


@pytest.fixture
def force() -> TaskForce:
    return make_task_force()


@every_blank
def test_a_proposal_by_a_program(blank: str, force: TaskForce, client: Client) -> None:
    client.force_login(force.filer)
    for name in ("title", "body"):
        sent = {"title": "Hỏi về giấy phép", "body": "Nhà xưởng khởi công.", "public_consent": True, name: blank}
        answer = client.post("/api/v1/tickets", sent, content_type="application/json")
        assert answer.status_code == 422
        assert list(answer.json()["errors"]) == [name]
    assert not Ticket.objects.exists()


@every_blank
def test_a_message_and_an_answer(blank: str, force: TaskForce, client: Client) -> None:
    ticket = force.accepted()
    client.force_login(force.officer)
    for path, name in (("messages", "body"), ("transitions/resolve", "answer")):
        answer = client.post(f"/api/v1/tickets/{ticket.code}/{path}", {name: blank}, content_type="application/json")
        assert answer.status_code == 422, path


@every_blank
def test_forms_of_the_account(blank: str) -> None:
    assert "name" in TokenForm({"name": blank}).errors
    assert "name" in RequestForm({"tax_code": "0100109106", "name": blank}).errors
    assert "name" in SignupForm({"name": blank, "email": "a@b.vn"}).errors
    settings = SettingsForm({"name": blank, "phone": blank, "language": "vi", "time_format": "24"})
    assert settings.is_valid()
    assert settings.cleaned_data["name"] == settings.cleaned_data["phone"] == ""


@every_blank
def test_actions_of_the_account(blank: str, force: TaskForce) -> None:
    person: User = force.other_filer
    with pytest.raises(Invalid):
        issue_token(actor=person, name=blank)
    with pytest.raises(Invalid):
        request_membership(actor=person, tax_code="0100109106", name=blank)
    assert not Enterprise.objects.filter(tax_code="0100109106").exists()
    assert change_settings(actor=person, name=blank, phone="", language="vi", time_format="24").name == ""


@every_blank
def test_the_administration(blank: str) -> None:
    form = AgencyViewSet(name="agencies").get_form_class()({"name_vi": blank, "code": "XX"})
    assert "name_vi" in form.errors
    assert PersonForm({"name": blank, "email": "a@b.vn"}).fields["name"].clean(blank) == ""
    assert not Agency.objects.filter(code="XX").exists()


@every_blank
def test_the_name_of_a_file(blank: str, force: TaskForce) -> None:
    ticket = force.accepted()
    upload = SimpleUploadedFile(f"{blank}.pdf", b"%PDF-1.4\n%%EOF\n")
    assert file_name(blank) == "file"
    kept: Any = attach(actor=Actor.of(force.filer), ticket=ticket, upload=upload)
    assert kept.name in ("file.pdf", "pdf", "pdf.pdf")
