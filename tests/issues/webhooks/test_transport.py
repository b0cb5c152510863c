"""Sending to an address that was checked, and to no other."""

import socket
import threading
from typing import Any

import pytest

from issues.webhooks import address, transport
from issues.webhooks.address import AddressRefused
from tests.issues.webhooks.receiver import Receiver


def answers(monkeypatch: pytest.MonkeyPatch, *addresses: str) -> None:
    """Every name has these addresses."""
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, 443)) for one in addresses]
    monkeypatch.setattr(address.socket, "getaddrinfo", lambda *_a, **_k: found)


def test_the_connection_goes_to_the_address_that_was_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that resolves to something else the second time (DNS rebinding) leads nowhere else."""
    answers(monkeypatch, "8.8.8.8")
    tried: list[Any] = []

    def connect(where: Any, **_kwargs: Any) -> None:
        tried.append(where)
        raise OSError("not in a test")

    monkeypatch.setattr(transport.socket, "create_connection", connect)
    with pytest.raises(OSError, match="not in a test"):
        transport.post("https://example.vn/", b"", {})
    assert tried == [("8.8.8.8", 443)]


def test_loopback_is_refused_before_anything_is_sent(receiver: Receiver, settings: Any) -> None:
    settings.TN_WEBHOOK_PRIVATE = False
    with pytest.raises(AddressRefused):
        transport.post(receiver.url.replace("http:", "https:"), b"{}", {})
    assert receiver.got == []


def test_redirects_are_not_followed(receiver: Receiver, closed_network: None) -> None:
    receiver.answers, receiver.location = [302], receiver.url
    answer = transport.post(receiver.url, b"{}", {})
    assert (answer.status, answer.ok, len(receiver.got)) == (302, False, 1)


def test_the_person_who_sends_a_byte_a_second_is_ended(closed_network: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transport, "TOTAL_SECONDS", 1)
    server = socket.create_server(("127.0.0.1", 0))
    stop = threading.Event()

    def drip() -> None:
        connection, _address = server.accept()
        with connection:
            while not stop.wait(0.2):
                try:
                    connection.sendall(b"H")
                except OSError:
                    return

    thread = threading.Thread(target=drip, daemon=True)
    thread.start()
    with pytest.raises(TimeoutError):
        transport.post(f"http://127.0.0.1:{server.getsockname()[1]}/", b"{}", {})
    stop.set()
    thread.join(5)
    server.close()


def test_a_certificate_of_somebody_else_is_refused(receiver: Receiver, closed_network: None) -> None:
    with pytest.raises(OSError, match=r"SSL|ssl|TLS|record"):
        transport.post(receiver.url.replace("http:", "https:"), b"{}", {})
    assert receiver.got == []


def test_a_long_answer_is_cut(receiver: Receiver, closed_network: None) -> None:
    receiver.answers, receiver.body = [200], b"x" * 100_000
    assert len(transport.post(receiver.url, b"{}", {}).body) == 2_000
