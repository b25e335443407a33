"""What the tests of the console's pages share: the browser, a signed-in page, accessibility and pictures."""

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from support import patient
from support.deployed import Deployed
from support.waiting import HANGS

from ai_voice_local.platform import COMPANY
from ai_voice_shared.aws.ledger import Ledger
from ai_voice_shared.records.api_keys import ApiKeys, Scope

PICTURES = Path(os.environ.get("PICTURES", ".local/browser"))
"""Where pictures go; git does not know the folder."""

LONGEST = float(os.environ.get("BROWSER_SECONDS", HANGS)) * 1000
"""Milliseconds after which something hangs; no test asserts how long anything takes."""

DESKTOP = (1440, 900)
PHONE = (390, 844)

_ARGUMENTS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--autoplay-policy=no-user-gesture-required",
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
)


def chromium() -> dict[str, Any]:
    """How Debian's Chromium, or the one that CHROMIUM names, is started; no browser is ever downloaded."""
    there = (shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome"))
    path = os.environ.get("CHROMIUM") or next((name for name in there if name), None)
    if path is None:
        raise FileNotFoundError("There is no Chromium here: install it (apt-get install chromium), or set CHROMIUM.")
    return {"executable_path": path, "args": list(_ARGUMENTS)}


@dataclass(frozen=True)
class Console:
    """The console of the sample company, in a browser."""

    deployed: Deployed
    browser: Browser

    @property
    def url(self) -> str:
        """The page's address."""
        return f"{self.deployed.platform.outputs.data_api_url}/"

    def key(self, *scopes: Scope, name: str = "office", company: str = COMPANY) -> str:
        """A new key of a company, with these scopes: all of them without any."""
        return self._keys.create(company, name, scopes or ("read", "write", "erase"))[0]

    @property
    def _keys(self) -> ApiKeys:
        return ApiKeys(Ledger(patient.dynamodb(), self.deployed.platform.outputs.table))

    def tab(self, **how: Any) -> AbstractContextManager[Page]:
        """A tab of its own, with nobody signed in; see `tab` below."""
        return tab(self.browser, **how)

    @contextmanager
    def signed_in(self, *scopes: Scope, place: str = "", **how: Any) -> Iterator[Page]:
        """A tab where somebody is signed in with a key of these scopes, at a place such as `notes/ID`.

        The key ends with the tab: a company has room for a hundred.
        """
        secret, key = self._keys.create(COMPANY, "office", scopes or ("read", "write", "erase"))
        with self.tab(**how) as page:
            page.goto(f"{self.url}#/{place}")
            sign_in(page, secret)
            expect(page.locator(".shell")).to_be_visible()
            yield page
        self._keys.revoke(COMPANY, key.key_id)


@contextmanager
def tab(browser: Browser, *, dark: bool = False, phone: bool = False, language: str = "en-GB") -> Iterator[Page]:
    """A tab of its own; ends with the test if the page reports an error."""
    width, height = PHONE if phone else DESKTOP
    context = browser.new_context(
        viewport={"width": width, "height": height},
        device_scale_factor=2 if phone else 1,
        has_touch=phone,
        color_scheme="dark" if dark else "light",
        locale=language,
        timezone_id="Europe/London",
        reduced_motion="reduce",
    )
    context.set_default_timeout(LONGEST)
    context.set_default_navigation_timeout(LONGEST)
    page = context.new_page()
    failures: list[str] = []
    page.on("pageerror", lambda error: failures.append(str(error)))
    page.on("console", lambda said: failures.append(said.text) if _is_failure(said.text) else None)
    try:
        yield page
    finally:
        context.close()
    assert failures == []


def _is_failure(said: str) -> bool:
    """What no page may ever say: something was refused by its policy."""
    return "Content Security Policy" in said


def sign_in(page: Page, key: str) -> None:
    """Types the key and opens the console."""
    page.locator("#key").fill(key)
    page.locator("form button[type=submit]").click()


def shot(page: Page, name: str) -> None:
    """Takes a picture of what the page shows now."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=PICTURES / f"{name}.png")


def axe(page: Page) -> None:
    """Asserts that axe-core finds nothing wrong with what the page shows now, of any level."""
    found = Axe().run(page).response["violations"]
    told = [f"{one['id']}: {one['help']}\n  {_nodes(one)}" for one in found]
    assert told == [], "\n".join(told)


def _nodes(violation: dict[str, Any]) -> str:
    nodes = (re.sub(r"\s+", " ", node["html"])[:300] for node in violation["nodes"][:5])
    return "\n  ".join(nodes)
