"""A mail that was taken is kept as it came, for a while, and nobody but operators reads it."""

from collections.abc import Iterator
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from django.core.files.storage import FileSystemStorage
from django.test import Client
from django.urls import reverse

from accounts.models import Role, User
from core import clock
from issues.actions.mail_records import remove_old_originals, remove_old_records
from issues.actions.receiving import Refused, Taken, receive
from issues.files.orphans import remove_orphans
from issues.mail.inbound.incoming import read
from issues.mail.reply_address import ReplyAddress
from issues.models import MailRecord, Ticket
from issues.tasks import remove_original_mails
from tests.issues.admin.test_outgoing import signed_in
from tests.issues.conftest import TaskForce

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Iterator[Path]:
    settings.TN_MAIL_REPLY_DOMAIN = "reply.example.vn"
    storage = FileSystemStorage(location=str(tmp_path), base_url=None)
    with (
        patch.object(MailRecord._meta.get_field("original"), "storage", storage),
        patch("issues.files.keeping.private_storage", lambda: storage),
        patch("issues.files.orphans.private_storage", lambda: storage),
    ):
        yield tmp_path


def files_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def raw_mail(ticket: Ticket, user: User, text: str = "Diện tích 1.200 m².", **headers: str) -> bytes:
    message = EmailMessage()
    message["From"], message["To"] = user.email, ReplyAddress(ticket.code or "", user.pk).write()
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    return message.as_bytes()


def taken(force: TaskForce) -> tuple[MailRecord, bytes]:
    raw = raw_mail(force.accepted(), force.filer)
    assert receive(read(raw)) == Taken.MESSAGE
    return MailRecord.objects.get(), raw


def test_what_was_taken_is_kept_as_it_came(force: TaskForce, folder: Path) -> None:
    record, raw = taken(force)
    with record.original.open("rb") as stream:
        assert stream.read() == raw
    assert receive(read(raw)) == Taken.REPEATED
    assert len(files_in(folder)) == 1


def test_what_strangers_machines_and_refused_people_send_is_not(force: TaskForce, folder: Path) -> None:
    ticket = force.accepted()
    receive(read(raw_mail(ticket, force.filer, Auto_Submitted="auto-replied")))
    for raw in (raw_mail(ticket, force.filer, "> x"), raw_mail(ticket, force.other_filer).replace(b"@", b"@x", 1)):
        with pytest.raises(Refused):
            receive(read(raw))
    assert files_in(folder) == []
    assert set(MailRecord.objects.values_list("original", flat=True)) == {""}


def test_a_failure_leaves_no_file(force: TaskForce, folder: Path) -> None:
    raw = raw_mail(force.accepted(), force.filer)
    with patch.object(MailRecord, "save", side_effect=OSError("full")), pytest.raises(OSError, match="full"):
        receive(read(raw))
    assert files_in(folder) == []


def test_a_setting_keeps_none(force: TaskForce, folder: Path, settings: Any) -> None:
    settings.TN_MAIL_RAW_DAYS = 0
    taken(force)
    assert files_in(folder) == []


def test_it_goes_when_its_days_are_over(
    force: TaskForce, folder: Path, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    settings.TN_MAIL_RAW_DAYS = 7
    record, _raw = taken(force)
    remove_original_mails()
    assert len(files_in(folder)) == 1
    with clock.at(record.received_at + timedelta(days=7, minutes=1)), django_capture_on_commit_callbacks(execute=True):
        assert remove_old_originals() == 1
        assert remove_old_originals() == 0
    assert files_in(folder) == []
    record.refresh_from_db()
    assert not record.original
    assert record.outcome == "message"


def test_a_record_stays_as_long_as_its_original(force: TaskForce) -> None:
    record, _raw = taken(force)
    MailRecord.objects.update(outcome="automatic")
    with clock.at(record.received_at + timedelta(days=60)):
        assert remove_old_records() == 0
        remove_old_originals()
        assert remove_old_records() == 1


def test_one_that_no_record_knows_is_an_orphan(force: TaskForce, folder: Path) -> None:
    record, _raw = taken(force)
    assert remove_orphans(older_than=timedelta(seconds=-1)).orphans == []
    name = record.original.name
    MailRecord.objects.all().delete()
    assert remove_orphans(older_than=timedelta(seconds=-1)).orphans == [name]
    assert files_in(folder) == []


class TestPage:
    def link(self, record: MailRecord) -> str:
        return reverse("incoming:original", args=[record.pk])

    @pytest.mark.parametrize("role", [Role.ADMIN, Role.COORDINATOR])
    def test_operators_save_it(self, force: TaskForce, role: Role) -> None:
        record, raw = taken(force)
        client = signed_in(role)
        assert self.link(record) in client.get(reverse("incoming:mails")).content.decode()
        answer = client.get(self.link(record))
        assert b"".join(answer.streaming_content) == raw
        assert answer["Content-Disposition"].startswith("attachment;")
        assert answer["Content-Type"] == "application/octet-stream"
        assert "no-store" in answer["Cache-Control"]

    def test_nobody_else_does(self, force: TaskForce) -> None:
        record, _raw = taken(force)
        clients = [Client(), signed_in(Role.LEADER), signed_in(Role.EDITOR)]
        for user in (force.filer, force.officer, force.head):
            clients.append(Client())
            clients[-1].force_login(user)
        assert {client.get(self.link(record)).status_code for client in clients} <= {302, 403}

    def test_one_that_is_gone_is_not_found(self, force: TaskForce, folder: Path) -> None:
        record, _raw = taken(force)
        client = signed_in(Role.COORDINATOR)
        for path in files_in(folder):
            path.unlink()
        assert client.get(self.link(record)).status_code == 404
        MailRecord.objects.update(original="")
        assert client.get(self.link(record)).status_code == 404
        assert self.link(record) not in client.get(reverse("incoming:mails")).content.decode()
