"""Files on disk: bytes go with their rows, images get a small picture that we drew, orphans are found."""

import io
import os
import time
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from PIL import Image

from core.errors import Invalid
from issues import tasks
from issues.actions import conversation, drafts, scanning
from issues.actor import Actor
from issues.files import content, thumbnails
from issues.files.orphans import remove_orphans
from issues.models import Attachment
from issues.models.conversation import private_storage
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


class TestOrphans:
    @pytest.fixture
    def orphan(self, force: TaskForce, folder: Path) -> str:
        """Two days old, beside a file and a thumbnail that are known."""
        attach(force, "a.png", image())
        scanning.draw_thumbnails()
        name = private_storage().save("attachments/ab/abcdef", ContentFile(b"x"))
        before = time.time() - 2 * 86400
        for path in files_in(folder):
            os.utime(folder / path, (before, before))
        return name

    def test_old_ones_are_removed_and_known_ones_stay(self, orphan: str, folder: Path) -> None:
        assert remove_orphans(dry_run=True).orphans == [orphan]
        assert orphan in files_in(folder)
        found = remove_orphans()
        assert (found.files, found.orphans) == (3, [orphan])
        assert len(files_in(folder)) == 2
        assert remove_orphans().orphans == []

    def test_young_ones_may_belong_to_somebody_who_still_writes(self, folder: Path, db: None) -> None:
        private_storage().save("attachments/ab/abcdef", ContentFile(b"x"))
        assert remove_orphans().orphans == []
        assert remove_orphans(older_than=timedelta(seconds=-5)).orphans == ["attachments/ab/abcdef"]

    def test_the_command_and_the_task(self, orphan: str, folder: Path) -> None:
        out = io.StringIO()
        call_command("remove_orphan_files", dry_run=True, stdout=out)
        assert out.getvalue().splitlines() == [orphan, "1 orphans found among 3 files"]
        tasks.remove_orphan_files.run()
        call_command("remove_orphan_files", stdout=out)
        assert out.getvalue().endswith("0 orphans removed among 2 files\n")

    def test_an_empty_house(self, db: None) -> None:
        assert remove_orphans().files == 0


class TestThumbnails:
    def test_drawn_anew_small_upright_and_without_metadata(self) -> None:
        exif = Image.Exif()
        exif[0x0112] = 6  # turned by a quarter
        exif[0x010E] = "secret place"
        drawn = thumbnails.draw(io.BytesIO(image(form="JPEG", exif=exif)))
        assert drawn is not None
        assert (drawn.width, drawn.height) == (240, 320)
        assert b"secret" not in drawn.content
        with Image.open(io.BytesIO(drawn.content)) as small:
            assert (small.format, small.size, dict(small.getexif())) == ("JPEG", (240, 320), {})

    @pytest.mark.parametrize("mode", ["RGBA", "P", "L", "1", "I;16", "LA"])
    def test_every_way_to_keep_colours(self, mode: str) -> None:
        out = io.BytesIO()
        Image.new(mode, (50, 40)).save(out, "PNG")
        assert thumbnails.draw(out) is not None

    def test_a_huge_image_is_kept_and_not_drawn(self, force: TaskForce) -> None:
        huge = image(9000, 9000, mode="1")
        assert len(huge) < 100_000
        found = attach(force, "a.png", huge)
        assert scanning.draw_thumbnails() == 1
        found = Attachment.objects.get(pk=found.pk)
        assert (bool(found.thumbnail), found.wants_thumbnail) == (False, False)

    @pytest.mark.parametrize(
        "broken", [b"", PDF, image()[:200], b"\x89PNG\r\n\x1a\n" + b"\0" * 50, b"GIF89a" + b"\0" * 20]
    )
    def test_what_is_broken_is_not_drawn(self, broken: bytes) -> None:
        assert thumbnails.draw(io.BytesIO(broken)) is None

    def test_shown_to_whoever_may_have_the_file(self, force: TaskForce, client: Client) -> None:
        found = attach(force, "Ảnh chụp.png", image())
        address = f"/en/attachments/{found.public_id}/thumbnail/"
        client.force_login(force.filer)
        assert client.get(address).status_code == 404  # not drawn yet
        tasks.check_files.run()
        response = client.get(address)
        assert (response.status_code, response["Content-Type"]) == (200, "image/jpeg")
        assert (response["X-Content-Type-Options"], response["Cache-Control"]) == ("nosniff", "private, max-age=300")
        page = client.get(f"/en/tickets/{found.ticket.code}/").content.decode()
        assert f'src="{address}" alt="Small picture of Ảnh chụp.png" width="320" height="240"' in page
        assert found.sha256 in page
        client.force_login(force.other_filer)
        assert client.get(address).status_code == 404
        client.logout()
        assert client.get(address).status_code == 404

    def test_nothing_is_drawn_before_the_scan_has_passed(self, force: TaskForce) -> None:
        attach(force, "a.png", image())
        Attachment.objects.update(scan="scanning")
        assert scanning.draw_thumbnails() == 0


def archive(*parts: tuple[str, bytes], **options: Any) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in (("[Content_Types].xml", b"<Types/>"), *parts):
            made.writestr(name, data)
    return out.getvalue()


def kind(name: str, data: bytes) -> str | None:
    return content.kind_of(SimpleUploadedFile(name, data))


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
