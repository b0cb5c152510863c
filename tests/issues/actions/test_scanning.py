"""The virus scan: files wait for it, clean ones are free, infected ones are gone, an absent scanner frees nothing."""

import socket
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import translation

from core import clock
from core.errors import NotPossible
from issues.actions import conversation, drafts, scanning
from issues.actor import Actor
from issues.events.verify import verify
from issues.files import clamd
from issues.files.clamd import Scanner
from issues.models import Attachment, Ticket, TicketEvent
from issues.models.conversation import private_storage
from issues.notifications.groups import members
from issues.notifications.recipients import Group
from issues.web.attachments import file_response
from tests.issues.conftest import MORNING, TaskForce
from tests.issues.web.conftest import PDF

VIRUS = b"%PDF-1.7\n this is what the daemon calls a virus"


class Daemon:
    """A ClamAV daemon as its protocol describes it; everything with the word virus is one."""

    def __init__(self, path: Path) -> None:
        self.address = str(path)
        self.answer: bytes | None = None  # instead of a verdict
        self.seen: list[bytes] = []
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._socket.bind(self.address)
        self._socket.listen()
        threading.Thread(target=self._serve, daemon=True).start()

    def close(self) -> None:
        self._socket.close()

    def _serve(self) -> None:
        while True:
            try:
                connection, _address = self._socket.accept()
            except OSError:
                return
            with connection:
                self._talk(connection)

    def _talk(self, connection: socket.socket) -> None:
        stream = connection.makefile("rb")
        assert stream.read(10) == b"zINSTREAM\0"
        content = b""
        while size := int.from_bytes(stream.read(4), "big"):
            assert size <= clamd.PIECE
            content += stream.read(size)
        self.seen.append(content)
        verdict = b"Eicar-Test-Signature FOUND" if b"virus" in content else b"OK"
        connection.sendall(self.answer if self.answer is not None else b"stream: " + verdict + b"\0")


@pytest.fixture
def daemon(tmp_path: Path) -> Iterator[Daemon]:
    running = Daemon(tmp_path / "clamd.sock")
    yield running
    running.close()


@pytest.fixture
def scanned(daemon: Daemon, settings: Any) -> Daemon:
    settings.TN_CLAMAV_SOCKET = daemon.address
    return daemon


def attach(force: TaskForce, content: bytes = PDF, *, ticket: Ticket | None = None, **fields: Any) -> Attachment:
    upload = SimpleUploadedFile("Giấy phép.pdf", content)
    user = force.officer if fields.get("visibility") == "internal" else force.filer
    with clock.at(MORNING):
        ticket = ticket or force.accepted()
        return conversation.attach(ticket=ticket, actor=Actor.of(user), upload=upload, **fields)


def scan(after: timedelta = timedelta()) -> int:
    with clock.at(MORNING + after):
        return scanning.scan_due()


def fresh(found: Attachment) -> Attachment:
    return Attachment.objects.get(pk=found.pk)


def test_without_a_scanner_nothing_is_scanned(force: TaskForce) -> None:
    found = attach(force)
    assert found.scan == "unscanned"
    assert scan() == 0
    assert file_response(found).status_code == 200


def test_a_file_waits_and_then_is_free(force: TaskForce, scanned: Daemon, client: Client) -> None:
    found = attach(force)
    assert found.scan == "scanning"
    with pytest.raises(NotPossible) as refused, translation.override("en"):
        file_response(found)
    assert refused.value.code == "scanning"
    client.force_login(force.filer)
    response = client.get(f"/en/attachments/{found.public_id}/", follow=True)
    assert refused.value.message in response.content.decode()
    assert scan() == 1
    assert fresh(found).scan == "clean"
    assert scanned.seen == [PDF]
    assert client.get(f"/en/attachments/{found.public_id}/").status_code == 200
    assert scan() == 0


def test_an_infected_file_is_gone_and_everybody_concerned_knows(
    force: TaskForce, scanned: Daemon, client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    found = attach(force, VIRUS)
    name = found.file.name
    with django_capture_on_commit_callbacks(execute=True):
        assert scan() == 1
    after = fresh(found)
    assert (after.scan, after.signature, after.file.name) == ("infected", "Eicar-Test-Signature", "")
    assert not private_storage().exists(name)
    event = TicketEvent.objects.get(type="attachment.blocked")
    assert (event.data["name"], event.data["from_enterprise"], event.visibility) == ("Giấy phép.pdf", True, "parties")
    with pytest.raises(NotPossible) as refused:
        file_response(after)
    assert refused.value.code == "blocked"
    for user in (force.filer, force.officer):
        client.force_login(user)
        page = client.get(f"/en/tickets/{found.ticket.code}/").content.decode()
        assert "Eicar-Test-Signature" in page
    assert verify().ok


def test_an_internal_file_is_told_to_the_person_who_attached_it(force: TaskForce, scanned: Daemon) -> None:
    attach(force, VIRUS, visibility="internal")
    scan()
    event = TicketEvent.objects.get(type="attachment.blocked_internal")
    assert event.visibility == "internal"
    assert members({Group.UPLOADER: [event]}) == {Group.UPLOADER: {event.pk: {force.officer.pk}}}


def test_a_draft_has_no_log(force: TaskForce, scanned: Daemon) -> None:
    draft = drafts.save_draft(actor=Actor.of(force.filer), title="Nháp")
    found = attach(force, VIRUS, ticket=draft)
    assert scan() == 1
    assert fresh(found).scan == "infected"
    assert not TicketEvent.objects.exists()


def test_an_absent_scanner_frees_nothing_and_is_asked_again(force: TaskForce, settings: Any, daemon: Daemon) -> None:
    settings.TN_CLAMAV_SOCKET = "/nowhere/clamd.sock"
    found = attach(force)
    assert scan() == 0
    assert scan() == 0  # not before the pause is over
    waiting = fresh(found)
    assert (waiting.scan, waiting.scan_attempts) == ("scanning", 1)
    assert waiting.next_scan_at == MORNING + scanning.FIRST_PAUSE
    assert scan(scanning.FIRST_PAUSE) == 0
    assert fresh(found).next_scan_at == MORNING + 3 * scanning.FIRST_PAUSE
    settings.TN_CLAMAV_SOCKET = daemon.address
    assert scan(timedelta(hours=1)) == 1
    assert fresh(found).scan == "clean"


def test_pauses_do_not_grow_beyond_bounds(force: TaskForce, settings: Any) -> None:
    settings.TN_CLAMAV_SOCKET = "/nowhere/clamd.sock"
    found = attach(force)
    Attachment.objects.update(scan_attempts=30_000)
    scan()
    assert fresh(found).next_scan_at == MORNING + scanning.LONGEST_PAUSE


def test_a_file_that_somebody_has_taken_is_left_alone_until_he_must_be_dead(
    force: TaskForce, scanned: Daemon, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = attach(force)

    def die(_self: Scanner, _stream: object) -> None:
        assert scan() == 0  # a second worker, meanwhile
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(Scanner, "scan", die)
        with pytest.raises(KeyboardInterrupt):
            scan()
    assert (fresh(found).scan, scan()) == ("scanning", 0)
    assert scan(scanning.LEASE) == 1


def test_a_scanner_that_is_taken_out_of_the_settings_holds_nothing_back(
    force: TaskForce, scanned: Daemon, settings: Any
) -> None:
    found = attach(force)
    settings.TN_CLAMAV_SOCKET = ""
    assert scan() == 1
    assert fresh(found).scan == "unscanned"


def test_a_file_that_is_gone_does_not_stop_the_others(force: TaskForce, scanned: Daemon) -> None:
    gone, other = attach(force), attach(force)
    private_storage().delete(gone.file.name)
    assert scan() == 2
    assert fresh(other).scan == "clean"
