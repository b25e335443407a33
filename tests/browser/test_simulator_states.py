"""The simulator when something is missing: the box, its key, phones; by keyboard alone; at every width and theme."""

from pathlib import Path

from browser.bot import SAM, Simulator, bot, simulator
from browser.everywhere import looked_at
from browser.support import axe, shot, tab
from playwright.sync_api import Browser, Page, expect
from support.audio_fixtures import SAMPLES

from twilio_in_a_box.box import TwilioInABox

PICTURE = Path(__file__).parents[2] / "data-api-server" / "console.png"


def test_a_browser_without_the_key_is_told_which_link_to_open(tmp_path: Path, browser: Browser) -> None:
    with TwilioInABox(tmp_path) as box, tab(browser) as page:
        page.goto(f"{box.url}/simulator")
        expect(page.get_by_role("alert")).to_contain_text("Open the simulator's link that this run printed")
        shot(page, "simulator-locked")
        axe(page)


def test_without_phones_it_says_how_to_add_one(tmp_path: Path, browser: Browser) -> None:
    with TwilioInABox(tmp_path) as box, tab(browser) as page:
        page.goto(box.page_url)
        expect(page.locator(".phones-none")).to_have_text("No phones yet. Add the first one.")
        axe(page)


def test_a_slow_box_shows_grey_lines_then_says_so(tmp_path: Path, browser: Browser) -> None:
    with TwilioInABox(tmp_path) as box, tab(browser) as page:
        page.route("**/box/state", lambda route: page.wait_for_selector(".waiting-line") and route.continue_())
        page.goto(box.page_url)
        expect(page.locator(".phones-none")).to_be_visible()


def test_when_the_box_goes_away_what_is_written_stays_and_all_is_there_when_it_is_back(
    tmp_path: Path, browser: Browser
) -> None:
    with TwilioInABox(tmp_path) as box, tab(browser) as page:
        box.add_phone(SAM, "Sam Porter", "known")
        page.goto(box.page_url)
        phone = Simulator(page).phone("Sam Porter")
        phone.place.get_by_label("Message", exact=True).fill("half a sen")
        box.__exit__()
        expect(page.get_by_role("alert")).to_contain_text("No connection since")
        phone.place.get_by_label("Message", exact=True).press("Enter")
        expect(phone.place.locator(".composer-problem")).to_contain_text("Your text is still here.")
        expect(phone.place.get_by_label("Message", exact=True)).to_have_value("half a sen")
        shot(page, "simulator-lost")
        axe(page)
        with TwilioInABox(tmp_path, port=box.port, control_key=box.control_key) as again:
            again.deliver(SAM, text="written meanwhile")
            expect(phone.said("written meanwhile")).to_be_visible()
            expect(page.locator(".lost")).to_have_count(0)
            expect(phone.place.get_by_label("Message", exact=True)).to_have_value("half a sen")


def _tab_to(page: Page, name: str) -> None:
    """Goes on with the Tab key until what has the focus is named so."""
    named = "() => (document.activeElement.getAttribute('aria-label') ?? document.activeElement.innerText ?? '').trim()"
    labelled = "() => [...(document.activeElement.labels ?? [])].map((one) => one.innerText.trim()).join()"
    for _ in range(120):
        page.keyboard.press("Tab")
        if name in {page.evaluate(named), page.evaluate(labelled)}:
            return
    raise AssertionError(f"Tab never comes to {name}")


def test_the_keyboard_alone_does_everything(tmp_path: Path, browser: Browser) -> None:
    with bot(tmp_path) as sam, simulator(browser, sam.box.page_url) as shown:
        page = shown.page
        sam.box.deliver(SAM, media=(SAMPLES / "job.ogg").read_bytes(), content_type="audio/ogg")
        expect(page.locator(".voice-time")).to_have_text("0:11")
        _tab_to(page, "Skip to the phones")
        page.keyboard.press("Enter")
        _tab_to(page, "Play")
        page.keyboard.press("Enter")
        expect(page.get_by_label("Pause", exact=True)).to_be_visible()
        _tab_to(page, "Place in the voice message")
        page.keyboard.press("End")
        _tab_to(page, "More for this message")
        page.keyboard.press("Enter")
        _tab_to(page, "Reply")
        page.keyboard.press("Enter")
        page.keyboard.type("by keyboard")
        page.keyboard.press("Enter")
        assert sam.last(2)["OriginalRepliedMessageSid"]
        page.keyboard.press("Tab")
        _tab_to(page, "Record a voice message")
        page.keyboard.press("Enter")
        expect(page.locator(".recording-time")).to_have_text("0:01")
        page.keyboard.press("Enter")
        assert sam.last(3)["MediaContentType0"].startswith("audio/ogg")
        _tab_to(page, "Pause")
        _tab_to(page, "Events")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(page.locator(".open")).to_be_visible()
        page.reload()
        page.get_by_role("switch", name="Blocked us").focus()
        page.keyboard.press("Space")
        expect(page.get_by_role("switch", name="Blocked us")).to_have_attribute("aria-checked", "true")


def test_every_part_looks_right_at_every_width_and_in_both_themes(tmp_path: Path, browser: Browser) -> None:
    with bot(tmp_path) as sam, simulator(browser, sam.box.page_url) as shown:
        page, phone = shown.page, shown.phone("Sam Porter")
        sam.box.deliver(SAM, media=(SAMPLES / "job.ogg").read_bytes(), content_type="audio/ogg; codecs=opus")
        actions = [{"title": name, "id": name} for name in ("Task", "Knowledge", "Other")]
        body = "Filed as a *task*: new filter for the boiler.\n1. Order the filter, today\n2. Back on Thursday"
        sam.say(ContentSid=sam.content("twilio/quick-reply", body=body, actions=actions))
        phone.press("Task")
        phone.place.locator("input[type=file]").set_input_files(PICTURE)
        phone.write("The door, third floor, has a long caption that takes more than one line")
        phone.write("https://example.test/a-very-long-address-without-any-place-to-break-it/" + "a" * 80)
        sid = sam.last(4)["MessageSid"]
        sam.box.switches.change({"phones": {SAM: {"window_over": True}}, "next": {"twice": True}})
        sam.say(Body="This comes too late.")
        expect(phone.said("too late")).to_contain_text("not delivered")
        sam.ask("POST", "/v2/Indicators/Typing.json", data={"messageId": sid, "channel": "whatsapp"})
        expect(phone.place.locator(".typing")).to_be_visible()
        phone.more("Filed as a", "Reply")
        page.locator(".entry-row", has_text="Voice note").click()
        assert looked_at(page, "simulator-all") == []
        page.set_viewport_size({"width": 390, "height": 844})
        for part in ("Go wrong", "Inspector"):
            page.get_by_role("button", name=part, exact=True).click()
            where = {"tablet": ("light",), "phone": ("light", "dark")}
            assert looked_at(page, f"simulator-{part.lower().replace(' ', '-')}", where) == []
