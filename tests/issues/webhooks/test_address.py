"""Where nothing may be sent, whatever the address looks like and whatever its name resolves to."""

import socket
from typing import Any

import pytest

from issues.webhooks import address
from issues.webhooks.address import LONGEST, AddressRefused, is_public, parse, resolve


def answers(monkeypatch: pytest.MonkeyPatch, *addresses: str) -> None:
    """Every name has these addresses."""
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, 443)) for one in addresses]
    monkeypatch.setattr(address.socket, "getaddrinfo", lambda *_a, **_k: found)


@pytest.mark.parametrize(
    "ip",
    [
        "127.0.0.1", "127.8.8.8", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0",  # noqa: S104 - refused
        "100.64.0.1", "198.18.0.1", "192.0.2.1", "224.0.0.1", "240.0.0.1", "255.255.255.255",
        "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12::1", "ff02::1", "2001:db8::1",
        "192.88.99.1", "192.0.0.8",
        "fec0::1", "::127.0.0.1", "::8.8.8.8", "4000::1", "5f00::1", "100::1", "64:ff9b:1::1",
        "2001:0:7f00:1::", "2001:0:808:808:0:0:80ff:fffe", "2002:a9fe:a9fe::1", "64:ff9b::e000:1", "::ffff:0:127.0.0.1",
        "2001:10::1", "3fff::1", "not an address", "",
        "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "2002:7f00:1::",
    ],
)  # fmt: skip
def test_what_is_not_of_the_public_internet(ip: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not is_public(ip)
    answers(monkeypatch, ip)
    with pytest.raises(AddressRefused):
        resolve(parse("https://example.vn/"))


@pytest.mark.parametrize(
    "ip", ["8.8.8.8", "203.119.8.106", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::1"]
)
def test_what_is_public(ip: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert is_public(ip)
    answers(monkeypatch, ip)
    assert resolve(parse("https://example.vn/")) == ip


def test_one_private_address_among_public_ones_is_enough_to_refuse(monkeypatch: pytest.MonkeyPatch) -> None:
    answers(monkeypatch, "8.8.8.8", "10.0.0.1")
    with pytest.raises(AddressRefused):
        resolve(parse("https://example.vn/"))


def test_a_name_that_nobody_knows(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_args: Any, **_kwargs: Any) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(address.socket, "getaddrinfo", unknown)
    with pytest.raises(AddressRefused, match=r"nowhere\.example"):
        resolve(parse("https://nowhere.example/"))


@pytest.mark.parametrize(
    "url",
    [
        "", "x", "ftp://example.vn/", "http://example.vn/", "file:///etc/passwd", "gopher://example.vn:70/_x",
        "https://", "https:///x", "https://user@example.vn/", "https://user:pass@example.vn/", "https://example.vn:99999/",
        "https://example.vn:x/", "https://example.vn/#part", "https://exam ple.vn/", "https://example.vn/a\r\nHost: x",
        "https://[::1", "https://example.vn/đường", "https://" + "a" * 64 + ".vn/", "//example.vn/",
        "https://example.vn/" + "x" * LONGEST, "https://a" + "\u0301" * LONGEST + ".vn/",
    ],
)  # fmt: skip
def test_what_is_no_address(url: str) -> None:
    with pytest.raises(AddressRefused):
        parse(url)


def test_an_address_is_read_in_its_parts() -> None:
    target = parse("https://hộidoanhnghiệp.example.vn:8443/hook?a=1")
    assert target.host.startswith("xn--")
    assert (target.port, target.path, target.named) == (8443, "/hook?a=1", f"{target.host}:8443")
    assert parse("https://example.vn").path == "/"
