"""A whole call under random faults: each request of Twilio's hears something, and nothing ends without a word."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.account import Account
from unit.hostile.bounded import bounded
from unit.webhook_handler.phone import QUESTION, Phone, whatsapp
from unit.webhook_handler.test_call_faults import FAULTS, Break

ACTS = st.sampled_from([QUESTION, "play", "goodbye?", "☎" * 50, "<Say>&", "", "#1", "#2", "#0", "#7", "#4711"])
MOMENTS = st.lists(st.tuples(ACTS, st.sampled_from([None, None, *FAULTS])), min_size=1, max_size=8)


@contextmanager
def broken(phone: Phone, fault: Break | None) -> Iterator[None]:
    """The fault lasts for one request."""
    with pytest.MonkeyPatch.context() as monkeypatch:
        if fault:
            fault(monkeypatch, phone)
        yield
    phone.lookup.reachable = True


def act(phone: Phone, what: str) -> None:
    """The caller answers where they are asked; elsewhere the call goes on by itself."""
    if "Gather" in phone.verbs:
        phone.answer(
            said="" if what.startswith("#") else what, digits=what.removeprefix("#") if what[:1] == "#" else ""
        )
    elif "Record" in phone.verbs or "Dial" in phone.verbs:
        phone.get(phone.verb("Record" if "Record" in phone.verbs else "Dial").attrib["action"], DialCallStatus="busy")
    else:
        phone.redirected()


@bounded(40)
@given(moments=MOMENTS, known=st.sampled_from([whatsapp, Phone]), first=st.sampled_from([None, *FAULTS]))
def test_a_call_under_faults_never_ends_in_silence(
    account: Account, moments: list[tuple[str, Break | None]], known: type[Phone], first: Break | None
) -> None:
    phone = known(account)
    with broken(phone, first):
        phone.get()
    for what, fault in moments:
        assert phone.said or "Pause" in phone.verbs or "Play" in phone.verbs or phone.verbs == ["Redirect"]
        if "Hangup" in phone.verbs:
            assert phone.said or "connected" in str(phone.page)
            return
        assert phone.verbs[-1] in {"Redirect", "Dial"}
        with broken(phone, fault):
            act(phone, what)
