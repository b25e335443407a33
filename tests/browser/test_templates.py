"""Templates of analyses in the console: written, copied and deleted, and by two people at once."""

from browser.analyses_api import AnalysesApi, opened
from browser.analyses_sample import diary
from browser.support import Console, axe, shot
from playwright.sync_api import expect


def test_a_template_of_ones_own_is_written_copied_and_deleted(console: Console) -> None:
    with opened(console, "analyses", AnalysesApi.of(diary())) as page:
        page.get_by_role("link", name="New template").click()
        page.get_by_label("Name", exact=True).fill("Handover list")
        page.get_by_label("What it should say").fill("What the client takes over.\n## Keys\nWho has them.")
        page.get_by_label("Looks like").select_option("letter")
        page.get_by_role("button", name="Add a field").click()
        page.get_by_label("Name of the field").fill("Flat")
        axe(page)
        shot(page, "template-new")
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_role("heading", name="Handover list")).to_be_visible()
        expect(page.locator(".an-instructions h3")).to_have_text("Keys")
        expect(page.get_by_label("Flat")).to_be_visible()
        axe(page)
        shot(page, "template-own")
        page.get_by_role("link", name="Make a copy").click()
        expect(page.get_by_label("Name", exact=True)).to_have_value("Handover list, copy")
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_role("heading", name="Handover list, copy")).to_be_visible()
        page.get_by_role("button", name="Delete").click()
        page.get_by_role("alertdialog").get_by_role("button", name="Delete").click()
        expect(page.get_by_role("link", name="Handover list, copy")).to_have_count(0)
        expect(page.get_by_role("link", name="Handover list")).to_be_visible()


def test_two_who_edit_a_template_at_once_see_both_texts(console: Console) -> None:
    with opened(console, "analyses/new", AnalysesApi.of(diary())) as page:
        page.get_by_label("Name", exact=True).fill("Complaint")
        page.get_by_label("What it should say").fill("What was agreed.")
        page.get_by_role("button", name="Save").click()
        page.get_by_role("link", name="Edit", exact=True).click()
        page.get_by_label("What it should say").fill("Mine.")
        page.evaluate(_SAVE_MEANWHILE, "Theirs.")
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_role("alert").first).to_contain_text("Theirs.")
        expect(page.get_by_label("What it should say")).to_have_value("Mine.")
        axe(page)
        shot(page, "template-conflict")
        page.get_by_role("button", name="Keep yours").click()
        expect(page.locator(".an-instructions")).to_have_text("Mine.")


_SAVE_MEANWHILE = """async (instructions) => {
  const headers = { "x-api-key": sessionStorage.getItem("console.key"), "content-type": "application/json" };
  const { templates } = await (await fetch("v1/templates", { headers })).json();
  const { template_id, etag, name, layout, over, fields } = templates.find((one) => one.name === "Complaint");
  const body = JSON.stringify({ name, instructions, layout, over, fields });
  await fetch(`v1/templates/${template_id}`, { method: "PUT", headers: { ...headers, "if-match": etag }, body });
}"""
