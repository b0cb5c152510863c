import socket
from pathlib import Path

import pytest

from deploy.demo import announce, lock, refuse_used_port
from deploy.steps import StepFailed


def test_a_used_port_is_refused_with_the_command_that_helps() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(StepFailed, match=rf"Port {port} cannot be used .*bin/demo --port {port + 1}"):
            refuse_used_port("127.0.0.1", port)


def test_two_demos_cannot_share_their_data(tmp_path: Path) -> None:
    held = lock(tmp_path)
    with pytest.raises(StepFailed, match="Another demo runs on the same data"):
        lock(tmp_path)
    held.close()
    lock(tmp_path).close()


def test_the_announcement_names_every_kind_of_sign_in(capsys: pytest.CaptureFixture[str]) -> None:
    announce("http://127.0.0.1:8000")
    said = capsys.readouterr().out
    for name in ("investor@", "enterprise2@", "officer-", "head-", "coordinator@", "leader@", "publisher@", "stc"):
        assert name in said
    assert "http://127.0.0.1:8000/" in said
