"""Who may use a port of loopback: a program on this machine, or a page that this machine served.

Any web page that is open in a browser can send requests to loopback, and a page whose name suddenly means 127.0.0.1
(DNS rebinding) can read the answers, too. The browser's headers show both: `Origin` names the page, and `Host` the name
that it asked for.
"""

import ipaddress
import urllib.parse
from collections.abc import Sequence

HOSTS = ("127.0.0.1", "localhost")
_SERVED_HERE = (*HOSTS, "::1")


def refusal(peer: str, port: int, hosts: Sequence[str], origins: Sequence[str]) -> str:
    """Why a request is refused, as a sentence; empty if it is not.

    Args:
        peer: the address from which it comes.
        port: the port to which it came.
        hosts: its `Host` headers; there has to be exactly one.
        origins: its `Origin` headers; programs send none.
    """
    if not _is_loopback(peer):
        return "Only programs on this machine may send requests."
    if not hosts or any(host not in {f"{ours}:{port}" for ours in HOSTS} for host in hosts):
        return f"The Host of a request has to be {HOSTS[0]}:{port} or {HOSTS[1]}:{port}."
    if any(not _is_from_here(origin) for origin in origins):
        return "Pages of other hosts may not send requests."
    return ""


def _is_loopback(peer: str) -> bool:
    try:
        return ipaddress.ip_address(peer).is_loopback
    except ValueError:
        return False


def _is_from_here(origin: str) -> bool:
    try:
        page = urllib.parse.urlsplit(origin)
    except ValueError:
        return False
    return page.scheme in {"http", "https"} and page.hostname in _SERVED_HERE
