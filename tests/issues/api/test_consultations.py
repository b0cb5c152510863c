"""Consultations, extensions and merging over HTTP."""

from core import clock
from issues.models import Consultation
from tests.issues.api.conftest import call, ok, refused
from tests.issues.conftest import MORNING, TaskForce


class TestConsultations:
    def ask(self, force: TaskForce, code: str | None) -> int:
        with clock.at(MORNING):
            body = {"agency": "STP", "question": "Ý kiến?"}
            found = ok(call(force.officer, "post", f"/tickets/{code}/consultations", body), 201)
        assert (found["agency"], found["question"], found["answer"]) == ("STP", "Ý kiến?", None)
        assert (found["status"], found["asked_at"]) == ("requested", "2026-11-18T09:00:00+07:00")
        assert found["due_at"] == "2026-11-18T14:00:00+07:00"  # half of the seven hours left
        pk: int = found["id"]
        return pk

    def test_asked_answered_and_then_the_ticket_can_be_answered(self, force: TaskForce) -> None:
        code = force.accepted().code
        pk = self.ask(force, code)
        seen = ok(call(force.officer, "get", f"/tickets/{code}"))
        assert "resolve" not in seen["available_transitions"]
        assert [row["id"] for row in seen["consultations"]] == [pk]
        answer = {"answer": "Đồng ý"}
        refused(call(None, "post", f"/consultations/{pk}/answer", answer), 401)
        refused(call(force.other_filer, "post", f"/consultations/{pk}/answer", answer), 404)
        refused(call(force.officer, "post", f"/consultations/{pk}/answer", {}), 403)
        refused(call(force.justice_officer, "post", f"/consultations/{pk}/answer", {"answer": 5}), 422, "answer")
        refused(call(force.justice_officer, "post", f"/consultations/{pk}/answer"), 422, "answer")
        found = ok(call(force.justice_officer, "post", f"/consultations/{pk}/answer", answer))
        assert (found["status"], found["answer"]) == ("answered", "Đồng ý")
        refused(call(force.justice_officer, "post", f"/consultations/{pk}/answer", {}), 409)
        assert "resolve" in ok(call(force.officer, "get", f"/tickets/{code}"))["available_transitions"]

    def test_cancelled_with_a_reason(self, force: TaskForce) -> None:
        pk = self.ask(force, force.accepted().code)
        refused(call(force.justice_officer, "post", f"/consultations/{pk}/cancel", {"reason": "x"}), 403)
        refused(call(force.officer, "post", f"/consultations/{pk}/cancel"), 422, "reason")
        found = ok(call(force.officer, "post", f"/consultations/{pk}/cancel", {"reason": "Đã có văn bản"}))
        assert (found["status"], found["cancel_reason"]) == ("cancelled", "Đã có văn bản")

    def test_refusals(self, force: TaskForce) -> None:
        code = force.accepted().code
        path = f"/tickets/{code}/consultations"
        refused(call(force.filer, "post", path, {}), 403)
        refused(call(force.colleague, "post", path, {}), 403)
        refused(call(force.officer, "post", path, {}), 422, "agency", "question")
        refused(call(force.officer, "post", path, {"agency": "SXD", "question": "?"}), 422, "agency")
        refused(call(force.officer, "post", path, {"agency": ["STP"], "question": "?"}), 422, "agency")
        refused(call(force.officer, "post", f"/tickets/{force.file().code}/consultations", {}), 403)
        refused(call(force.head, "post", f"/tickets/{force.file().code}/consultations", {}), 409)
        assert not Consultation.objects.exists()
        for wrong in ("0", "x", "9" * 30):
            refused(call(force.officer, "post", f"/consultations/{wrong}/answer", {}), 404)


class TestMerge:
    def test_the_coordinator_or_the_agency_of_both(self, force: TaskForce) -> None:
        first, second, third = (force.file() for _ in range(3))
        merged = ok(call(force.coordinator, "post", f"/tickets/{second.code}/merge", {"into": first.code}))
        assert (merged["status"], merged["merged_into"]) == ("merged", first.code)
        assert (merged["due_at"], merged["available_transitions"]) == (None, [])
        assert (
            ok(call(force.officer, "post", f"/tickets/{third.code}/merge", {"into": first.code}))["status"] == "merged"
        )

    def test_refusals(self, force: TaskForce) -> None:
        ticket, other = force.file(), force.file(title="Xin chào", body="Cảm ơn.", category="")
        path = f"/tickets/{ticket.code}/merge"
        refused(call(None, "post", path, {}), 401)
        refused(call(force.other_filer, "post", path, {}), 404)
        refused(call(force.filer, "post", path, {}), 403)
        refused(call(force.coordinator, "post", path), 422, "into")
        refused(call(force.coordinator, "post", path, {"into": 7}), 422, "into")
        refused(call(force.coordinator, "post", path, {"into": "KN-1999-0001"}), 422, "into")
        refused(call(force.officer, "post", path, {"into": other.code}), 422, "into")  # not theirs to see
        refused(call(force.coordinator, "post", path, {"into": ticket.code}), 409)
        ok(call(force.filer, "post", f"/tickets/{ticket.code}/transitions/withdraw"))
        refused(call(force.coordinator, "post", path, {}), 409)
