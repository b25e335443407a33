"""Tasks in the console: grouped by what is due, done and undone, edited in place, found, exported, by keys alone."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from browser.support import LONGEST, Console, axe, shot
from playwright.sync_api import Locator, Page, expect
from support.waiting import HANGS

_HOSTILE = '=HYPERLINK("//evil.test","x") <img src=x onerror=alert(1)> \u202etxt.exe'


@pytest.fixture(scope="module")
def added(console: Console, notes: dict[str, str]) -> None:
    """Tasks of every group, beside those that the notes say."""
    assert notes
    today = datetime.now(UTC).date()
    texts = {
        "Send Mrs Okonkwo the revised price for the lift pit pump": ("Danielle Okafor", today - timedelta(days=2)),
        "Prüfbuch Aufzug 2 nachreichen, bevor der Sachverständige am Donnerstag kommt": ("Jürgen Weiß", today),
        "Llamar a la vecina del 1.º B antes de abrir el tabique": ("Lucía Ferrer", f"{today}T16:00"),
        "Collect the vessel from Holden Street, from seven": ("Sam Porter", today + timedelta(days=1)),
        "Book the scaffold inspection": (None, today + timedelta(days=9)),
        _HOSTILE: ("@Ben", None),
    }
    for text, (owner, due) in texts.items():
        body = {"text": text, "owner": owner, "due": str(due) if due else None}
        headers = {"x-api-key": console.key()}
        answer = httpx.post(f"{console.url}v1/tasks", json=body, headers=headers, timeout=HANGS)
        assert answer.status_code == 200, answer.text


@pytest.fixture
def tasks(console: Console, added: None) -> Iterator[Page]:
    """The page of tasks, on a desk."""
    assert added is None
    with console.signed_in(place="tasks") as page:
        expect(page.locator(".task").first).to_be_visible()
        yield page


def row(page: Page, text: str) -> Locator:
    return page.locator(".task").filter(has_text=text)


@pytest.mark.usefixtures("added")
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
def test_tasks_stand_in_groups(console: Console, dark: bool, phone: bool) -> None:  # noqa: FBT001 - parameters
    with console.signed_in(place="tasks", dark=dark, phone=phone) as page:
        expect(page.locator(".task-group h2").first).to_contain_text("Overdue")
        names = page.locator(".task-group h2").all_inner_texts()
        assert [name.split("\n")[0].split(" ")[0] for name in names] == ["Overdue", "Today", "Tomorrow", "Later", "No"]
        expect(row(page, "=HYPERLINK")).to_contain_text("<img src=x onerror=alert(1)>")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        axe(page)
        shot(page, f"tasks-{'phone' if phone else 'desk'}-{'dark' if dark else 'light'}")


def test_a_task_is_done_and_undone(tasks: Page) -> None:
    one = row(tasks, "Collect the vessel")
    one.get_by_role("checkbox").click()
    expect(one.get_by_role("checkbox")).to_be_checked()
    expect(one).to_contain_text("Done")
    axe(tasks)
    shot(tasks, "tasks-done")
    one.get_by_role("button", name="Undo").click()
    expect(one.get_by_role("checkbox")).not_to_be_checked()


def test_owner_and_day_are_edited_in_place_and_stay(tasks: Page) -> None:
    one = row(tasks, "Book the scaffold")
    one.locator(".task-owner").click()
    one.get_by_label("Owner").fill("Priya Nair")
    tasks.keyboard.press("Enter")
    expect(one.locator(".task-owner")).to_contain_text("Priya Nair")
    one.locator(".task-due").click()
    one.get_by_label("Due").fill("2031-05-04")
    one.get_by_label("Time").fill("09:30")
    shot(tasks, "tasks-editing")
    tasks.keyboard.press("Enter")
    expect(one.locator(".task-due")).to_contain_text("09:30")
    tasks.reload()
    expect(row(tasks, "Book the scaffold")).to_contain_text("Priya Nair")
    expect(row(tasks, "Book the scaffold")).to_contain_text("2031")


def test_keys_alone_move_finish_edit_and_open(tasks: Page) -> None:
    tasks.keyboard.press("j")
    expect(tasks.locator(".task[data-chosen=true]")).to_contain_text("Mrs Okonkwo")
    tasks.keyboard.press("j")
    tasks.keyboard.press("k")
    tasks.keyboard.press(" ")
    expect(tasks.locator(".task[data-chosen=true]").get_by_role("checkbox")).to_be_checked()
    tasks.keyboard.press("z")
    expect(tasks.locator(".task[data-chosen=true]").get_by_role("checkbox")).not_to_be_checked()
    tasks.keyboard.press("o")
    expect(tasks.get_by_label("Owner", exact=True)).to_be_focused()
    tasks.keyboard.press("Escape")
    tasks.keyboard.press("d")
    expect(tasks.get_by_label("Due", exact=True)).to_be_focused()
    tasks.keyboard.press("Escape")
    tasks.keyboard.press("/")
    expect(tasks.get_by_role("searchbox")).to_be_focused()


def test_a_citation_plays_from_the_second_at_which_it_was_said(
    console: Console, tasks: Page, notes: dict[str, str]
) -> None:
    headers = {"x-api-key": console.key()}
    answer = httpx.get(f"{console.url}v1/tasks", headers=headers, timeout=HANGS).raise_for_status()
    said = next(one for one in answer.json()["tasks"] if (one["source"] or {}).get("message_id") == notes["job"])
    one = row(tasks, said["text"])
    one.get_by_role("button", name="Play ").click()
    expect(one.locator(".citation[data-playing=true]")).to_be_visible()
    at = tasks.evaluate("document.querySelector('audio').currentTime")
    assert said["source"]["start"] <= at < said["source"]["start"] + LONGEST / 1000
    axe(tasks)
    shot(tasks, "tasks-playing")
    one.get_by_role("button", name="Pause ").click()
    one.locator(".task-text").click()
    one.get_by_role("link", name="Open note").click()
    expect(tasks).to_have_url(re.compile(rf"#/notes/{notes['job']}\?at=\d+$"))


def test_the_words_of_a_task_are_edited_in_place(tasks: Page) -> None:
    row(tasks, "Book the scaffold").locator(".task-text").click()
    field = tasks.get_by_label("What is to be done")
    expect(field).to_be_focused()
    shot(tasks, "tasks-editing-words")
    axe(tasks)
    field.fill("Book the scaffold inspection at St Anne’s")
    tasks.keyboard.press("Escape")
    expect(row(tasks, "St Anne’s")).to_have_count(0)
    tasks.keyboard.press("e")  # the row is still chosen
    field.fill("Book the scaffold inspection at St Anne’s")
    tasks.keyboard.press("Enter")
    expect(row(tasks, "St Anne’s").locator(".task-text")).to_be_focused()
    tasks.reload()
    expect(row(tasks, "St Anne’s")).to_be_visible()


@pytest.mark.parametrize("text", ["Prüfbuch Aufzug 2", "boiler"], ids=["by-hand", "of-a-note"])
def test_a_task_is_deleted_when_its_row_has_asked_and_comes_back(tasks: Page, text: str) -> None:
    one = row(tasks, text).first
    before = one.locator(".task-text").inner_text()
    citation = one.locator(".citation").count()
    one.locator(".task-text").click()
    one.get_by_role("button", name="Delete").click()
    asked = tasks.get_by_role("alertdialog")
    expect(asked.get_by_role("button", name="Keep")).to_be_focused()
    axe(tasks)
    shot(tasks, "tasks-delete")
    tasks.keyboard.press("Escape")
    expect(asked).to_have_count(0)
    one.locator(".task-check").focus()
    tasks.keyboard.press("Delete")
    asked.get_by_role("button", name="Delete").click()
    expect(tasks.locator(".done")).to_contain_text("Deleted")
    count = tasks.locator(".task").count()
    tasks.keyboard.press("z")
    expect(tasks.locator(".task")).to_have_count(count + 1)
    back = tasks.locator(".task[data-chosen=true]")
    expect(back.locator(".task-text")).to_have_text(before)
    expect(back.locator(".citation")).to_have_count(citation)
    tasks.reload()
    expect(row(tasks, text).first).to_be_visible()


@pytest.mark.usefixtures("added")
def test_a_phone_in_german_edits_and_asks_in_the_row(console: Console) -> None:
    with console.signed_in(place="tasks", phone=True, dark=True, language="de") as page:
        one = row(page, "Llamar a la vecina")
        one.locator(".task-text").click()
        expect(page.get_by_label("Was zu tun ist")).to_be_focused()
        axe(page)
        shot(page, "tasks-editing-phone-german")
        one.get_by_role("button", name="Löschen").click()
        expect(page.get_by_role("alertdialog")).to_contain_text("Llamar a la vecina")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        axe(page)
        shot(page, "tasks-delete-phone-german")
        page.keyboard.press("Escape")
        expect(one.locator(".task-text")).to_be_focused()


def test_two_open_consoles_agree(console: Console, tasks: Page) -> None:
    expect(tasks.locator(".nav-foot")).to_contain_text("Live")
    with console.signed_in(place="tasks", phone=True) as other:
        one = row(other, "Collect the vessel")
        expect(one).to_be_visible()
        row(tasks, "Collect the vessel").get_by_role("checkbox").click()
        expect(one.get_by_role("checkbox")).to_be_checked()
        one.get_by_role("checkbox").click()
        expect(row(tasks, "Collect the vessel").get_by_role("checkbox")).not_to_be_checked()
        other.get_by_role("button", name="Add").first.click()
        other.get_by_label("What is to be done").fill("Bring the long ladder")
        other.keyboard.press("Enter")
        expect(row(tasks, "Bring the long ladder")).to_be_visible()
        row(tasks, "Bring the long ladder").locator(".task-text").click()
        tasks.keyboard.press("Escape")
        tasks.keyboard.press("Delete")
        tasks.get_by_role("alertdialog").get_by_role("button", name="Delete").click()
        expect(row(other, "Bring the long ladder")).to_have_count(0)


def test_a_task_is_added_and_found(tasks: Page) -> None:
    tasks.get_by_role("button", name="Add").first.click()
    tasks.get_by_label("What is to be done").fill("Measure the riser")
    shot(tasks, "tasks-add")
    tasks.keyboard.press("Enter")
    expect(row(tasks, "Measure the riser")).to_be_visible()
    tasks.get_by_role("searchbox").fill("riser")
    expect(tasks.locator(".task")).to_have_count(1)
    tasks.get_by_role("searchbox").fill("nobody says this")
    expect(tasks.locator(".tasks-empty")).to_contain_text("nobody says this")
    tasks.get_by_role("searchbox").fill("")
    tasks.get_by_role("button", name="Done", exact=True).click()
    expect(row(tasks, "Measure the riser")).to_have_count(0)


def test_tasks_are_saved_as_a_file_and_a_calendar_subscribes(tasks: Page) -> None:
    tasks.get_by_role("button", name="Export").click()
    with tasks.expect_download() as download:
        tasks.get_by_role("button", name="Spreadsheet").click()
    saved = download.value.path().read_text(encoding="utf-8")
    assert saved.startswith("\ufeff")
    assert "\"'=HYPERLINK" in saved
    tasks.get_by_role("button", name="Export").click()
    tasks.get_by_role("button", name="Make an address").click()
    address = tasks.get_by_label("Calendar address").input_value()
    axe(tasks)
    shot(tasks, "tasks-export")
    assert "SUMMARY:" in httpx.get(address, timeout=HANGS).raise_for_status().text
    tasks.get_by_role("button", name="Revoke").click()
    expect(tasks.get_by_label("Calendar address")).to_have_count(0)
    assert httpx.get(address, timeout=HANGS).status_code == 404


@pytest.mark.usefixtures("added")
def test_a_read_only_key_sees_no_button_that_would_fail(console: Console) -> None:
    with console.signed_in("read", place="tasks", language="de") as page:
        expect(page.locator(".task").first).to_be_visible()
        expect(page.get_by_role("button", name="Hinzufügen")).to_have_count(0)
        expect(page.locator("button.task-owner, button.task-due")).to_have_count(0)
        expect(page.locator(".task-check:enabled")).to_have_count(0)
        axe(page)
        shot(page, "tasks-read-only-german")
