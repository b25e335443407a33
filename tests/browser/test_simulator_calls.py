"""A phone of the simulator's page calls: it hears what the documents say, speaks, presses keys, and is connected."""

import re

from browser.bot import SAM, Bot, Phone, Simulator
from browser.everywhere import looked_at
from browser.support import axe, shot
from playwright.sync_api import Page, expect
from support.waiting import eventually

AGENT = "+15550100003"
ASK = '<Gather input="speech dtmf" speechTimeout="1" action="/turn" hints="valve, boiler" timeout="60">'


def place(shown: Simulator, sam: Bot, **choices: str) -> Phone:
    """Sam's phone calls the bot; the choices are labels of the form with what is chosen."""
    sam.box.answer_calls(f"{sam.url}/voice", label="Ask by phone", status_callback=f"{sam.url}/status")
    shown.page.reload()
    shown.page.get_by_role("button", name="Place a call").click()
    for label, choice in choices.items():
        shown.page.get_by_label(label.replace("_", " "), exact=True).select_option(choice)
    shown.page.get_by_role("button", name="Call", exact=True).click()
    return shown.phone("Sam Porter")


def speak(phone: Phone, text: str, label: str = "Say something") -> None:
    """Says something in the call."""
    phone.place.get_by_label(label, exact=True).fill(text)
    phone.press("Say it")


def line(phone: Phone, words: str) -> None:
    """Waits until the call shows these words."""
    expect(phone.place.locator(".call-line", has_text=words).last).to_be_visible()


def spoken(page: Page) -> None:
    """Keeps what the browser's voice would say, where there is none."""
    page.add_init_script(
        """window.told = []; Object.defineProperty(window, "speechSynthesis", { value: { cancel() {},
        speak(one) { window.told.push([one.lang, one.text]); setTimeout(() => one.onend?.()); } } });"""
    )


def test_a_phone_asks_hears_the_answer_and_hangs_up(sam: Bot, shown: Simulator) -> None:
    spoken(shown.page)
    sam.documents = {
        "/voice": f'{ASK}<Say language="en-GB">Hello Sam. Ask.</Say></Gather>',
        "/turn": f"{ASK}<Say>They come on Friday.</Say></Gather>",  # keys that are pressed outside of it are lost
    }
    phone = place(shown, sam, How_the_caller_is_known="A number, fully attested (A)")
    line(phone, "Hello Sam. Ask.")
    expect(phone.place.locator(".call-hints")).to_have_text("It listens for: valve, boiler")
    assert sam.last(1)["StirVerstat"] == "TN-Validation-Passed-A"
    speak(phone, "When do they come?")
    line(phone, "They come on Friday.")
    assert ["en-GB", "Hello Sam. Ask."] in shown.page.evaluate("window.told")
    shot(shown.page, "simulator-call")
    axe(shown.page)
    phone.press("Keypad")
    phone.press("1")
    line(phone, "pressed 1")
    assert eventually(lambda: any(one.get("Digits") == "1" for one in sam.received))
    shown.entry("Said “When do they come?”").click()
    expect(shown.page.locator(".open")).to_contain_text("<Say>They come on Friday.</Say>")
    phone.press("Hang up")
    line(phone, "hung up")
    phone.press("Back to messages")
    expect(phone.place.get_by_label("Message", exact=True)).to_be_visible()


def test_a_call_is_connected_both_speak_and_it_is_transcribed(sam: Bot, shown: Simulator) -> None:
    start = f'<Start><Transcription statusCallbackUrl="{sam.url}/events"/></Start>'
    sam.documents = {"/voice": f"{start}<Dial>{AGENT}</Dial>"}
    rings = "Rings until you answer it"
    phone = place(shown, sam, The_phone_that_it_is_connected_to=rings, Its_live_transcription="Comes twice")
    expect(phone.place.get_by_text("The other phone rings.")).to_be_visible()
    axe(shown.page)
    phone.press("Answer")
    expect(phone.place.get_by_role("status").first).to_have_text("connected")
    speak(phone, "My boiler leaks.")
    phone.press("Other side")
    speak(phone, "We come on Friday.", "The other side says")
    line(phone, "We come on Friday.")
    expect(shown.entry("transcription-content, outbound_track")).to_be_visible()
    tracks = [one["Track"] for one in sam.received if "Track" in one]
    assert tracks == ["inbound_track"] * 2 + ["outbound_track"] * 2
    phone.press("Other side hangs up")
    expect(phone.place.get_by_role("button", name="Back to messages")).to_be_visible()


def test_the_microphone_speaks_in_a_call(sam: Bot, shown: Simulator) -> None:
    sam.documents = {"/voice": '<Record action="/note" finishOnKey="#"/>', "/note": "<Say>Thank you.</Say>"}
    phone = place(shown, sam)
    expect(phone.place.get_by_role("status").first).to_have_text("records")
    phone.place.get_by_label("Say something", exact=True).fill("The boiler leaks.")
    phone.press("Speak; beside it, write what you say")
    expect(phone.place.locator(".recording-time")).to_have_text("0:01")
    phone.press("Send the recording")
    line(phone, "The boiler leaks.")
    phone.press("Keypad")
    phone.press("#")
    line(phone, "Thank you.")
    (recording,) = sam.box.exchange.recordings.all.values()
    assert recording.seconds >= 1


def test_a_call_that_breaks_a_rule_says_which(sam: Bot, shown: Simulator) -> None:
    sam.documents = {"/voice": '<Gather speechTimeout="auto" speechModel="default"/>'}
    phone = place(shown, sam, How_the_caller_is_known="Over WhatsApp")
    expect(phone.place.locator(".call-problems").first).to_contain_text("13335")
    expect(phone.place.get_by_text("heard nothing more")).to_be_visible()
    assert sam.last(1)["From"] == f"whatsapp:{SAM}"
    axe(shown.page)


def test_a_box_without_a_voice_url_says_so(shown: Simulator) -> None:
    shown.page.get_by_role("button", name="Place a call").click()
    expect(shown.page.get_by_text(re.compile("started without a voice URL"))).to_be_visible()
    axe(shown.page)


def test_a_call_looks_right_at_every_width_and_in_both_themes(sam: Bot, shown: Simulator) -> None:
    sam.documents = {"/voice": f"{ASK}<Say>{'A long greeting that takes more than one line. ' * 3}</Say></Gather>"}
    phone = place(shown, sam)
    line(phone, "A long greeting")
    phone.press("Keypad")
    assert looked_at(shown.page, "simulator-calling") == []
    shown.page.get_by_role("button", name="Place a call").click()
    assert looked_at(shown.page, "simulator-call-form", {"phone": ("light", "dark")}) == []
