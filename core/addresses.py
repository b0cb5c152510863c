"""Where a request comes from, and what the proxies in front of us say about it.

Only the addresses in `TN_TRUSTED_PROXIES` may say something. Each proxy adds the address that called it at the end of
X-Forwarded-For, so the caller is the right-most address that is not one of our proxies: what stands before it was
written by the caller. X-Forwarded-Proto and X-Forwarded-Host are read at the same place from the right.
"""

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

# What a proxy says; from anybody else these are taken off.
PROXY_HEADERS = frozenset({
    "forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-port", "x-forwarded-proto", "x-forwarded-server",
    "x-real-ip", "x-request-id",
})  # fmt: skip
_V6_PREFIX = 64  # what one line to the internet gets (RFC 6177)


@dataclass(frozen=True)
class Caller:
    """Who called: `scheme` and `host` are empty where no proxy of ours names them."""

    address: str
    by_proxy: bool = False
    scheme: str = ""
    host: str = ""


def caller_of(peer: str, headers: Mapping[str, str]) -> Caller:
    """The caller behind the peer that is connected to us. `headers`: by their names in lower case.

    Malformed headers are no error: the caller is then the last proxy that can be believed.
    """
    address = _read(peer)
    if address is None or not _is_trusted(address):
        return Caller(str(address or peer))
    hops = 0
    for text in _parts(headers.get("x-forwarded-for", "")):
        found = _read(text)
        if found is None:
            break
        address, hops = found, hops + 1
        if not _is_trusted(found):
            break
    scheme = _at(headers.get("x-forwarded-proto", ""), hops).lower()
    return Caller(
        str(address),
        by_proxy=True,
        scheme=scheme if scheme in ("http", "https") else "",
        host=_at(headers.get("x-forwarded-host", ""), hops),
    )


def caller_address(request: HttpRequest) -> str:
    """The address of a request's caller: for limits, logs and records."""
    forwarded = str(request.META.get("HTTP_X_FORWARDED_FOR", ""))
    return caller_of(str(request.META.get("REMOTE_ADDR", "")), {"x-forwarded-for": forwarded}).address


def scope_address(scope: Mapping[str, Any]) -> str:
    """The address of a socket's caller, from its ASGI scope."""
    peer, *_port = scope.get("client") or ("",)
    return caller_of(str(peer), scope_headers(scope)).address


def scope_headers(scope: Mapping[str, Any]) -> dict[str, str]:
    """The headers of an ASGI scope, each once, as in `caller_of`."""
    found: dict[str, str] = {}
    for name, value in scope.get("headers", []):
        key, text = name.decode("latin1").lower(), value.decode("latin1")
        found[key] = f"{found[key]},{text}" if key in found else text
    return found


def address_key(address: str) -> str:
    """What limits count an address as: an IPv6 address by its /64, since one line to the internet has as many."""
    found = _read(address)
    if isinstance(found, ipaddress.IPv6Address):
        return str(ipaddress.IPv6Network((int(found), _V6_PREFIX), strict=False))
    return str(found or address)


def _parts(header: str) -> list[str]:
    """The values of a list, the last one first."""
    return [part.strip() for part in reversed(header.split(","))] if header.strip() else []


def _at(header: str, hops: int) -> str:
    """What the proxy that the caller reached said. Proxies that replace the header, not add to it, leave one value."""
    values = _parts(header)
    return values[min(max(hops, 1), len(values)) - 1] if values else ""


def _read(text: str) -> Address | None:
    """An address, also "1.2.3.4:5678", "[::1]:80" and IPv4 within IPv6; None for anything else."""
    plain = text.strip().strip('"')
    if plain.startswith("["):
        plain = plain[1:].partition("]")[0] if "]" in plain else ""
    elif plain.count(":") == 1:
        plain = plain.partition(":")[0]
    try:
        found = ipaddress.ip_address(plain.partition("%")[0])
    except ValueError:
        return None
    return (found.ipv4_mapped or found) if isinstance(found, ipaddress.IPv6Address) else found


def _is_trusted(address: Address) -> bool:
    return any(address in network for network in _networks(tuple(map(str, settings.TN_TRUSTED_PROXIES))))


@lru_cache(maxsize=8)
def _networks(names: tuple[str, ...]) -> tuple[Network, ...]:
    return tuple(ipaddress.ip_network(name) for name in names)
