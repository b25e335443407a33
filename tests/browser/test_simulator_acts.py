"""The simulator's switches, its inspector and its phones, before a small bot."""

from browser.bot import SAM, Bot, Simulator
from browser.support import axe, shot
from playwright.sync_api import expect
from support.waiting import eventually


def test_a_message_that_is_not_delivered_says_why(sam: Bot, shown: Simulator) -> None:
    phone = shown.phone("Sam Porter")
    phone.write("hello")
    sam.last(1)
    shown.turn("24-hour window over")
    assert eventually(lambda: sam.box.switches.of(SAM).window_over)
    sam.say(Body="Too late.")
    expect(phone.said("Too late.")).to_contain_text("not delivered")
    expect(phone.said("Too late.").locator(".bubble-error")).to_have_text("63016: the 24-hour window is over")
    shown.turn("24-hour window over")
    shown.turn("Blocked us")
    assert eventually(lambda: sam.box.switches.of(SAM).blocked)
    sam.say(Body="Anyone there?")
    expect(phone.said("Anyone").locator(".bubble-error")).to_have_text("63014: this phone has blocked us")
    expect(shown.entry("Status: undelivered, 63014")).to_be_visible()
    shot(shown.page, "simulator-not-delivered")
    axe(shown.page)
    shown.page.get_by_role("button", name="Back to normal").click()
    expect(shown.page.get_by_role("switch", name="Blocked us")).to_have_attribute("aria-checked", "false")
    assert eventually(lambda: not sam.box.switches.of(SAM).blocked)


def test_the_next_webhook_is_lost_and_the_one_after_comes_twice(sam: Bot, shown: Simulator) -> None:
    phone = shown.phone("Sam Porter")
    shown.turn("Webhook lost")
    assert eventually(lambda: sam.box.switches.next.lost)
    phone.write("first")
    expect(phone.said("first").locator(".ticks")).to_have_attribute("data-status", "sent")
    expect(shown.page.get_by_role("switch", name="Webhook lost")).to_have_attribute("aria-checked", "false")
    shown.turn("Webhook twice")
    assert eventually(lambda: sam.box.switches.next.twice)
    phone.write("second")
    sam.last(2)
    assert [one["Body"] for one in sam.received] == ["second", "second"]
    expect(phone.place.locator(".bubble")).to_have_count(2)


def test_a_slow_phone_lets_nobody_wait_to_write_and_twilio_can_be_rate_limited(sam: Bot, shown: Simulator) -> None:
    phone = shown.phone("Sam Porter")
    shown.turn("Slow network")
    assert eventually(lambda: sam.box.switches.of(SAM).slow)
    phone.write("slow")
    expect(phone.said("slow").locator(".ticks")).to_have_attribute("data-status", "sent")
    expect(phone.place.get_by_label("Message", exact=True)).to_have_value("")
    assert sam.last(1)["Body"] == "slow"
    shown.turn("Twilio rate-limited")
    assert eventually(lambda: sam.say(Body="x").status_code == 429)
    expect(shown.entry("Send message, 1 characters").locator(".entry-result")).to_contain_text("429")
    shot(shown.page, "simulator-slow")


def test_a_file_that_is_not_there_yet_is_there_after_three_seconds(sam: Bot, shown: Simulator) -> None:
    shown.turn("Media not there yet")
    assert eventually(lambda: sam.box.switches.of(SAM).media_late)
    phone = shown.phone("Sam Porter")
    phone.place.locator("input[type=file]").set_input_files(
        {"name": "a.txt", "mimeType": "text/plain", "buffer": b"one"}
    )
    phone.press("Send")
    path = sam.last(1)["MediaUrl0"].removeprefix(sam.box.url)
    assert sam.ask("GET", path).status_code == 404
    assert eventually(lambda: sam.ask("GET", path).status_code == 307)
    expect(shown.entry("Fetch media").first).to_be_visible()
    expect(shown.page.locator(".entry-result[data-state=wait]").first).to_contain_text("404 in")


def test_the_inspector_shows_a_webhook_its_signature_and_what_came_of_it(sam: Bot, shown: Simulator) -> None:
    page, phone = shown.page, shown.phone("Sam Porter")
    phone.write("Order two valves")
    sid = sam.last(1)["MessageSid"]
    sam.say(Body="Noted.", StatusCallback=f"{sam.url}/status?message={sid}")
    shown.entry("Text, signed").locator(".entry-row").click()
    opened = page.locator(".open")
    expect(opened.locator(".valid")).to_have_text("valid")
    expect(opened).to_contain_text("Order two valves")
    expect(opened.locator(".story li")).to_contain_text(["Answered 200", "Send message, 6 characters"])
    shot(page, "simulator-inspector")
    axe(page)
    opened.get_by_role("button", name="Send again").click()
    expect(opened.get_by_role("status")).to_have_text("Sent again.")
    sam.last(2)
    opened.get_by_role("button", name="Copy as curl").click()
    expect(opened.get_by_role("status")).to_have_text("Copied.")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("curl -X POST")
    assert sam.box.auth_token not in copied
    page.get_by_role("button", name="Callbacks").click()
    expect(page.locator(".entry-what", has_text="Text, signed")).to_have_count(0)
    page.get_by_role("button", name="All", exact=True).click()
    page.get_by_role("button", name="Pause").click()
    phone.write("paused")
    sam.last(3)
    expect(page.locator(".inspector-paused")).to_contain_text("Paused.")
    shot(page, "simulator-paused")
    page.get_by_role("button", name="Go on").click()
    expect(page.locator(".entry-what", has_text="Text, signed")).to_have_count(3)
    page.get_by_role("button", name="Clear").click()
    expect(page.locator(".inspector-none")).to_be_visible()


def test_phones_are_chosen_added_forgotten_and_removed(sam: Bot, shown: Simulator) -> None:
    page = shown.page
    page.get_by_role("button", name="Add a phone").click()
    page.get_by_role("button", name="A new phone").click()
    page.get_by_label("Number").fill("twelve")
    page.keyboard.press("Enter")
    expect(page.get_by_text("This is no phone number.")).to_be_visible()
    shot(page, "simulator-new-phone")
    axe(page)
    page.get_by_label("Number").fill("+44 7700 900155")
    page.get_by_label("Name", exact=True).fill("Bo Berg")
    page.get_by_label("WhatsApp user id").fill("GB.13491208655302741918")
    page.keyboard.press("Enter")
    phone = shown.phone("Bo Berg")
    phone.write("hello")
    got = sam.last(1)
    assert (got["From"], "WaId" in got) == ("whatsapp:GB.13491208655302741918", False)
    shot(page, "simulator-three-phones")
    phone.press("More for Bo Berg")
    phone.press("Forget this conversation")
    axe(page)
    phone.place.get_by_role("group").get_by_role("button", name="Forget this conversation").click()
    expect(phone.place.locator(".talk-none")).to_be_visible()
    phone.press("More for Bo Berg")
    phone.press("Put away")
    expect(phone.place).to_have_count(0)
    page.get_by_role("button", name="Add a phone").click()
    page.get_by_role("button", name="Bo Berg").click()
    expect(phone.place).to_be_visible()
    page.reload()
    expect(phone.place).to_be_visible()
    sam_phone = shown.phone("Sam Porter")
    sam_phone.press("More for Sam Porter")
    sam_phone.press("Remove this phone")
    sam_phone.place.get_by_role("group").get_by_role("button", name="Remove this phone").click()
    expect(sam_phone.place).to_have_count(0)
    assert SAM not in [one["number"] for one in sam.box.shown_phones()]
