"""The simulator before the whole platform: its phones speak with the real services, and things go wrong on purpose."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser.bot import Simulator, simulator
from browser.support import axe, shot, sign_in
from playwright.sync_api import Browser, expect
from support.audio_fixtures import SAMPLES
from support.deployed import Deployed
from support.openai_server import OpenAiServer, serving
from support.waiting import eventually

from ai_voice_local.platform import PHONE, platform
from ai_voice_local.simulator.sweeping import sweeping

PICTURE = Path(__file__).parents[2] / "data-api-server" / "console.png"
NOTE = {"intent": "other", "title": "Valves", "tag": "valves", "summary": "Two valves."}


@pytest.fixture
def shown(deployed: Deployed, browser: Browser) -> Iterator[Simulator]:
    with simulator(browser, deployed.platform.twilio.page_url) as one:
        yield one


def _sid(deployed: Deployed, text: str) -> str:
    """The sid of the newest message that a phone has sent with this text, as soon as Twilio has it."""
    log = deployed.platform.twilio
    assert eventually(lambda: any(one.parameters["Body"] == text for one in log.received))
    return next(one.sid for one in reversed(log.received) if one.parameters["Body"] == text)


def _add(shown: Simulator, name: str) -> None:
    shown.page.get_by_role("button", name="Add a phone").click()
    shown.page.locator(".menu-item", has_text=name).click()


def test_a_voice_note_is_answered_and_its_note_opens_in_the_console(deployed: Deployed, shown: Simulator) -> None:
    page, phone = shown.page, shown.phone("Sam Porter")
    received, before = deployed.platform.twilio.received, len(deployed.platform.twilio.received)
    phone.place.locator("input[type=file]").set_input_files(SAMPLES / "job.ogg")
    phone.press("Send")
    assert eventually(lambda: len(received) > before)
    sid = received[before].sid
    assert deployed.settled(sid)["status"] == "filed"
    shown.entry("Voice note, signed").locator(".entry-row").click()
    expect(page.locator(".open .valid")).to_have_text("valid")
    expect(phone.place.locator(".said[data-mine=true] .ticks").first).to_have_attribute("data-status", "read")
    expect(page.locator(".story")).to_contain_text("Typing and read mark")
    expect(page.locator(".story")).to_contain_text("Fetch media")
    expect(page.locator(".story")).to_contain_text(re.compile("Send (message|template)"))  # with buttons or without
    expect(page.locator(".story")).to_contain_text("Understood")
    expect(page.locator(".story .status-mark[data-status=searchable]")).to_be_visible()
    page.locator(".story").scroll_into_view_if_needed()
    shot(page, "simulator-platform-note")
    axe(page)
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Open note").click()
    assert opened.value.url.endswith(f"#/notes/{sid}")
    sign_in(opened.value, deployed.platform.api_key)
    expect(opened.value.locator(".player-card, .note-head").first).to_be_visible()
    page.bring_to_front()
    shown.phone("Sam Porter").more(str(phone.place.locator(".bubble-text").last.inner_text())[:20], "Reply")
    phone.write("Forget that.")
    assert eventually(lambda: deployed.api.note(sid) is None)


def test_each_known_sender_has_a_phone_and_a_stranger_is_told_so(deployed: Deployed, shown: Simulator) -> None:
    expect(shown.page.get_by_role("link", name="Open console")).to_have_attribute("href", f"{deployed.api.url}/")
    _add(shown, "Nobody")
    stranger = shown.phone("Nobody")
    expect(stranger.place.locator(".phone-who p")).to_contain_text("not known")
    stranger.write("Who are you?")
    expect(stranger.place.locator(".said:not([data-mine=true])").first).to_be_visible()
    _add(shown, "Kim Larsen")
    kim = shown.phone("Kim Larsen")
    kim.write("Please oil the doors of lift 4 at the harbour.")
    expect(kim.place.locator(".said:not([data-mine=true])").first).to_be_visible()
    shot(shown.page, "simulator-platform-senders")
    sid = _sid(deployed, "Please oil the doors of lift 4 at the harbour.")
    assert deployed.api.note(sid) is None  # it is another company's
    assert eventually(lambda: deployed.company("nordic-lifts").note(sid))
    shown.entry("Text, signed").locator(".entry-row").click()
    expect(shown.page.locator(".story .status-mark[data-status=searchable]")).to_be_visible()


def test_a_lost_webhook_is_found_by_the_sweep_and_one_that_comes_twice_is_filed_once(
    deployed: Deployed, shown: Simulator
) -> None:
    phone, twilio = shown.phone("Sam Porter"), deployed.platform.twilio
    shown.turn("Webhook lost")
    assert eventually(lambda: twilio.switches.next.lost)
    lost = "Please order two lost valves for Elm Street."
    phone.write(lost)
    expect(phone.said(lost).locator(".ticks")).to_have_attribute("data-status", "sent")
    with sweeping(deployed.platform.outputs, seconds=1.0):
        assert eventually(lambda: deployed.api.note(_sid(deployed, lost)))
    assert deployed.settled(_sid(deployed, lost))["status"] == "filed"
    shown.turn("Webhook twice")
    assert eventually(lambda: twilio.switches.next.twice)
    twice = "Please order two double valves for Elm Street."
    phone.write(twice)
    assert eventually(lambda: _webhooks(deployed, twice) == 2)
    assert deployed.settled(_sid(deployed, twice))["status"] == "filed"
    assert len(deployed.answers(_sid(deployed, twice))) == 1
    shot(shown.page, "simulator-platform-lost")


def _webhooks(deployed: Deployed, text: str) -> int:
    return sum(
        one.kind == "webhook" and one.form.get("Body") == text for one in deployed.platform.twilio.events.after(0)
    )


def test_late_media_are_fetched_again_and_a_closed_window_is_told(deployed: Deployed, shown: Simulator) -> None:
    phone, twilio = shown.phone("Sam Porter"), deployed.platform.twilio
    shown.turn("Media not there yet")
    assert eventually(lambda: twilio.switches.of(PHONE).media_late)
    phone.place.locator("input[type=file]").set_input_files(PICTURE)
    phone.write("The door on the late floor")
    assert deployed.settled(_sid(deployed, "The door on the late floor"))["status"] == "filed"
    expect(shown.page.locator(".entry-result[data-state=wait]").first).to_contain_text("404 in")
    shown.turn("Media not there yet")
    shown.turn("24-hour window over")
    assert eventually(lambda: twilio.switches.of(PHONE).window_over)
    phone.write("Please order a closed valve.")
    expect(phone.place.locator(".bubble-error").first).to_contain_text("63016")
    shot(shown.page, "simulator-platform-window")
    shown.page.get_by_role("button", name="Back to normal").click()
    assert eventually(lambda: not twilio.switches.of(PHONE).window_over)


def test_without_a_model_its_switch_cannot_be_turned_and_says_why(shown: Simulator) -> None:
    switch = shown.page.get_by_role("switch", name="Model rate-limited")
    expect(switch).to_have_attribute("aria-disabled", "true")
    expect(switch).to_have_accessible_description("No model is asked here. Set OPENAI_API_KEY and start again")
    switch.click(force=True)
    expect(switch).to_have_attribute("aria-checked", "false")


def test_a_rate_limited_model_keeps_a_note_waiting_until_the_switch_is_off(tmp_path: Path, browser: Browser) -> None:
    with serving(OpenAiServer("", NOTE)) as server, pytest.MonkeyPatch.context() as environment:
        environment.setenv("OPENAI_API_KEY", "sk-local")
        there = {"OpenAiBaseUrl": server.url, "OpenAiDialect": "responses"}
        longer = {"MaxAttempts": "100", "BackoffSeconds": "1"}
        chosen = {"voice-parser": there | longer, "data-api-server": there, "realtime": there}
        chosen |= {"shared": {"NotesMaxReceiveCount": "200"}}
        with (
            platform(tmp_path, overrides=chosen, switchable_models=True) as running,
            simulator(browser, running.twilio.page_url) as shown,
        ):
            _rate_limited(Deployed(running), shown, server)


def _rate_limited(deployed: Deployed, shown: Simulator, server: OpenAiServer) -> None:
    phone, text = shown.phone("Sam Porter"), "Two valves are on the shelf."
    shown.turn("Model rate-limited")
    assert eventually(lambda: deployed.platform.twilio.switches.is_on("model_rate_limited"))
    phone.write(text)
    sid = _sid(deployed, text)
    assert eventually(lambda: deployed.api.note(sid))
    assert eventually(lambda: "429" in deployed.logged("voice-parser"))
    assert not server.asked
    shot(shown.page, "simulator-platform-rate-limited")
    shown.turn("Model rate-limited")
    assert deployed.settled(sid)["status"] == "filed"
    assert server.asked
    expect(phone.place.locator(".said:not([data-mine=true])").first).to_be_visible()
