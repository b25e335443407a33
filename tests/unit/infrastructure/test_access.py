"""Who may speak to a port of the local run."""

import pytest

from twilio_in_a_box import loopback

PORT = 24566
HOST = f"127.0.0.1:{PORT}"


@pytest.mark.parametrize("peer", ["127.0.0.1", "127.8.8.8", "::1"])
@pytest.mark.parametrize("host", [HOST, f"localhost:{PORT}"])
def test_a_program_on_this_machine_may_ask(peer: str, host: str) -> None:
    assert loopback.refusal(peer, PORT, [host], []) == ""


@pytest.mark.parametrize("peer", ["192.168.1.7", "10.0.0.1", "8.8.8.8", "2001:db8::1", "", "unix"])
def test_nobody_on_another_machine_may(peer: str) -> None:
    assert loopback.refusal(peer, PORT, [HOST], []) == "Only programs on this machine may send requests."


@pytest.mark.parametrize(
    "hosts",
    [
        [],
        [""],
        ["attacker.example"],
        [f"attacker.example:{PORT}"],
        ["127.0.0.1"],
        ["127.0.0.1:80"],
        [f"127.0.0.1.attacker.example:{PORT}"],
        [f"secrets.localhost:{PORT}"],
        [f"attacker.example@{HOST}"],
        [HOST, f"attacker.example:{PORT}"],
    ],
)
def test_a_name_that_is_not_ours_is_refused_whatever_it_resolves_to(hosts: list[str]) -> None:
    assert loopback.refusal("127.0.0.1", PORT, hosts, []).startswith("The Host of a request has to be 127.0.0.1:24566")


@pytest.mark.parametrize(
    "origin", ["http://localhost:5173", "http://127.0.0.1:24566", "https://localhost", "http://[::1]:80"]
)
def test_a_page_that_this_machine_served_may_ask(origin: str) -> None:
    assert loopback.refusal("127.0.0.1", PORT, [HOST], [origin]) == ""


@pytest.mark.parametrize(
    "origin",
    [
        "https://attacker.example",
        f"http://attacker.example:{PORT}",
        "http://localhost.attacker.example",
        "http://127.0.0.1@attacker.example",
        "null",
        "",
        "file://",
        "chrome-extension://localhost",
        "http://[::1",
    ],
)
def test_a_page_of_another_host_may_not(origin: str) -> None:
    assert loopback.refusal("127.0.0.1", PORT, [HOST], [origin]) == "Pages of other hosts may not send requests."
    assert loopback.refusal("127.0.0.1", PORT, [HOST], ["http://localhost", origin])
