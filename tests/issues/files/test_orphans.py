"""Files without a row are found and removed, once they are old."""

import io
import os
import time
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
from PIL import Image

from issues import tasks
from issues.actions import conversation, scanning
from issues.actor import Actor
from issues.files.orphans import remove_orphans
from issues.models import Attachment
from issues.models.conversation import private_storage
from tests.issues.conftest import TaskForce


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
