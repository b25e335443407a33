"""What a page loads over the network, as the browser itself counts it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Page


@dataclass
class Wire:
    """What came over the network.

    Attributes:
        sizes: bytes of each answer as they were sent, headers too, by the answer's number.
    """

    sizes: dict[str, int] = field(default_factory=dict)
    _addresses: dict[str, str] = field(default_factory=dict)

    def told(self) -> str:
        """For people: how many requests and bytes, and how many of them are the console's own files."""
        files = [self.sizes[one] for one, address in self._addresses.items() if "/console/" in address]
        return (
            f"{len(self.sizes)} requests, {sum(self.sizes.values()):,} bytes over the wire; "
            f"the console's files: {len(files)} requests, {sum(files):,} bytes"
        )

    def _answered(self, event: dict[str, Any]) -> None:
        if not event["response"].get("fromDiskCache"):
            self._addresses[event["requestId"]] = event["response"]["url"]

    def _loaded(self, event: dict[str, Any]) -> None:
        if event["requestId"] in self._addresses:
            self.sizes[event["requestId"]] = int(event["encodedDataLength"])


@contextmanager
def wire(page: Page) -> Iterator[Wire]:
    """Counts while the block runs."""
    seen = Wire()
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.on("Network.responseReceived", seen._answered)  # noqa: SLF001 - its own module
    session.on("Network.loadingFinished", seen._loaded)  # noqa: SLF001 - as above
    try:
        yield seen
    finally:
        session.detach()
