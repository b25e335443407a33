"""A call through the whole platform, watched on the page: it begins, is spoken, hears a rule, ends, and is a note."""

from collections.abc import Iterator

import pytest
from browser.support import Console, shot
from playwright.sync_api import expect
from support.waiting import eventually

from ai_voice_local.platform import PHONE
from twilio_in_a_box.calls.acts import HangUp, Side, Speech
from twilio_in_a_box.calls.session import Session
from twilio_in_a_box.calls.sound import tone

LINE = "+15550100020"
RULE = {"name": "Cold boiler", "words": ["cold boiler", "boiler is cold"], "points": "- Say **when** somebody comes."}
ADD_RULE = """async (rule) => {
  const headers = { "x-api-key": sessionStorage.getItem("console.key"), "content-type": "application/json" };
  const { status } = await fetch("v1/rules", { method: "POST", headers, body: JSON.stringify(rule) });
  return status;
}"""
DELETE_RULES = """async () => {
  const headers = { "x-api-key": sessionStorage.getItem("console.key") };
  const { rules } = await (await fetch("v1/rules", { headers })).json();
  for (const { rule_id } of rules) await fetch(`v1/rules/${rule_id}`, { method: "DELETE", headers });
}"""


@pytest.fixture
def placed() -> Iterator[list[Session]]:
    """Calls that end with the test."""
    sessions: list[Session] = []
    yield sessions
    for session in sessions:
        session.abandon()


def say(session: Session, side: Side, words: str) -> None:
    session.act(Speech(words, tone(words, side), side))


def test_a_call_is_watched_from_its_beginning_to_its_note(
    console: Console, notes: dict[str, str], placed: list[Session]
) -> None:
    assert notes
    with console.signed_in(place="calls") as page:
        assert page.evaluate(ADD_RULE, RULE) == 201
        expect(page.locator(".connection[data-state=live]")).to_be_visible()
        session = console.deployed.platform.twilio.place_call(PHONE, LINE)
        placed.append(session)
        say(session, "caller", "My boiler is cold again, and this is the third time.")
        say(session, "agent", "I am sorry. We will send somebody on Friday.")
        expect(page.get_by_role("link", name="Calls 1 live")).to_be_visible()
        page.locator(f"a[data-id='{session.call.sid}']").click()
        expect(page.locator(".said-text").first).to_have_text("My boiler is cold again, and this is the third time.")
        say(session, "caller", "I want to speak to your manager.")
        expect(page.locator(".call-points")).to_contain_text("Say when somebody comes.")
        expect(page.locator(".call-banner")).to_contain_text("asked for a manager")
        say(session, "agent", "One moment, please.")
        expect(page.get_by_text("One moment, please.")).to_be_visible()
        shot(page, "real-call")
        page.get_by_role("button", name="Add task").click()
        page.get_by_label("What is to be done").fill("Ring Sam back")
        page.get_by_role("button", name="Add", exact=True).click()
        expect(page.get_by_text("Added the task: Ring Sam back")).to_be_visible()
        session.act(HangUp())
        page.get_by_role("link", name="Open the note").click()
        expect(page.locator(".said-name", has_text="Robin").first).to_be_visible()
        assert eventually(lambda: page.locator(".noticed").count() > 0)
        shot(page, "real-call-note")
        page.evaluate(DELETE_RULES)
