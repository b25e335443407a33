"""Signing in and out: wrong keys, read-only keys, phone and desk, light and dark, five languages."""

from datetime import UTC, datetime, timedelta

import pytest
from browser.support import Console, axe, shot, sign_in
from playwright.sync_api import expect
from support import patient

from ai_voice_local.platform import COMPANY
from ai_voice_shared.aws.ledger import Ledger
from ai_voice_shared.records.api_keys import ApiKeys


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
def test_the_page_asks_for_a_key(console: Console, dark: bool, phone: bool) -> None:  # noqa: FBT001 - parameters
    with console.tab(dark=dark, phone=phone) as page:
        page.goto(console.url)
        expect(page.get_by_role("heading", name="Sign in with a key")).to_be_visible()
        expect(page.get_by_label("API key", exact=True)).to_be_focused()
        axe(page)
        shot(page, f"sign-in-{'phone' if phone else 'desk'}-{'dark' if dark else 'light'}")


def test_a_wrong_key_is_refused_in_words(console: Console) -> None:
    with console.tab(phone=True) as page:
        page.goto(console.url)
        sign_in(page, "avt_wrong")
        expect(page.get_by_role("alert")).to_have_text("This key does not work. It may have been revoked.")
        expect(page.locator("#key")).to_have_value("avt_wrong")
        axe(page)
        shot(page, "sign-in-refused")


def test_a_key_that_has_expired_opens_nothing(console: Console) -> None:
    keys = ApiKeys(Ledger(patient.dynamodb(), console.deployed.platform.outputs.table))
    expired, _ = keys.create(COMPANY, "over", ["read"], datetime.now(UTC) - timedelta(days=1))
    with console.tab() as page:
        page.goto(console.url)
        sign_in(page, expired)
        expect(page.get_by_role("alert")).to_have_text("This key does not work. It may have been revoked.")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_who_has_a_key_that_is_revoked_is_signed_out_and_told_so(console: Console, dark: bool) -> None:  # noqa: FBT001 - a parameter
    keys = ApiKeys(Ledger(patient.dynamodb(), console.deployed.platform.outputs.table))
    secret, key = keys.create(COMPANY, "for a day", ["read"])
    with console.tab(phone=True, dark=dark) as page:
        page.goto(f"{console.url}#/usage")
        sign_in(page, secret)
        expect(page.get_by_role("heading", name="Usage")).to_be_visible()
        page.goto("about:blank")  # nothing of the page asks meanwhile
        keys.revoke(COMPANY, key.key_id)
        page.goto(f"{console.url}#/usage")
        expect(page.get_by_role("alert")).to_contain_text("You are signed out: this key was revoked")
        axe(page)
        shot(page, f"sign-in-ended-{'dark' if dark else 'light'}")
        sign_in(page, console.key("read"))
        expect(page.get_by_role("heading", name="Usage")).to_be_visible()  # where they were


def test_the_key_stays_while_the_server_does_not_answer(console: Console) -> None:
    with console.signed_in("read") as page:
        page.route("**/v1/session", lambda route: route.abort())
        page.reload()
        expect(page.get_by_role("alert")).to_have_text("The server did not answer. Your key is still here. Try again.")
        axe(page)
        shot(page, "sign-in-no-answer")
        page.get_by_role("button", name="Open console").click()
        expect(page.get_by_role("alert")).to_have_text("The server did not answer. Your key is still here. Try again.")
        page.unroute("**/v1/session")
        page.get_by_role("button", name="Open console").click()
        expect(page.locator(".shell")).to_be_visible()


def test_a_key_opens_the_console_and_stays_in_its_tab(console: Console) -> None:
    with console.signed_in() as page:
        expect(page.locator(".nav-company")).to_have_text("Acme Heating")
        expect(page.locator(".connection")).to_have_text("Live")
        page.reload()
        expect(page.locator(".nav-company")).to_have_text("Acme Heating")
        other = page.context.new_page()
        other.goto(console.url)
        expect(other.get_by_role("heading", name="Sign in with a key")).to_be_visible()
        page.get_by_role("button", name="Sign out").click()
        expect(page.get_by_role("heading", name="Sign in with a key")).to_be_visible()
        page.reload()
        expect(page.get_by_role("heading", name="Sign in with a key")).to_be_visible()


def test_a_key_that_may_only_read_sees_no_button_that_would_fail(console: Console) -> None:
    with console.signed_in("read") as page:
        expect(page.get_by_role("link", name="Notes", exact=True)).to_be_visible()
        expect(page.get_by_role("link", name="Upload")).to_have_count(0)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        axe(page)
        shot(page, "read-only")


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("de-AT", "Mit einem Schlüssel anmelden"),
        ("es", "Entrar con una clave"),
        ("fr-CA", "Se connecter avec une clé"),
        ("pt-BR", "Entrar com uma chave"),
        ("ja", "Sign in with a key"),
    ],
)
def test_the_page_speaks_the_browsers_language(console: Console, language: str, title: str) -> None:
    with console.tab(language=language) as page:
        page.goto(console.url)
        expect(page.get_by_role("heading", name=title)).to_be_visible()


def test_the_language_can_be_chosen(console: Console) -> None:
    with console.tab() as page:
        page.goto(console.url)
        page.get_by_label("Language").select_option("de")
        expect(page.get_by_role("heading", name="Mit einem Schlüssel anmelden")).to_be_visible()


def test_the_keyboard_alone_does_it(console: Console) -> None:
    with console.tab() as page:
        page.goto(console.url)
        expect(page.locator("#key")).to_be_focused()
        page.keyboard.type(console.key())
        page.keyboard.press("Enter")
        expect(page.locator(".shell")).to_be_visible()
        page.keyboard.press("?")
        expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
        axe(page)
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_have_count(0)
