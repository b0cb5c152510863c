"""Which addresses a webhook may have: nothing inside of our own network, whatever a name resolves to."""

import ipaddress
import socket
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

LONGEST = 500  # characters of an address
_PORTS = {"https": 443, "http": 80}
_GLOBAL_UNICAST = ipaddress.ip_network("2000::/3")  # all that IANA has given out
_NAT64 = ipaddress.ip_network("64:ff9b::/96")  # RFC 6052
_SPECIAL = (  # what Python does not know, or did not in its older versions
    ipaddress.ip_network("192.0.0.0/24"),  # protocol assignments (RFC 6890)
    ipaddress.ip_network("192.88.99.0/24"),  # relays of 6to4, given up (RFC 7526)
    ipaddress.ip_network("3fff::/20"),  # documentation (RFC 9637)
)


class AddressRefused(Exception):
    """An address to which nothing is sent. Its text is a sentence for people."""


@dataclass(frozen=True)
class Target:
    """A parsed address, not resolved yet."""

    scheme: str
    host: str
    port: int
    path: str  # with its query

    @property
    def named(self) -> str:
        """Host and port as the receiver expects to read them."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"


def parse(url: str) -> Target:
    """Read an address; AddressRefused for anything but https without name and password (http too where private
    addresses are allowed)."""
    if len(url) > LONGEST:  # reading a host normalises it, in quadratic time
        raise AddressRefused(_("This is not a web address."))
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise AddressRefused(_("This is not a web address.")) from None
    allowed = ("https", "http") if settings.TN_WEBHOOK_PRIVATE else ("https",)
    if parts.scheme not in allowed:
        raise AddressRefused(_("The address must begin with https://."))
    if not parts.hostname or any(ord(c) <= 32 or ord(c) == 127 for c in url):
        raise AddressRefused(_("This is not a web address."))
    if parts.username is not None or parts.password is not None:
        raise AddressRefused(_("Write the address without a name and a password: messages are signed instead."))
    if parts.fragment:
        raise AddressRefused(_("The address must not have a “#”."))
    try:
        host = parts.hostname.encode("idna").decode("ascii")
    except UnicodeError:
        raise AddressRefused(_("This is not a web address.")) from None
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    if not path.isascii():
        raise AddressRefused(_("Write the path with percent signs: only ASCII characters."))
    return Target(parts.scheme, host, port or _PORTS[parts.scheme], path)


def resolve(target: Target) -> str:
    """The one address to connect to. AddressRefused when the name leads to none, or any of its addresses is ours.

    The caller connects to exactly this address: a name that answers differently the next time changes nothing.
    """
    try:
        found = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise AddressRefused(_("The host {host} is not known.").format(host=target.host)) from None
    addresses = [str(entry[4][0]) for entry in found]
    if not addresses:
        raise AddressRefused(_("The host {host} is not known.").format(host=target.host))
    if not settings.TN_WEBHOOK_PRIVATE and not all(is_public(address) for address in addresses):
        raise AddressRefused(_("The host {host} is in a private network.").format(host=target.host))
    return addresses[0]


def is_public(address: str) -> bool:
    """Whether an IP address is a single host of the public internet, also when it hides inside of an IPv6 one.

    An allow-list (IANA's registries of special-purpose addresses, RFC 4291 2.4 for global unicast): what no registry
    gives to the public internet is refused, not only what is known to be private.
    """
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        hidden = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None) or _nat64(ip)
        if hidden is not None:
            return is_public(str(hidden))
        if ip not in _GLOBAL_UNICAST:
            return False
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or any(ip in network for network in _SPECIAL))


def _nat64(ip: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """The address behind 64:ff9b::/96."""
    return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF) if ip in _NAT64 else None
