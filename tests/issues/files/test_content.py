"""Files: what they really are decides, never their name; nothing is overwritten."""

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation
from PIL import Image

from core.errors import Invalid, NotAllowed, NotPossible
from issues.actions import conversation, drafts, enterprise
from issues.actor import Actor
from issues.files import content, limits
from issues.models import Attachment, TicketEvent
from tests.issues.conftest import TaskForce
from tests.issues.web.conftest import PDF

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Iterator[Path]:
    """A private storage of this test's own."""
    settings.STORAGES = {
        **settings.STORAGES,
        "private": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path), "base_url": None},
        },
    }
    storage = FileSystemStorage(location=str(tmp_path), base_url=None)
    fields = [Attachment._meta.get_field(name) for name in ("file", "thumbnail")]
    with patch.object(fields[0], "storage", storage), patch.object(fields[1], "storage", storage):
        yield tmp_path


def image(width: int = 800, height: int = 600, *, mode: str = "RGB", form: str = "PNG", **save: Any) -> bytes:
    out = io.BytesIO()
    Image.new(mode, (width, height), "teal").save(out, form, **save)
    return out.getvalue()


def attach(force: TaskForce, name: str, content: bytes, **fields: Any) -> Attachment:
    ticket = fields.pop("ticket", None) or force.accepted()
    upload = SimpleUploadedFile(name, content)
    return conversation.attach(ticket=ticket, actor=Actor.of(force.filer), upload=upload, **fields)


def archive(*parts: tuple[str, bytes], **options: Any) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in (("[Content_Types].xml", b"<Types/>"), *parts):
            made.writestr(name, data)
    return out.getvalue()


def kind(name: str, data: bytes) -> str | None:
    return content.kind_of(SimpleUploadedFile(name, data))


def office(folder: str, extra: str = "") -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(f"{folder}/document.xml", "<x/>")
        if extra:
            archive.writestr(extra, "x")
    return buffer.getvalue()


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("Giấy phép.pdf", PDF, "application/pdf"),
        ("ảnh.PNG", PNG, "image/png"),
        ("thư.txt", "Kính gửi".encode(), "text/plain"),
        ("a.docx", office("word"), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("a.xlsx", office("xl"), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ],
)
def test_accepted_kinds(force: TaskForce, name: str, content: bytes, kind: str) -> None:
    ticket = force.file()
    kept = conversation.attach(ticket=ticket, actor=Actor.of(force.filer), upload=upload(name, content))
    assert (kept.name, kept.content_type, kept.size) == (name, kind, len(content))
    assert kept.file.read() == content
    assert name not in kept.file.name
    assert TicketEvent.objects.last().data["name"] == name


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", b"<html><script>alert(1)</script>"),
        ("a.png", PDF),
        ("a.html", b"<html></html>"),
        ("a.svg", b"<svg onload='x'/>"),
        ("a.exe", b"MZ\x90\x00"),
        ("a.docx", office("xl")),
        ("a.docx", office("word", "word/vbaProject.bin")),
        ("a.txt", b"\x00\x01binary"),
        ("a.txt", b"\xff\xfe\xfa latin"),
        ("a", PDF),
        ("a.pdf", b""),
    ],
)
def test_refused_kinds(force: TaskForce, name: str, content: bytes) -> None:
    ticket = force.file()
    with pytest.raises(Invalid) as refused:
        conversation.attach(ticket=ticket, actor=Actor.of(force.filer), upload=upload(name, content))
    assert set(refused.value.fields) == {"file"}
    assert not Attachment.objects.exists()


@pytest.mark.parametrize("megabytes", [1, 20])
def test_too_large_is_refused_before_it_is_read(force: TaskForce, settings: Any, megabytes: int) -> None:
    settings.MAX_UPLOAD_BYTES = megabytes * 1024 * 1024  # TN_MAX_UPLOAD_MB
    big = upload("a.pdf", PDF)
    big.size = settings.MAX_UPLOAD_BYTES + 1
    with translation.override("en"), pytest.raises(Invalid) as refused:
        conversation.attach(ticket=force.file(), actor=Actor.of(force.filer), upload=big)
    assert refused.value.fields["file"] == [f"This file is too large: at most {megabytes} MB."]
    with translation.override("en"):
        assert f"up to {megabytes} MB each" in str(limits.ALLOWED)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\temp\\x.txt", "x.txt"),
        ("a\u0000b\n.txt", "ab .txt"),
        ("...", "file"),
        ("x" * 300 + ".txt", "x" * 110 + ".txt"),
    ],
)
def test_a_name_is_only_a_name(name: str, shown: str) -> None:
    assert conversation.file_name(name) == shown


def test_internal_files_are_for_agencies(force: TaskForce) -> None:
    ticket = force.accepted()
    with pytest.raises(NotAllowed):
        conversation.attach(
            ticket=ticket, actor=Actor.of(force.filer), upload=upload("a.pdf", PDF), visibility="internal"
        )
    kept = conversation.attach(
        ticket=ticket, actor=Actor.of(force.officer), upload=upload("a.pdf", PDF), visibility="internal"
    )
    assert kept.visibility == "internal"
    assert TicketEvent.objects.last().visibility == "internal"


def test_who_may_not_attach(force: TaskForce) -> None:
    with pytest.raises(NotAllowed):
        conversation.attach(ticket=force.file(), actor=Actor.of(force.leader), upload=upload("a.pdf", PDF))


def test_nothing_is_added_when_it_is_over(force: TaskForce) -> None:
    ticket = force.accepted()
    enterprise.withdraw(ticket=ticket, actor=Actor.of(force.filer))
    with pytest.raises(NotPossible):
        conversation.attach(ticket=ticket, actor=Actor.of(force.filer), upload=upload("a.pdf", PDF))


def test_a_draft_takes_files_without_telling(force: TaskForce) -> None:
    draft = drafts.save_draft(actor=Actor.of(force.filer), title="Nháp")
    conversation.attach(ticket=draft, actor=Actor.of(force.filer), upload=upload("a.pdf", PDF))
    assert not TicketEvent.objects.exists()
    drafts.discard_draft(actor=Actor.of(force.filer), draft=draft)
    assert not Attachment.objects.exists()


@pytest.mark.parametrize(
    ("name", "form", "kept", "kind"),
    [
        ("ảnh.jpg", "PNG", "ảnh.png", "image/png"),
        ("ảnh.JPEG", "PNG", "ảnh.png", "image/png"),
        ("sơ đồ.v2.png", "JPEG", "sơ đồ.v2.jpg", "image/jpeg"),
        ("ảnh.jpeg", "JPEG", "ảnh.jpeg", "image/jpeg"),
        ("ảnh.PNG", "PNG", "ảnh.PNG", "image/png"),
    ],
)
def test_an_image_is_what_it_is(force: TaskForce, name: str, form: str, kept: str, kind: str) -> None:
    data = image(20, 20, form=form)
    attachment = attach(force, name, data)
    assert (attachment.name, attachment.content_type, attachment.wants_thumbnail) == (kept, kind, True)
    assert attachment.file.read() == data
    assert TicketEvent.objects.last().data["name"] == kept
    assert content.image_name(upload(name, data)) == kept


@pytest.mark.parametrize(("name", "data"), [("a.txt", b"x"), ("a.pdf", PDF), ("a.docx", image(9, 9)), ("a.jpg", b"x")])
def test_other_names_stay(name: str, data: bytes) -> None:
    assert content.image_name(upload(name, data)) == name


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.docx", office("word", "word/vbaProject.bin"), "Macros (programs) were found in this document."),
        ("a.png", image(9, 9) + b"Rar!\x1a\x07\x01\x00", "An archive is hidden in this file"),
        ("a.txt", b"MZ\x90\x00", "This file is a program"),
        ("a.png", PDF, "This file is of the kind PDF. Give it a name that ends in “.pdf”"),
        ("a.jpg", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "This kind of file is not accepted: HEI"),
        ("a.pdf", b"words", "This kind of file is not accepted. Attach a PDF"),
    ],
)
def test_the_refusal_says_what_was_found(force: TaskForce, name: str, data: bytes, said: str) -> None:
    with translation.override("en"), pytest.raises(Invalid) as refused:
        attach(force, name, data)
    (sentence,) = refused.value.fields["file"]
    assert sentence.startswith(said)


class TestContent:
    def test_an_office_document(self) -> None:
        assert kind("a.docx", archive(("word/document.xml", b"<x/>" * 1000))) == content.ALLOWED_TYPES[".docx"]

    def test_a_bomb(self) -> None:
        bomb = archive(("word/document.xml", bytes(60 * 1024 * 1024)))
        assert len(bomb) < 100_000
        assert kind("a.docx", bomb) is None

    def test_too_many_parts(self) -> None:
        assert kind("a.docx", archive(*((f"word/{n}.xml", b"") for n in range(5_001)))) is None

    @pytest.mark.parametrize(
        "data",
        [
            b"PK\x03\x04",
            b"PK\x03\x04 word/ [Content_Types].xml",  # the words alone
            archive(("word/vbaProject.bin", b"x")),
            archive(("word/VBAPROJECT.BIN", b"x")),
            archive(("xl/workbook.xml", b"x")),
            b"%PDF-1.7\n" + archive(("word/document.xml", b"x")),
        ],
    )
    def test_no_office_document(self, data: bytes) -> None:
        assert kind("a.docx", data) is None

    @pytest.mark.parametrize(
        ("name", "head"),
        [("a.pdf", PDF), ("a.png", image(10, 10)), ("a.jpg", image(10, 10, form="JPEG")), ("a.txt", b"x")],
    )
    def test_two_things_at_once(self, name: str, head: bytes) -> None:
        assert kind(name, head) == content.ALLOWED_TYPES[name[1:]]
        assert kind(name, head + archive(("evil.class", b"x"))) is None

    def test_a_text_that_speaks_of_archives(self) -> None:
        assert kind("a.txt", b"PK\x05\x06 is how an archive ends, and this goes on for a while") == "text/plain"

    @pytest.mark.parametrize("name", ["a", "a.exe", "a.pdf.exe", "a.PDF ", ".pdf"])
    def test_other_names(self, name: str) -> None:
        assert kind(name, PDF) is None

    def test_nothing_at_all(self, force: TaskForce) -> None:
        with pytest.raises(Invalid):
            attach(force, "a.pdf", b"")
