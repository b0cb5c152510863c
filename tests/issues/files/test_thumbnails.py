"""Small pictures that we draw ourselves."""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from bs4 import BeautifulSoup
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from issues import tasks
from issues.actions import conversation, scanning
from issues.actor import Actor
from issues.files import thumbnails
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


def image(width: int = 800, height: int = 600, *, mode: str = "RGB", form: str = "PNG", **save: Any) -> bytes:
    out = io.BytesIO()
    Image.new(mode, (width, height), "teal").save(out, form, **save)
    return out.getvalue()


def attach(force: TaskForce, name: str, content: bytes, **fields: Any) -> Attachment:
    ticket = fields.pop("ticket", None) or force.accepted()
    upload = SimpleUploadedFile(name, content)
    return conversation.attach(ticket=ticket, actor=Actor.of(force.filer), upload=upload, **fields)


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

    def test_shown_to_the_person_who_may_have_the_file(self, force: TaskForce, client: Client) -> None:
        found = attach(force, "Ảnh chụp.png", image())
        address = f"/en/attachments/{found.public_id}/thumbnail/"
        client.force_login(force.filer)
        assert client.get(address).status_code == 404  # not drawn yet
        tasks.check_files.run()
        response = client.get(address)
        assert (response.status_code, response["Content-Type"]) == (200, "image/jpeg")
        assert (response["X-Content-Type-Options"], response["Cache-Control"]) == ("nosniff", "private, no-store")
        page = client.get(f"/en/tickets/{found.ticket.code}/").content.decode()
        picture = BeautifulSoup(page, "html.parser").select_one(f'img[src="{address}"]')
        assert picture is not None
        assert (picture["width"], picture["height"]) == ("320", "240")
        assert "Ảnh chụp.png" in picture["alt"]
        assert found.sha256 in page
        client.force_login(force.other_filer)
        assert client.get(address).status_code == 404
        client.logout()
        assert client.get(address).status_code == 404

    def test_nothing_is_drawn_before_the_scan_has_passed(self, force: TaskForce) -> None:
        attach(force, "a.png", image())
        Attachment.objects.update(scan="scanning")
        assert scanning.draw_thumbnails() == 0
