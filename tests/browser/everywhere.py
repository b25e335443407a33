"""Looks at a page at every width and in both themes: accessibility, room for its words, and a picture of each."""

from collections.abc import Callable, Mapping, Sequence

from browser.support import axe, shot
from playwright.sync_api import Page, expect

SIZES = {"desk": (1440, 900), "laptop": (1000, 800), "tablet": (700, 900), "phone": (390, 844)}
"""Widths and heights in CSS pixels, one for each layout of the console."""

EVERYWHERE: Mapping[str, Sequence[str]] = dict.fromkeys(SIZES, ("light", "dark"))
"""The themes to look at, by the name of a size."""

_READY = "main:not(:has([aria-busy=true], .waiting)):has(h1, h2, [role=alert])"

_TOO_WIDE = """() => {
  const wide = (one) => one.scrollWidth > one.clientWidth + 1;
  const scrolls = (one) => ["auto", "scroll"].includes(getComputedStyle(one).overflowX);
  const inside = [...document.querySelectorAll("main, main *, .nav, .bar, dialog")].filter(scrolls);
  const found = [document.documentElement, document.body, ...inside].filter(wide);
  const meant = "textarea, input, .settings-side nav, .note-tabs, .notes-filters, .phones"; // rows that scroll
  return found.filter((one) => !one.matches(meant))
    .map((one) => `${one.localName}.${one.className}: ${one.scrollWidth} px in ${one.clientWidth}`);
}"""
"""What is wider than its place, so that a person would have to scroll to the side."""


def ready(page: Page) -> None:
    """Waits until nothing of the page is still loading."""
    expect(page.locator(_READY)).to_be_visible()


def go(page: Page, address: str, ready: Callable[[Page], None] = ready) -> None:
    """Goes to an address such as `#/notes/ID` in this tab, and waits until it is ready."""
    page.evaluate("to => location.hash = to", address)
    ready(page)


def pages_of(page: Page, ready: Callable[[Page], None] = ready) -> list[str]:
    """The addresses of all pages and sections that this key sees, as the navigation names them."""
    expect(page.locator(".shell")).to_be_visible()
    ready(page)
    pages = _links(page, "a.nav-item")
    go(page, "#/settings", ready)
    return [one for one in [*pages, *_links(page, ".settings-side a")] if one != "#/settings"]


def _links(page: Page, selector: str) -> list[str]:
    found: list[str] = page.locator(selector).evaluate_all("all => all.map(one => one.getAttribute('href'))")
    return list(dict.fromkeys(found))


def looked_at(page: Page, name: str, where: Mapping[str, Sequence[str]] = EVERYWHERE) -> list[str]:
    """What is wrong with what the page shows now, at these sizes and in these themes; takes a picture of each."""
    wrong = []
    for size, themes in where.items():
        resize(page, size)
        wrong += [f"{name}, {size}: {one}" for one in too_wide(page)]
        for theme in themes:
            page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
            wrong += [f"{name}, {size}, {theme}: {one}" for one in axe_finds(page)]
            shot(page, f"{name}-{size}-{theme}")
    return wrong


def resize(page: Page, size: str) -> None:
    """Gives the page another size, and lets it draw itself there."""
    width, height = SIZES[size]
    page.set_viewport_size({"width": width, "height": height})
    page.evaluate("() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))")


def too_wide(page: Page) -> list[str]:
    """What is wider than its place."""
    found: list[str] = page.evaluate(_TOO_WIDE)
    return found


def axe_finds(page: Page) -> list[str]:
    """What axe-core finds wrong, of any level."""
    try:
        axe(page)
    except AssertionError as error:
        return [str(error)]
    return []
