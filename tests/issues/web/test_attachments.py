from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import User
from issues.actions import conversation
from issues.actor import Actor
from issues.files.content import ALLOWED_TYPES
from issues.models import Attachment
from tests.issues.conftest import TaskForce
from tests.issues.files.made import docx, image, xlsx
from tests.issues.web.conftest import PDF

SignIn = Callable[[User], Client]


def attach(force: TaskForce, name: str = "Giấy phép.pdf", content: bytes = PDF, **fields: Any) -> Attachment:
    upload = SimpleUploadedFile(name, content)
    return conversation.attach(ticket=force.accepted(), actor=Actor.of(force.officer), upload=upload, **fields)


def url(found: Attachment) -> str:
    return f"/en/attachments/{found.public_id}/"


def test_downloaded_and_never_shown(force: TaskForce, as_user: SignIn) -> None:
    response = as_user(force.filer).get(url(attach(force)))
    assert (response.status_code, response.getvalue()) == (200, PDF)
    assert response["Content-Disposition"] == "attachment; filename*=UTF-8''Gi%E1%BA%A5y%20ph%C3%A9p.pdf"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "no-store" in response["Cache-Control"]


def test_a_text_that_holds_html_is_no_html(force: TaskForce, as_user: SignIn) -> None:
    response = as_user(force.filer).get(url(attach(force, "a.txt", b"<script>alert(1)</script>")))
    assert response["Content-Type"] == "application/octet-stream"


def test_served_as_what_it_is_under_the_right_name(force: TaskForce, as_user: SignIn) -> None:
    for name, data, kind in (
        ("ảnh.jpg", image(), "image/png"),
        ("a.docx", docx(), ALLOWED_TYPES[".docx"]),
        ("a.xlsx", xlsx(), ALLOWED_TYPES[".xlsx"]),
    ):
        response = as_user(force.filer).get(url(attach(force, name, data)))
        assert (response["Content-Type"], response["X-Content-Type-Options"]) == (kind, "nosniff")
        ending = "%E1%BA%A3nh.png" if name == "ảnh.jpg" else name
        assert response["Content-Disposition"] == f"attachment; filename*=UTF-8''{ending}"


def test_only_for_those_who_see_the_ticket(force: TaskForce, as_user: SignIn, client: Client) -> None:
    found = attach(force)
    for user in (force.other_filer, force.finance_officer):
        assert as_user(user).get(url(found)).status_code == 404
    assert client.get(url(found)).url.startswith("/en/account/login/")
    assert as_user(force.filer).get(f"/en/attachments/{uuid4()}/").status_code == 404


def test_internal_files_are_for_agencies(force: TaskForce, as_user: SignIn) -> None:
    found = attach(force, visibility="internal")
    assert as_user(force.filer).get(url(found)).status_code == 404
    assert as_user(force.officer).get(url(found)).status_code == 200


def test_a_file_that_is_gone_is_not_found(force: TaskForce, as_user: SignIn) -> None:
    found = attach(force)
    found.file.delete(save=False)
    assert as_user(force.filer).get(url(found)).status_code == 404
