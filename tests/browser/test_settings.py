"""Settings: keys are made, shown once and revoked in their row; words are accepted."""

import json
import re
import zipfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from browser.support import Console, axe, shot, sign_in
from playwright.sync_api import expect
from support import patient

from ai_voice_local.platform import COMPANY
from ai_voice_shared.aws.ledger import Ledger
from ai_voice_shared.records.api_keys import SCOPES, ApiKeys
from ai_voice_shared.records.glossary import Glossary


def test_a_key_is_made_shown_once_and_opens_the_console_until_it_is_revoked(console: Console) -> None:
    with console.signed_in(*SCOPES, place="settings/keys") as page:
        expect(page.get_by_text("in use here")).to_be_visible()
        page.get_by_label("Name", exact=True).fill("tablet, site office")
        page.get_by_role("checkbox", name=re.compile("Write")).uncheck()
        page.get_by_role("button", name="Create key").click()
        fresh = page.get_by_role("group", name="Copy this key now. It is not shown again.")
        secret = fresh.locator("code").inner_text()
        expect(fresh.get_by_role("button", name="Copy")).to_be_focused()
        axe(page)
        shot(page, "settings-keys-desk-light")
        with console.tab() as other:
            other.goto(f"{console.url}#/settings")
            sign_in(other, secret)
            expect(other.get_by_role("heading", name="Glossary")).to_be_visible()
            expect(other.get_by_role("link", name="Keys")).to_have_count(0)  # it may not make keys
            expect(other.get_by_role("button", name="Add word")).to_have_count(0)  # nor write
        fresh.get_by_role("button", name="Done").click()
        expect(page.get_by_text(secret)).to_have_count(0)
        page.get_by_role("button", name="Revoke tablet, site office").click()
        expect(page.get_by_role("button", name="Keep")).to_be_focused()
        page.keyboard.press("Escape")
        expect(page.get_by_role("button", name="Revoke tablet, site office")).to_be_focused()
        page.keyboard.press("Enter")
        page.keyboard.press("Shift+Tab")
        shot(page, "settings-keys-revoke")
        page.keyboard.press("Enter")
        expect(page.get_by_role("status").filter(has_text="Revoked tablet, site office")).to_be_visible()
        expect(page.get_by_role("rowheader").filter(has_text="tablet, site office")).to_have_count(0)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
def test_the_list_says_when_a_key_was_last_used_and_until_when_it_works(
    console: Console,
    dark: bool,  # noqa: FBT001 - parameters
    phone: bool,  # noqa: FBT001
) -> None:
    keys = ApiKeys(Ledger(patient.dynamodb(), console.deployed.platform.outputs.table))
    past = datetime.now(UTC) - timedelta(days=94)
    secret, forgotten = replace(keys, clock=lambda: past).create(COMPANY, "Steuerbüro Lang", ["read"])
    replace(keys, clock=lambda: past).keep_use(secret, forgotten)
    _, unused = keys.create(COMPANY, "site-diary script", expires=datetime.now(UTC) + timedelta(days=30))
    with console.signed_in(*SCOPES, place="settings/keys", dark=dark, phone=phone) as page:
        row = page.get_by_role("row").filter(has_text=forgotten.key_id)
        expect(row).to_contain_text("not for 94 days")
        row = page.get_by_role("row").filter(has_text=unused.key_id)
        expect(row).to_contain_text("never")
        expect(row).to_contain_text("until")
        expect(page.get_by_role("row").filter(has_text="this tab")).to_contain_text("now")
        axe(page)
        shot(page, f"settings-keys-used-{'phone' if phone else 'desk'}-{'dark' if dark else 'light'}")
    for key in (forgotten, unused):
        keys.revoke(COMPANY, key.key_id)


def test_a_key_without_a_name_is_not_asked_for(console: Console) -> None:
    with console.signed_in(*SCOPES, place="settings/keys") as page:
        page.get_by_role("button", name="Create key").click()
        expect(page.get_by_role("alert").filter(has_text="Give it a name first")).to_be_visible()
        axe(page)


def test_a_name_is_text_whatever_stands_in_it(console: Console) -> None:
    hostile = "<img src=x onerror=alert(1)> =1+1"
    with console.signed_in(*SCOPES, place="settings/keys") as page:
        page.get_by_label("Name", exact=True).fill(hostile)
        page.get_by_role("button", name="Create key").click()
        expect(page.get_by_role("rowheader").filter(has_text=hostile)).to_be_visible()
        expect(page.locator("main img")).to_have_count(0)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
def test_words_are_added_and_taken_out_with_undo(console: Console, dark: bool, phone: bool) -> None:  # noqa: FBT001 - parameters
    Glossary(Ledger(patient.dynamodb(), console.deployed.platform.outputs.table)).accept(
        COMPANY, ["Holden Street"], None
    )
    with console.signed_in(*SCOPES, place="settings/glossary", dark=dark, phone=phone) as page:
        page.get_by_label("Word or name").fill("Rückschlagventil")
        page.keyboard.press("Enter")
        words = page.locator(".glossary-words")
        expect(words).to_contain_text("Rückschlagventil")
        page.get_by_role("button", name="Remove Holden Street").click()
        expect(words).not_to_contain_text("Holden Street")
        page.get_by_role("button", name="Undo").click()
        expect(words).to_contain_text("Holden Street")
        axe(page)
        shot(page, f"settings-glossary-{'phone' if phone else 'desk'}-{'dark' if dark else 'light'}")


@pytest.mark.parametrize(("dark", "phone"), [(False, False), (True, True)], ids=["desk", "phone"])
def test_a_suggested_word_is_added_or_dismissed_for_the_company(
    console: Console,
    notes: dict[str, str],
    dark: bool,  # noqa: FBT001 - parameters
    phone: bool,  # noqa: FBT001
) -> None:
    glossary = Glossary(Ledger(patient.dynamodb(), console.deployed.platform.outputs.table))
    names = [("Rück Schlag Ventil", "Rückschlagventil"), ("Daniel", "Danielle"), ("Dunfos", "Danfoss")]
    glossary.suggest(COMPANY, notes["job"], names, lambda _sid: False)
    with console.signed_in(*SCOPES, place="settings/glossary", dark=dark, phone=phone) as page:
        rows = page.locator(".suggestion")
        expect(rows.filter(has_text="heard as Daniel")).to_be_visible()
        axe(page)
        shot(page, f"settings-suggestions-{'phone-dark' if phone else 'desk-light'}")
        page.get_by_role("button", name="Do not suggest Danielle").click()
        expect(rows.filter(has_text="heard as Daniel")).to_have_count(0)
        page.keyboard.press("z")
        expect(rows.filter(has_text="heard as Daniel")).to_be_visible()
        page.get_by_role("button", name="Do not suggest Danfoss").click()
        page.reload()
        expect(rows.filter(has_text="heard as Daniel")).to_be_visible()
        expect(rows.filter(has_text="heard as Dunfos")).to_have_count(0)
    glossary.dismiss(COMPANY, "Danfoss", dismissed=False)


@pytest.mark.parametrize("language", ["de", "es", "fr", "pt"])
def test_every_language_has_its_words(console: Console, language: str) -> None:
    with console.signed_in(*SCOPES, place="settings/keys", phone=True, language=language) as page:
        expect(page.locator(".keys-table")).to_be_visible()
        assert re.findall(r"\b(?:keys|scope|settings|glossary)\.[a-z-]+", page.locator("main").inner_text()) == []
        axe(page)
        shot(page, f"settings-keys-phone-{language}")


def test_everything_is_exported_and_its_files_are_offered(console: Console) -> None:
    with console.signed_in("read", "write", place="settings/exports") as page:
        page.get_by_role("button", name="Export everything").click()
        page.get_by_role("button", name="Show the files").click()
        with page.expect_download() as downloading:
            page.get_by_role("link", name="part-1.zip").click()
        with zipfile.ZipFile(downloading.value.path()) as archive:
            listed = {one["file"]: one for one in json.loads(archive.read("manifest.json"))}
            assert listed.keys() == set(archive.namelist()) - {"manifest.json"}
        axe(page)
        shot(page, "settings-exports")
    with console.signed_in("read", place="settings/exports", dark=True, phone=True, language="de-DE") as page:
        expect(page.get_by_role("button", name="Dateien")).to_be_visible()
        expect(page.get_by_role("button", name="Alles exportieren")).to_have_count(0)
        axe(page)
        shot(page, "settings-exports-phone-de")


def test_the_language_is_changed_and_kept(console: Console) -> None:
    with console.signed_in("read", place="settings/language") as page:
        page.get_by_role("combobox", name="Language").select_option("fr")
        expect(page.get_by_role("heading", name="Langue")).to_be_visible()
        axe(page)
        page.reload()
        expect(page.get_by_role("heading", name="Langue")).to_be_visible()
