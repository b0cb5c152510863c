"""More time, over HTTP."""

from core import clock
from tests.issues.api.conftest import call, ok, refused
from tests.issues.conftest import MORNING, TaskForce


class TestExtensions:
    def test_asked_and_decided(self, force: TaskForce) -> None:
        code = force.accepted().code
        path = f"/tickets/{code}/extensions"
        refused(call(force.filer, "post", path, {}), 403)
        refused(call(force.officer, "post", path, {"working_days": 1.5}), 422, "working_days", "reason")
        refused(call(force.officer, "post", path, {"working_days": 21, "reason": "x"}), 422, "working_days")
        with clock.at(MORNING):
            asked = ok(call(force.officer, "post", path, {"working_days": 2, "reason": "Đo đạc"}), 201)
        assert (asked["status"], asked["old_due_at"]) == ("asked", "2026-11-18T17:30:00+07:00")
        assert asked["new_due_at"] == "2026-11-20T17:30:00+07:00"
        refused(call(force.officer, "post", path, {}), 409)
        decision = f"/extensions/{asked['id']}/decision"
        refused(call(None, "post", decision, {}), 401)
        refused(call(force.other_filer, "post", decision, {}), 404)
        refused(call(force.head, "post", decision, {}), 403)
        refused(call(force.leader, "post", decision, {}), 422, "granted", "reason")
        refused(call(force.leader, "post", decision, {"granted": "no", "reason": "x"}), 422, "granted")
        with clock.at(MORNING):
            done = ok(call(force.leader, "post", decision, {"granted": True, "reason": "Đồng ý"}))
            ticket = ok(call(force.filer, "get", f"/tickets/{code}"))
        assert (done["status"], done["new_due_at"]) == ("granted", "2026-11-20T17:30:00+07:00")
        assert ticket["due_at"] == "2026-11-20T17:30:00+07:00"
        assert ticket["extensions"] == [done]
        refused(call(force.leader, "post", decision, {}), 409)


class TestComplexCases:
    def test_asked_for_and_granted(self, force: TaskForce) -> None:
        code = force.accepted().code
        path = f"/tickets/{code}/extensions"
        refused(call(force.officer, "post", path, {"as_complex": 1, "reason": "x"}), 422, "as_complex", "working_days")
        both = {"as_complex": True, "working_days": 2, "reason": "x"}
        refused(call(force.officer, "post", path, both), 422, "working_days")
        with clock.at(MORNING):
            asked = ok(call(force.officer, "post", path, {"as_complex": True, "reason": "Ba sở"}), 201)
            assert (asked["as_complex"], asked["working_days"], asked["status"]) == (True, 5, "asked")
            assert asked["new_due_at"] == "2026-11-26T17:30:00+07:00"
            granted = {"granted": True, "reason": "Được"}
            done = ok(call(force.leader, "post", f"/extensions/{asked['id']}/decision", granted))
            ticket = ok(call(force.filer, "get", f"/tickets/{code}"))
        assert (ticket["kind"], ticket["due_at"], ticket["extensions"]) == ("complex", done["new_due_at"], [done])

    def test_granted_unasked(self, force: TaskForce) -> None:
        code = force.accepted().code
        path = f"/tickets/{code}/complex"
        refused(call(None, "post", path, {}), 401)
        refused(call(force.other_filer, "post", path, {}), 404)
        refused(call(force.head, "post", path, {"reason": "x"}), 403)
        with clock.at(MORNING):
            refused(call(force.leader, "post", path, {}), 422, "reason")
            done = ok(call(force.leader, "post", path, {"reason": "Liên ngành"}), 201)
            refused(call(force.leader, "post", path, {"reason": "Nữa"}), 409)
        assert (done["status"], done["old_due_at"], done["new_due_at"]) == (
            "granted", "2026-11-18T17:30:00+07:00", "2026-11-26T17:30:00+07:00",
        )  # fmt: skip
