"""Editors' images and documents: looked at like the files of tickets, wherever the administration takes them."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection

from accounts.models import User
from tests.issues.files.made import PROGRAM, RAR, compound, docx, image, pdf, xlsx, zipped

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _folder(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = str(tmp_path)
    settings.LANGUAGE_CODE = "en"  # of the administration for somebody who chose none


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("admin@example.com"))
    return client


def collection() -> int:
    return int(Collection.get_first_root_node().pk)


def send(editor: Client, url: str, name: str, data: bytes) -> Any:
    """Send the form of a page; the one of a dialogue has a prefix before its fields."""
    prefix = f"{url.split('/')[2].rstrip('s')}-chooser-upload-" if "chooser" in url else ""
    fields = {"title": "Tệp", "file": SimpleUploadedFile(name, data), "collection": collection()}
    return editor.post(url, {f"{prefix}{field}": value for field, value in fields.items()})


class TestImages:
    @pytest.mark.parametrize(
        ("name", "form", "kept"),
        [("a.jpg", "PNG", ".png"), ("a.png", "JPEG", ".jpg"), ("a.gif", "WEBP", ".webp"), ("a.png", "PNG", ".png")],
    )
    def test_taken_as_what_they_are(self, editor: Client, name: str, form: str, kept: str) -> None:
        response = send(editor, "/admin/images/add/", name, image(form))
        assert response.status_code == 302, response.context["form"].errors
        assert get_image_model().objects.get().file.name.endswith(kept)

    @pytest.mark.parametrize("url", ["/admin/images/add/", "/admin/images/chooser/create/"])
    def test_what_is_hidden_is_refused(self, editor: Client, url: str) -> None:
        response = send(editor, url, "a.png", image() + RAR)
        assert "An archive is hidden in this file" in response.content.decode()
        assert not get_image_model().objects.exists()

    def test_many_at_once(self, editor: Client) -> None:
        data = {"title": "x", "files[]": SimpleUploadedFile("a.png", image() + PROGRAM), "collection": collection()}
        response = editor.post("/admin/images/multiple/add/", data)
        assert "A program is hidden in this file" in response.json()["error_message"]
        assert not get_image_model().objects.exists()

    def test_other_words_of_a_kept_image(self, editor: Client) -> None:
        send(editor, "/admin/images/add/", "a.png", image())
        kept = get_image_model().objects.get()
        assert editor.post(f"/admin/images/{kept.pk}/", {"title": "B", "collection": collection()}).status_code == 302
        assert get_image_model().objects.get().title == "B"


class TestDocuments:
    @pytest.mark.parametrize(
        ("name", "data"),
        [
            ("a.pdf", pdf()),
            ("a.docx", docx()),
            ("a.xlsx", xlsx()),
            ("a.csv", "mã;tên\n1;Một".encode()),
            ("a.csv", "mã;tên\n1;Một".encode("utf-16")),
            ("a.zip", zipped([("a.csv", "1;2")])),
        ],
    )
    def test_taken(self, editor: Client, name: str, data: bytes) -> None:
        response = send(editor, "/admin/documents/add/", name, data)
        assert response.status_code == 302, response.context["form"].errors
        assert get_document_model().objects.get().file.read() == data

    @pytest.mark.parametrize("url", ["/admin/documents/add/", "/admin/documents/chooser/create/"])
    @pytest.mark.parametrize(
        ("name", "data", "said"),
        [
            ("a.docx", docx(("word/vbaProject.bin", b"x")), "Macros (programs) were found"),
            ("a.xlsx", compound("EncryptedPackage"), "is encrypted"),
            ("a.csv", b"1,=cmd|'/c calc'!A0", "A DDE field"),
            ("a.pdf", pdf("/Encrypt 5 0 R"), "is encrypted"),
            ("a.zip", zipped([("a.csv", PROGRAM)]), "A program or a file of unknown kind"),
        ],
    )
    def test_refused(self, editor: Client, url: str, name: str, data: bytes, said: str) -> None:
        response = send(editor, url, name, data)
        assert said in response.content.decode()
        assert not get_document_model().objects.exists()

    def test_served_as_what_it_is(self, editor: Client) -> None:
        send(editor, "/admin/documents/add/", "Mẫu đơn.docx", docx())
        response = editor.get(get_document_model().objects.get().url)
        assert response["Content-Type"].endswith("wordprocessingml.document")
        assert response["Content-Disposition"].startswith("attachment;")
        assert response["X-Content-Type-Options"] == "nosniff"
