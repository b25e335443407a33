"""How the console carries a company with many notes, in a headless Chromium over the platform here.

Measured are: the time from opening the page to the first rows, for who comes first and for who has been here; the
JavaScript heap then and after scrolling to the end; and how smoothly the list scrolls.
"""

import argparse
import statistics
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from browser.support import DESKTOP, chromium
from browser.wire import wire
from playwright.sync_api import Browser, Page, sync_playwright
from support import many_notes
from support.waiting import HANGS, eventually

from ai_voice_local.platform import COMPANY, Platform, platform
from ai_voice_shared.aws import clients as aws
from ai_voice_shared.aws.ledger import Ledger

_TIMES, _AT_ONCE = 7, 6
_LONGEST = 120_000
"""Milliseconds after which something hangs."""

_FIRST_ROWS = """
window.firstRows = new Promise((resolve) => {
  const seen = new MutationObserver(() => {
    if (!document.querySelector("a[data-id]")) return;
    seen.disconnect();
    requestAnimationFrame(() => setTimeout(() => resolve(performance.now())));
  });
  seen.observe(document, { subtree: true, childList: true });
});
"""
"""Milliseconds from asking for the page until the first rows are drawn."""

_TO_THE_END = """
async () => {
  const list = document.querySelector(".notes-side");
  const frames = [];
  const started = await new Promise(requestAnimationFrame);
  let last = started;
  let moved = started;
  while (last - moved < 5000) {
    const before = list.scrollTop;
    list.scrollTop += 600;
    const now = await new Promise(requestAnimationFrame);
    frames.push(now - last);
    last = now;
    if (list.scrollTop !== before) moved = now;
  }
  const drawn = document.querySelectorAll("a[data-id]").length;
  return { frames, height: list.scrollHeight, drawn, took: moved - started };
}
"""
"""Scrolls by 600 px a frame until nothing more has come for 5 seconds."""


@dataclass(frozen=True)
class _Scrolled:
    """Milliseconds of each frame, and in all; the list's height in pixels, and how many rows are drawn at the end."""

    frames: list[float]
    height: int
    drawn: int
    took: float


def main() -> None:
    """Deploys the platform here, writes the notes, and prints what was measured."""
    parser = argparse.ArgumentParser(prog="make bench-console", description=__doc__)
    parser.add_argument("--notes", type=int, default=10_000, help="how many notes the company has (10000)")
    count = parser.parse_args().notes
    with tempfile.TemporaryDirectory(prefix="ai-voice-console-") as folder, platform(Path(folder)) as running:
        many_notes.write(Ledger(aws.dynamodb(), running.outputs.table), COMPANY, count)
        _say(f"{count:,} notes of one company")
        assert eventually(lambda: _warm(running)), "the data API does not answer"
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(**chromium())
            _first_visit(browser, running)
            _visits(browser, running)
            browser.close()


def _warm(running: Platform) -> bool:
    """Whether the functions answer as many requests at once as a browser makes."""
    headers = {"x-api-key": running.api_key}
    url = f"{running.outputs.data_api_url}/v1/notes"
    with ThreadPoolExecutor(_AT_ONCE) as threads:
        answers = threads.map(lambda _: httpx.get(url, headers=headers, timeout=HANGS).is_success, range(_AT_ONCE))
        return all(answers)


def _first_visit(browser: Browser, running: Platform) -> None:
    """Who comes for the first time, with nothing kept: the form to sign in, then the list."""
    with _tab(browser) as page, wire(page) as seen:
        _sign_in(page, running)
        page.wait_for_load_state("networkidle")
    _say(f"first visit: {seen.told()}")


def _visits(browser: Browser, running: Platform) -> None:
    """Who is signed in and opens the page again, with the files kept; then the list to its end."""
    with _tab(browser) as page:
        _sign_in(page, running)
        times = sorted(_reopened(page) for _ in range(_TIMES))
        _say(f"first rows, files kept: median {statistics.median(times):.0f} ms, slowest {times[-1]:.0f} ms")
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.send("Network.setCacheDisabled", {"cacheDisabled": True})
        times = sorted(_reopened(page) for _ in range(_TIMES))
        _say(f"first rows, nothing kept: median {statistics.median(times):.0f} ms, slowest {times[-1]:.0f} ms")
        _say(f"heap after the first rows: {_heap(page):.1f} MB")
        scrolled = _Scrolled(**page.evaluate(_TO_THE_END))
        slow = [frame for frame in scrolled.frames if frame > 50]
        frames = (
            f"{len(slow)} of {len(scrolled.frames):,} frames took over 50 ms, the longest {max(scrolled.frames):.0f} ms"
        )
        _say(
            f"scrolled {scrolled.height:,} px to the end in {scrolled.took / 1000:.1f} s; {frames}; "
            f"{scrolled.drawn} rows are drawn"
        )
        _say(f"heap at the end: {_heap(page):.1f} MB")


@contextmanager
def _tab(browser: Browser) -> Iterator[Page]:
    width, height = DESKTOP
    context = browser.new_context(viewport={"width": width, "height": height}, locale="en-GB")
    context.set_default_timeout(_LONGEST)
    context.add_init_script(_FIRST_ROWS)
    yield context.new_page()
    context.close()


def _sign_in(page: Page, running: Platform) -> None:
    page.goto(f"{running.outputs.data_api_url}/")
    page.locator("#key").fill(running.api_key)
    page.locator("form button[type=submit]").click()
    page.locator("a[data-id]").first.wait_for()


def _reopened(page: Page) -> float:
    """Milliseconds from a reload to the first rows. What the page before it asked for has come by then."""
    page.wait_for_load_state("networkidle")
    page.reload(wait_until="commit")
    return float(page.evaluate("window.firstRows"))


def _heap(page: Page) -> float:
    """Megabytes of JavaScript objects that are in use."""
    session = page.context.new_cdp_session(page)
    session.send("HeapProfiler.collectGarbage")
    session.send("Performance.enable")
    metrics: list[dict[str, Any]] = session.send("Performance.getMetrics")["metrics"]
    return float(next(one["value"] for one in metrics if one["name"] == "JSHeapUsedSize")) / 1e6


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
