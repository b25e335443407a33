"""Usage: a plot a measure with its budget and projection, and the same numbers in a table."""

from datetime import UTC, datetime

import pytest
from browser.support import Console, axe, shot, sign_in
from playwright.sync_api import Route, expect
from support import patient

from ai_voice_local.platform import COMPANY
from ai_voice_shared.aws.ledger import Ledger

_OF_A_MONTH = (14, 17, 19, 18, 21, 25, 27, 29, 24, 30, 34)
"""Hours of audio in the months before this one."""


@pytest.fixture(scope="module")
def used(console: Console) -> None:
    """What eleven months used, as the worker counts it."""
    ledger = Ledger(patient.dynamodb(), console.deployed.platform.outputs.table)
    now = datetime.now(UTC)
    for back, hours in enumerate(reversed(_OF_A_MONTH), 1):
        year, month = divmod(now.year * 12 + now.month - 1 - back, 12)
        counted = {
            "audio_milliseconds": hours * 3_600_000,
            "messages_received": hours * 40,
            "messages_sent": hours * 15,
        }
        counted |= {"input_tokens": hours * 160_000, "output_tokens": hours * 20_000}
        ledger.put({"pk": f"USAGE#{COMPANY}", "sk": f"{year}-{month + 1:02}", **counted})


@pytest.mark.usefixtures("used", "notes")
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
def test_each_measure_has_a_plot_and_the_table_its_numbers(console: Console, dark: bool, phone: bool) -> None:  # noqa: FBT001 - parameters
    with console.signed_in("read", place="usage", dark=dark, phone=phone) as page:
        for name in ("Audio", "Messages", "Tokens"):
            expect(page.get_by_role("region", name=name).get_by_role("img")).to_be_visible()
        audio = page.get_by_role("region", name="Audio")
        expect(audio.locator(".bars-past")).to_have_count(11)
        assert "34 h" in (audio.get_by_role("img").get_attribute("aria-label") or "")
        expect(page.get_by_role("table").get_by_role("row")).to_have_count(13)
        expect(page.get_by_role("table")).to_contain_text("34 h")
        axe(page)
        shot(page, f"usage-{'phone' if phone else 'desk'}-{'dark' if dark else 'light'}")


@pytest.mark.usefixtures("used")
@pytest.mark.parametrize(("dark", "phone", "over"), [(False, False, False), (True, True, False), (False, False, True)])
def test_a_budget_says_how_far_it_is_used_and_where_this_pace_leads(
    console: Console,
    dark: bool,  # noqa: FBT001 - parameters
    phone: bool,  # noqa: FBT001
    over: bool,  # noqa: FBT001
) -> None:
    def limited(route: Route) -> None:
        """The real answer in the middle of its month, as of a company with a budget, where prices are set."""
        answer = route.fetch()
        usage = answer.json()
        *past, month = usage["months"]
        for each in usage["months"]:
            each["dollars"] = each["audio_seconds"] / 2400
        month |= {"audio_seconds": 112_320, "messages_received": 921, "messages_sent": 363, "dollars": 48.2}
        month |= {"input_tokens": 5_700_000, "output_tokens": 700_000, "over_budget": over}
        month |= {"budget": {"audio_minutes": 1_872 if over else 2_400, "tokens": None, "messages": 2_000}}
        usage["now"] = f"{month['month']}-25T12:00:00Z"
        route.fulfill(json=usage | {"months": [*past, month]})

    with console.tab(dark=dark, phone=phone) as page:
        page.route("**/v1/usage/months**", limited)
        page.goto(f"{console.url}#/usage")
        sign_in(page, console.key("read"))
        budget = page.locator(".budget")
        expect(budget).to_contain_text("31 h 12 min of 31 h 12 min used" if over else "31 h 12 min of 40 h used")
        expect(budget).to_contain_text("Notes are kept and wait" if over else "at this pace")
        audio = page.get_by_role("region", name="Audio")
        expect(audio.locator(".bars-ahead")).to_have_count(1)
        expect(audio.locator(".bars-budget")).to_have_count(1)
        expect(page.get_by_role("region", name="Cost")).to_contain_text("$48.20")
        axe(page)
        shot(page, f"usage-budget-{'over' if over else 'phone-dark' if phone else 'desk-light'}")


@pytest.mark.usefixtures("used")
def test_other_months_and_a_file_of_the_numbers(console: Console) -> None:
    with console.signed_in("read", place="usage") as page:
        page.get_by_role("button", name="12 months").click()
        page.get_by_role("button", name="6 months").click()
        expect(page.get_by_role("table").get_by_role("row")).to_have_count(7)
        with page.expect_download() as saved:
            page.get_by_role("button", name="Export .csv").click()
        lines = saved.value.path().read_text().splitlines()
        assert lines[0].startswith("month,audio_seconds,")
        assert len(lines) == 7
        assert "122400" in lines[-2]  # 34 hours
