"""A webhook goes to public addresses over https, never to ours or a private network's, whatever its name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ai_voice_shared.webhooks.addresses import Addresses, RefusedAddress, hosts, is_public

PUBLIC = "93.184.215.14"
OWN = ("abc.execute-api.eu-west-1.amazonaws.com", "voice.example")


def addresses(*found: str, loopback: bool = False) -> Addresses:
    return Addresses(OWN, loopback, lambda _host, _port: found or (PUBLIC,))


def refusal(url: str, *found: str, loopback: bool = False) -> str:
    with pytest.raises(RefusedAddress) as caught:
        addresses(*found, loopback=loopback).target(url)
    return caught.value.refusal


@pytest.mark.parametrize("port", [443, 8443])
def test_a_public_https_address_is_taken(port: int) -> None:
    target = addresses().target(f"https://ERP.harbour.example:{port}/in/voice?site=1")
    assert (target.secure, target.host, target.port) == (True, "erp.harbour.example", port)
    assert (target.path, target.addresses) == ("/in/voice?site=1", (PUBLIC,))


@pytest.mark.parametrize(
    ("url", "refused"),
    [
        ("http://erp.example/in", "https"),
        ("ftp://erp.example/in", "https"),
        ("file:///etc/passwd", "https"),
        ("javascript:alert(1)", "https"),
        ("//erp.example/in", "https"),
        ("https://user:pass@erp.example/in", "credentials"),
        ("https://user@erp.example/in", "credentials"),
        ("https://@erp.example/in", "credentials"),
        ("https://erp.example:22/in", "port"),
        ("https://erp.example:0/in", "port"),
        ("https://erp.example:99999/in", "url"),
        ("https://erp.example:a/in", "url"),
        ("https:///in", "url"),
        ("https://", "url"),
        ("https://erp.example/in#part", "url"),
        ("https://erp.example/in\r\nHost: other", "url"),
        ("https://erp.example/a b", "url"),
        ("https://erp.example\\@other.example/", "url"),
        ("https://[::1%25eth0]/", "url"),
        ("https://[::1/", "url"),
        ("https://\uff45rp.example/", "url"),
        (f"https://erp.example/{'a' * 2000}", "url"),
        ("https://abc.execute-api.eu-west-1.amazonaws.com/v1/notes", "own_address"),
        ("https://VOICE.example./hooks", "own_address"),
        ("https://api.voice.example/hooks", "own_address"),
    ],
)
def test_what_is_no_such_address_is_refused(url: str, refused: str) -> None:
    assert refusal(url) == refused


@pytest.mark.parametrize(
    "private",
    [
        "127.0.0.1",
        "127.8.9.1",
        "0.0.0.0",  # noqa: S104 - as an address
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "100.64.0.1",
        "169.254.169.254",
        "169.254.170.2",
        "192.0.0.1",
        "198.18.0.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "fe80::1",
        "fec0::1",
        "fd00:ec2::254",
        "fc00::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::ffff:169.254.169.254",
        "::ffff:0a00:1",
        "::127.0.0.1",
        "2002:7f00:1::",
        "2002:a9fe:a9fe::1",
        "64:ff9b::a9fe:a9fe",
        "64:ff9b:1::1",
        "2001:db8::1",
        "2001::1",
        "no ip",
    ],
)
def test_a_name_that_leads_into_a_private_network_is_refused(private: str) -> None:
    assert not is_public(private)
    assert refusal("https://erp.example/in", private) == "private_address"
    assert refusal("https://erp.example/in", PUBLIC, private) == "private_address"


@pytest.mark.parametrize("url", ["https://127.0.0.1/", "https://2130706433/", "https://0x7f.1/", "https://[::1]/"])
def test_an_ip_in_any_spelling_is_looked_at_after_it_was_resolved(url: str) -> None:
    assert refusal(url, "127.0.0.1") == "private_address"


@pytest.mark.parametrize("public", [PUBLIC, "2606:4700::6810:84e5", "::ffff:93.184.215.14", "64:ff9b::5db8:d70e"])
def test_public_ips_are_public(public: str) -> None:
    assert is_public(public)


@given(st.ip_addresses(v=4).filter(lambda ip: not ip.is_global))
def test_no_private_ip_gets_through_inside_of_an_ipv6_one(ip: object) -> None:
    assert not is_public(f"::ffff:{ip}")
    assert not is_public(f"64:ff9b::{ip}")


def test_a_host_without_an_address_is_refused() -> None:
    def fails(_host: str, _port: int) -> list[str]:
        raise OSError

    with pytest.raises(RefusedAddress) as caught:
        Addresses(resolve=fails).target("https://nowhere.example/")
    assert caught.value.refusal == "no_such_host"


def test_the_local_run_takes_this_machine_over_http_and_nothing_else_private() -> None:
    target = addresses("127.0.0.1", loopback=True).target("http://localhost:9009/hooks")
    assert (target.secure, target.port, target.addresses) == (False, 9009, ("127.0.0.1",))
    assert (
        Addresses(("127.0.0.1",), loopback=True, resolve=lambda host, _port: [host])
        .target("http://127.0.0.1:9009/")
        .host
        == "127.0.0.1"
    )
    assert refusal("http://erp.example/in", loopback=True) == "https"
    assert refusal("http://erp.example/in", "10.0.0.1", loopback=True) == "private_address"
    assert refusal("https://erp.example:9009/in", loopback=True) == "port"


def test_our_own_hosts_come_from_our_urls() -> None:
    assert hosts("https://Voice.example/api https://b.example:8443") == ("voice.example", "b.example")
    assert hosts("") == ()
