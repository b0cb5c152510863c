"""Bytes on disk go with their rows."""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from issues.actions import conversation, drafts, scanning
from issues.actor import Actor
from issues.models import Attachment
from tests.issues.conftest import TaskForce
from tests.issues.web.conftest import PDF


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


def files_in(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def image(width: int = 800, height: int = 600, *, mode: str = "RGB", form: str = "PNG", **save: Any) -> bytes:
    out = io.BytesIO()
    Image.new(mode, (width, height), "teal").save(out, form, **save)
    return out.getvalue()


def attach(force: TaskForce, name: str, content: bytes, **fields: Any) -> Attachment:
    ticket = fields.pop("ticket", None) or force.accepted()
    upload = SimpleUploadedFile(name, content)
    return conversation.attach(ticket=ticket, actor=Actor.of(force.filer), upload=upload, **fields)


class TestBytesGoWithRows:
    def test_a_refused_second_file_takes_the_first_along(self, force: TaskForce, folder: Path, client: Client) -> None:
        ticket = force.accepted()
        client.force_login(force.filer)
        uploads = [SimpleUploadedFile("a.pdf", PDF), SimpleUploadedFile("b.exe", b"MZ")]
        response = client.post(f"/en/tickets/{ticket.code}/message/", {"body": "Hai tệp", "uploads": uploads})
        assert response.status_code == 422
        assert files_in(folder) == []
        assert not Attachment.objects.exists()

    def test_a_failure_after_the_writing_leaves_nothing(self, force: TaskForce, folder: Path) -> None:
        ticket = force.accepted()
        with patch.object(Attachment, "save", side_effect=RuntimeError), pytest.raises(RuntimeError):
            attach(force, "a.pdf", PDF, ticket=ticket)
        assert files_in(folder) == []

    def test_a_discarded_draft_and_a_removed_file_take_their_bytes_along(
        self, force: TaskForce, folder: Path, django_capture_on_commit_callbacks: Any
    ) -> None:
        actor = Actor.of(force.filer)
        draft = drafts.save_draft(actor=actor, title="Nháp")
        kept, _other = (attach(force, f"{name}.png", image(), ticket=draft) for name in "ab")
        scanning.draw_thumbnails()
        assert len(files_in(folder)) == 4
        with django_capture_on_commit_callbacks(execute=True):
            drafts.remove_file(actor=actor, draft=draft, public_id=str(kept.public_id))
        assert len(files_in(folder)) == 2
        with django_capture_on_commit_callbacks(execute=True):
            drafts.discard_draft(actor=actor, draft=draft)
        assert files_in(folder) == []
