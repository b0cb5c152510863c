"""The command that explains a routing decision."""

import io
import json
import sys
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests.issues.conftest import TaskForce


def run(*command: str) -> str:
    out = io.StringIO()
    call_command(*command, stdout=out)
    return out.getvalue()


class TestRouteExplain:
    def feed(self, monkeypatch: pytest.MonkeyPatch, content: bytes) -> list[dict[str, Any]]:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
        return [json.loads(line) for line in run("route_explain", "--json-lines").splitlines()]

    def test_a_text(self, force: TaskForce) -> None:
        found = json.loads(run("route_explain", "Xin hỏi về giấy phép xây dựng nhà xưởng và nghiệm thu công trình"))
        assert found["categories"][0]["code"] == "construction"
        assert set(found) >= {"categories", "lead_agency", "due_at", "promise", "explanation", "similar"}

    def test_one_answer_a_line_and_a_wrong_line_does_not_stop_it(
        self, force: TaskForce, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        good = json.dumps({"title": "Giấy phép", "body": "Xây dựng", "category": "construction", "ward": None}).encode()
        wrong = [b"nonsense", b"", b"[1]", b"\xff\xfe", b'{"title": 5, "body": "x"}', b"[" * 100_000, b'{"body": "x"}']
        wrong.append(b'{"title": "a", "body": "b", "category": "astrology"}')
        found = self.feed(monkeypatch, b"\n".join([*wrong, good]) + b"\n")
        assert [list(answer) for answer in found[:-1]] == [["error"]] * len(wrong)
        assert all(answer["error"] for answer in found[:-1])
        assert found[-1]["lead_agency"]["code"] == "SXD"

    @pytest.mark.parametrize("arguments", [(), ("text", "--json-lines")])
    def test_either_a_text_or_lines(self, arguments: tuple[str, ...]) -> None:
        with pytest.raises(CommandError):
            run("route_explain", *arguments)
