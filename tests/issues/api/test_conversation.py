"""Messages, files, ratings and "same for me" over HTTP."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import ApiToken, User
from core import clock
from issues.actions import publishing, resolving
from issues.actor import Actor
from issues.models import Attachment, Ticket
from tests.issues.api.conftest import call, ok, refused
from tests.issues.conftest import MORNING, TaskForce

PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def resolved(force: TaskForce, **fields: Any) -> Ticket:
    ticket = force.accepted(**fields)
    with clock.at(MORNING + timedelta(hours=1)):
        return resolving.resolve(ticket=ticket, actor=Actor.of(force.officer), answer="Được.", kind="solved")


def published(force: TaskForce) -> Ticket:
    ticket = resolved(force, public_consent=True)
    publishing.propose_publication(ticket=ticket, actor=Actor.of(force.officer), title="Giấy phép", answer="Được.")
    return publishing.publish(ticket=ticket, actor=Actor.of(force.head))


class TestMessages:
    def test_to_the_parties_or_to_the_agencies(self, force: TaskForce) -> None:
        path = f"/tickets/{force.accepted().code}/messages"
        message = ok(call(force.filer, "post", path, {"body": "Thêm một ý"}), 201)
        assert (message["body"], message["visibility"], message["agency"]) == ("Thêm một ý", "parties", None)
        note = ok(call(force.officer, "post", path, {"body": "Nội bộ", "visibility": "internal"}), 201)
        assert (note["visibility"], note["agency"]) == ("internal", "SXD")

    def test_refusals(self, force: TaskForce) -> None:
        path = f"/tickets/{force.accepted().code}/messages"
        refused(call(None, "post", path, {"body": "x"}), 401)
        refused(call(force.other_filer, "post", path, {}), 404)
        refused(call(force.filer, "post", path, {"body": "x", "visibility": "internal"}), 403)
        refused(call(force.filer, "post", path, {"body": "x", "expected_event": 0}), 409)
        refused(call(force.filer, "post", path), 422, "body")
        refused(call(force.filer, "post", path, {"body": 5, "visibility": "public"}), 422, "body", "visibility")


class TestFiles:
    def send(self, user: User | None, code: str | None, upload: Any = None, **fields: str) -> Any:
        headers = {"Authorization": f"Bearer {ApiToken.issue(user=user, name='t')[1]}"} if user else {}
        data = {**fields, **({"file": upload} if upload else {})}
        return Client().post(f"/api/v1/tickets/{code}/attachments", data, headers=headers)

    def pdf(self, name: str = "Giấy phép.pdf") -> SimpleUploadedFile:
        return SimpleUploadedFile(name, PDF)

    def get(self, user: User | None, public_id: str) -> Any:
        return call(user, "get", f"/attachments/{public_id}")

    def test_a_file_comes_back_as_it_was_and_is_never_shown(self, force: TaskForce) -> None:
        ticket = force.file()
        kept = ok(self.send(force.filer, ticket.code, self.pdf()), 201)
        assert (kept["name"], kept["size"], kept["url"]) == (
            "Giấy phép.pdf",
            len(PDF),
            f"/api/v1/attachments/{kept['id']}",
        )
        answer = self.get(force.officer, kept["id"])
        assert b"".join(answer.streaming_content) == PDF
        assert answer["Content-Disposition"].startswith("attachment;")
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in answer["Content-Security-Policy"]
        assert ok(call(force.filer, "get", f"/tickets/{ticket.code}"))["attachments"][0]["id"] == kept["id"]

    def test_internal_files_are_for_the_agencies(self, force: TaskForce) -> None:
        ticket = force.accepted()
        kept = ok(self.send(force.officer, ticket.code, self.pdf(), visibility="internal"), 201)
        assert self.get(force.head, kept["id"]).status_code == 200
        refused(self.get(force.filer, kept["id"]), 404)
        assert ok(call(force.filer, "get", f"/tickets/{ticket.code}"))["attachments"] == []
        refused(self.send(force.filer, ticket.code, self.pdf(), visibility="internal"), 403)

    def test_refusals(self, force: TaskForce, settings: Any) -> None:
        code = force.file().code
        refused(self.send(None, code, self.pdf()), 401)
        refused(self.send(force.other_filer, code), 404)
        refused(self.send(force.leader, code), 403)
        refused(self.send(force.filer, code), 422, "file")
        refused(self.send(force.filer, code, SimpleUploadedFile("a.pdf", b"<html>")), 422, "file")
        refused(call(force.filer, "post", f"/tickets/{code}/attachments", {"file": "x"}), 422, "file")
        settings.MAX_UPLOAD_BYTES = 10
        refused(self.send(force.filer, code, self.pdf()), 413)
        assert not Attachment.objects.exists()

    def test_a_closed_ticket_takes_no_file(self, force: TaskForce) -> None:
        ticket = force.file()
        ok(call(force.filer, "post", f"/tickets/{ticket.code}/transitions/withdraw"))
        refused(self.send(force.filer, ticket.code), 409)

    @pytest.mark.parametrize("wrong", ["1", "x", "00000000-0000-0000-0000-000000000000", "../../etc/passwd"])
    def test_unknown_files(self, force: TaskForce, wrong: str) -> None:
        refused(self.get(force.filer, wrong), 404)

    def test_strangers_and_nobody_get_no_file(self, force: TaskForce) -> None:
        kept = ok(self.send(force.filer, force.file().code, self.pdf()), 201)
        refused(self.get(None, kept["id"]), 401)
        refused(self.get(force.other_filer, kept["id"]), 404)
        refused(self.get(force.justice_officer, kept["id"]), 404)


class TestRating:
    def test_once_a_cycle_by_the_enterprise(self, force: TaskForce) -> None:
        path = f"/tickets/{resolved(force).code}/rating"
        refused(call(force.officer, "post", path, {"score": 5}), 403)
        for wrong in (0, 6, 4.5, "five", None, True, [5], 10**400):
            refused(call(force.filer, "post", path, {"score": wrong}), 422, "score")
        refused(call(force.filer, "post", path, '{"score": 1e999}'), 422, "score")
        refused(call(force.filer, "post", path, {"score": 5, "comment": "x" * 2001}), 422, "comment")
        rating = ok(call(force.filer, "post", path, {"score": 4, "comment": "Nhanh"}), 201)
        assert (rating["score"], rating["comment"], rating["cycle"]) == (4, "Nhanh", 1)
        refused(call(force.filer, "post", path, {"score": 4}), 409)

    def test_what_is_not_answered_cannot_be_rated(self, force: TaskForce) -> None:
        refused(call(force.filer, "post", f"/tickets/{force.accepted().code}/rating", {"score": 9}), 409)


class TestJoin:
    def test_any_enterprise_joins_what_is_published(self, force: TaskForce) -> None:
        ticket = published(force)
        path = f"/tickets/{ticket.code}/join"
        first = ok(call(force.other_filer, "post", path, {}), 201)
        assert (first["ticket"], first["title"]) == (ticket.code, "Giấy phép")
        assert ok(call(force.other_filer, "post", path), 201) == first
        assert ticket.parties.count() == 1

    def test_refusals(self, force: TaskForce) -> None:
        ticket = published(force)
        refused(call(None, "post", f"/tickets/{ticket.code}/join"), 401)
        refused(call(force.justice_officer, "post", f"/tickets/{ticket.code}/join"), 403)
        refused(call(force.filer, "post", f"/tickets/{ticket.code}/join"), 409)
        private = force.accepted()
        refused(call(force.other_filer, "post", f"/tickets/{private.code}/join"), 404)
        refused(call(force.officer, "post", f"/tickets/{private.code}/join"), 403)
        refused(call(force.other_filer, "post", "/tickets/KN-1999-0001/join"), 404)
