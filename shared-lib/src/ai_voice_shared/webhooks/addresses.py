"""Which addresses a webhook may be sent to: public ones over https, and none of our own or of a private network.

An address is checked when it is saved and again at each try, after its name was resolved. The sender connects to the IP
that was checked, so a name that leads elsewhere a moment later changes nothing.
"""

import ipaddress
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

LONGEST = 2_000
"""Characters."""

PORTS = (443, 8443)
"""Others could be used to try which services answer at an address."""

type Refusal = Literal["url", "https", "credentials", "port", "own_address", "private_address", "no_such_host"]

REFUSALS: dict[Refusal, str] = {
    "url": "Should be an address like https://example.com/hooks/notes",
    "https": "Should begin with https://",
    "credentials": "Should have no user and no password; check the signature instead",
    "port": "Should use port 443 or 8443",
    "own_address": "Should not be an address of this service",
    "private_address": "Should be an address that the internet can reach, not one of a private network",
    "no_such_host": "Has a host name that leads to no address",
}
"""What to tell a client."""

type Resolve = Callable[[str, int], Sequence[str]]
"""The IPs of a host; raises OSError if there are none."""


class RefusedAddress(Exception):  # noqa: N818 - named after what happened
    """We send nothing there."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(REFUSALS[refusal])
        self.refusal = refusal


@dataclass(frozen=True)
class Target:
    """Where to connect to.

    Attributes:
        host: for TLS and the `Host` header.
        path: with the query.
        addresses: the host's IPs, all of them checked.
    """

    secure: bool
    host: str
    port: int
    path: str
    addresses: tuple[str, ...]


def resolved(host: str, port: int) -> list[str]:
    """The host's IPs by DNS, each once, in the order in which to try them; raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


@dataclass(frozen=True)
class Addresses:
    """Decides about addresses.

    Attributes:
        own: hosts that are ours.
        loopback: whether this machine may be an address, without TLS: only where the platform runs on it, and where its
            own host is therefore no other than that of a receiver.
    """

    own: tuple[str, ...] = ()
    loopback: bool = False
    resolve: Resolve = resolved

    def target(self, url: str) -> Target:
        """Where this URL leads to now; raises RefusedAddress."""
        secure, host, port, path = self._parts(url)
        if not self.loopback and any(host == one or host.endswith(f".{one}") for one in self.own):
            raise RefusedAddress("own_address")
        try:
            found = tuple(self.resolve(host, port))
        except (OSError, UnicodeError):
            raise RefusedAddress("no_such_host") from None
        if not found:
            raise RefusedAddress("no_such_host")
        at_home = self.loopback and all(ipaddress.ip_address(one).is_loopback for one in found)
        if not at_home and not all(map(is_public, found)):
            raise RefusedAddress("private_address")
        if not at_home and not secure:
            raise RefusedAddress("https")
        if not at_home and port not in PORTS:
            raise RefusedAddress("port")
        return Target(secure, host, port, path, found)

    def _parts(self, url: str) -> tuple[bool, str, int, str]:
        if len(url) > LONGEST or not url.isascii() or not url.isprintable() or set(url) & set(' \\"<>^`{|}'):
            raise RefusedAddress("url")
        try:
            parts = urlsplit(url)
            host, port = (parts.hostname or "").rstrip("."), parts.port
        except ValueError:
            raise RefusedAddress("url") from None
        if parts.scheme not in ({"http", "https"} if self.loopback else {"https"}):
            raise RefusedAddress("https")
        if "@" in parts.netloc:
            raise RefusedAddress("credentials")
        if not host or "%" in host or "#" in url:
            raise RefusedAddress("url")
        secure = parts.scheme == "https"
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        return secure, host, port if port is not None else 443 if secure else 80, path


_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


def is_public(address: str) -> bool:
    """Whether the internet reaches this IP; an IPv4 address in an IPv6 one is looked at, too."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        if inner := _inner(ip):
            return is_public(str(inner))
        if ip.is_site_local or ip.teredo:
            return False
    return ip.is_global and not ip.is_multicast and not ip.is_unspecified


def _inner(ip: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """The IPv4 address to which packets to this one may be sent on: mapped, 6to4, NAT64 or compatible."""
    if ip.ipv4_mapped or ip.sixtofour:
        return ip.ipv4_mapped or ip.sixtofour
    number = int(ip)
    return ipaddress.IPv4Address(number & 0xFFFFFFFF) if ip in _NAT64 or 1 < number < 1 << 32 else None


def hosts(urls: str) -> tuple[str, ...]:
    """The hosts of blank-separated URLs."""
    return tuple(host for url in urls.split() if (host := urlsplit(url).hostname))
