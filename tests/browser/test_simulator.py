"""The simulator's page before a small bot: what phones send, and what they show."""

from pathlib import Path

import httpx
from browser.bot import KIM, SAM, Bot, Simulator, simulator
from browser.support import axe, shot
from playwright.sync_api import Browser, expect
from support.audio_fixtures import SAMPLES
from support.waiting import HANGS, eventually

from voice_parser.sound.decoding import decode

PICTURE = Path(__file__).parents[2] / "data-api-server" / "console.png"
HOSTILE = '<img src=x onerror="alert(1)"> *<b>bold</b>* _{{1}}_ [x](javascript:alert(2)) \u202etxt.exe'


def test_a_text_goes_out_signed_and_its_ticks_follow_it(sam: Bot, shown: Simulator) -> None:
    phone = shown.phone("Sam Porter")
    expect(phone.place.locator(".talk-none")).to_be_visible()
    shot(shown.page, "simulator-empty")
    phone.write("Order *two* valves")
    got = sam.last(1)
    assert (got["Body"], got["From"], got["ProfileName"]) == ("Order *two* valves", f"whatsapp:{SAM}", "Sam Porter")
    expect(phone.said("Order").locator("b")).to_have_text("two")
    expect(phone.said("Order").locator(".ticks")).to_have_attribute("data-status", "delivered")
    sam.ask("POST", "/v2/Indicators/Typing.json", data={"messageId": got["MessageSid"], "channel": "whatsapp"})
    expect(phone.said("Order").locator(".ticks")).to_have_attribute("data-status", "read")
    expect(phone.place.locator(".typing")).to_be_visible()
    shot(shown.page, "simulator-typing")
    sid = sam.say(Body="Noted, _two_ valves.").json()["sid"]
    expect(phone.said("Noted").locator("em")).to_have_text("two")
    expect(phone.place.locator(".typing")).to_have_count(0)
    expect(phone.said("Noted").locator(".ticks")).to_have_attribute("data-status", "read")
    assert eventually(lambda: [status for one, status in sam.callbacks if one == sid][-1:] == ["read"])
    axe(shown.page)


def test_the_microphone_sends_what_whatsapp_sends_and_it_plays(sam: Bot, shown: Simulator, tmp_path: Path) -> None:
    phone = shown.phone("Sam Porter")
    phone.press("Record a voice message")
    expect(phone.place.locator(".recording-time")).to_have_text("0:02")
    shot(shown.page, "simulator-recording")
    axe(shown.page)
    phone.press("Send the recording")
    got = sam.last(1)
    assert got["MediaContentType0"] == "audio/ogg; codecs=opus"
    file = tmp_path / "voice.ogg"
    credentials = (got["AccountSid"], sam.box.auth_token)
    file.write_bytes(httpx.get(got["MediaUrl0"], auth=credentials, follow_redirects=True, timeout=HANGS).content)
    assert decode(file, longest=600).duration > 1.5
    voice = phone.place.locator(".voice")
    voice.get_by_label("Play", exact=True).click()
    expect(voice.get_by_label("Pause", exact=True)).to_be_visible()
    expect(voice.locator(".voice-played")).not_to_have_attribute("d", "")
    shot(shown.page, "simulator-voice")
    phone.press("Record a voice message")
    phone.press("Throw away")
    expect(phone.place.get_by_label("Message", exact=True)).to_be_visible()
    assert len(sam.received) == 1


def test_a_file_is_dropped_and_goes_with_its_caption(sam: Bot, shown: Simulator) -> None:
    phone = shown.phone("Sam Porter")
    phone.place.locator("input[type=file]").set_input_files(PICTURE)
    expect(phone.place.locator(".attached-file")).to_contain_text("console.png")
    phone.write("The door, third floor")
    got = sam.last(1)
    assert (got["MediaContentType0"], got["Body"], got["MessageType"]) == (
        "image/png",
        "The door, third floor",
        "image",
    )
    expect(phone.place.locator("img.bubble-picture")).to_have_js_property("complete", value=True)
    dropped = shown.page.evaluate_handle(
        """() => { const moved = new DataTransfer(); moved.items.add(new File(["%PDF-1.7"], "plan.pdf",
        { type: "application/pdf" })); return moved; }"""
    )
    phone.place.dispatch_event("drop", {"dataTransfer": dropped})
    expect(phone.place.locator(".attached-file")).to_contain_text("plan.pdf")
    shot(shown.page, "simulator-dropped")
    phone.press("Send")
    assert sam.last(2)["MediaContentType0"] == "application/pdf"


def test_a_place_a_contact_and_a_forwarded_message_go_out_as_twilio_tells_them(sam: Bot, shown: Simulator) -> None:
    page, phone = shown.page, shown.phone("Sam Porter")
    phone.press("Place, contact, forwarded")
    phone.press("Send a place")
    shot(page, "simulator-place")
    axe(page)
    page.get_by_role("button", name="Send place").click()
    got = sam.last(1)
    assert (got["MessageType"], got["Label"], float(got["Latitude"])) == ("location", "Mill Lane 14", 51.5074)
    phone.press("Place, contact, forwarded")
    phone.press("Send a contact")
    page.get_by_role("button", name="Send contact").click()
    got = sam.last(2)
    assert (got["MessageType"], got["MediaContentType0"]) == ("contacts", "text/vcard")
    expect(phone.said("Danielle Okafor")).to_contain_text("+44 7700 900123")
    phone.press("Place, contact, forwarded")
    phone.press("Send as forwarded")
    assert sam.last(3)["Forwarded"] == "true"
    phone.more("Mill Lane", "Forward from Kim Larsen")
    got = sam.last(4)
    assert (got["From"], got["Label"], got["Forwarded"]) == (f"whatsapp:{KIM}", "Mill Lane 14", "true")
    shot(page, "simulator-kinds")


def test_a_message_is_quoted_by_its_menu_and_by_a_swipe(sam: Bot, browser: Browser) -> None:
    sam.box.deliver(SAM, text="The pump runs at 52 degrees.")
    sid = sam.say(Body="Filed: pump.").json()["sid"]
    with simulator(browser, sam.box.page_url, phone=True) as shown:
        phone = shown.phone("Sam Porter")
        bubble = phone.said("Filed: pump.").locator(".bubble")
        touch = {"pointerType": "touch", "pointerId": 1, "clientY": 400}
        bubble.dispatch_event("pointerdown", touch | {"clientX": 40})
        bubble.dispatch_event("pointermove", touch | {"clientX": 120})
        shot(shown.page, "simulator-swipe")
        bubble.dispatch_event("pointerup", touch | {"clientX": 120})
        expect(phone.place.locator(".attached .quoted")).to_have_text("Filed: pump.")
        phone.write("no, 54 degrees")
        got = sam.last(2)
        assert (got["OriginalRepliedMessageSid"], got["Body"]) == (sid, "no, 54 degrees")
        expect(phone.said("no, 54").locator(".quoted")).to_have_text("Filed: pump.")
        phone.more("The pump runs", "Reply")
        phone.place.get_by_label("Do not reply to this message").click()
        expect(phone.place.locator(".attached")).to_have_count(0)
        axe(shown.page)


def test_buttons_and_list_items_are_pressed(sam: Bot, shown: Simulator) -> None:
    phone = shown.phone("Sam Porter")
    phone.write("hello")
    sam.last(1)
    actions = [{"title": "Task", "id": "task"}, {"title": "Knowledge", "id": "knowledge"}]
    sam.say(ContentSid=sam.content("twilio/quick-reply", body="Filed as a task.", actions=actions))
    phone.press("Knowledge")
    got = sam.last(2)
    assert (got["ButtonText"], got["ButtonPayload"]) == ("Knowledge", "knowledge")
    expect(phone.place.get_by_role("button", name="Knowledge")).to_have_attribute("data-pressed", "true")
    items = [{"item": "Boiler", "id": "b", "description": "Cellar"}, {"item": "Pump", "id": "p", "description": ""}]
    sam.say(ContentSid=sam.content("twilio/list-picker", body="Which one?", button="Devices", items=items))
    phone.press("Devices")
    shot(shown.page, "simulator-list")
    axe(shown.page)
    phone.place.locator(".menu-item", has_text="Boiler").click()
    assert sam.last(3)["ListId"] == "b"


def test_what_a_bot_sends_stays_text_and_its_recording_plays(sam: Bot, shown: Simulator) -> None:
    phone = shown.phone("Sam Porter")
    phone.write("hello")
    sam.last(1)
    sam.say(Body=HOSTILE)
    expect(phone.said("onerror").locator(".bubble-text")).to_contain_text('<img src=x onerror="alert(1)"> <b>bold</b>')
    expect(phone.place.locator("img")).to_have_count(0)
    file = sam.box.kept.keep((SAMPLES / "job.ogg").read_bytes(), "audio/ogg")
    sam.say(MediaUrl=sam.box.public_url(file.name))
    expect(phone.place.locator(".voice-time")).to_have_text("0:11")
    slider = phone.place.get_by_role("slider")
    slider.press("ArrowRight")
    expect(slider).to_have_attribute("aria-valuetext", "0:05 of 0:11")
    axe(shown.page)
