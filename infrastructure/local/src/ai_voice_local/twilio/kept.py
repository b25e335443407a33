"""What the stand-in for Twilio keeps in its folder: files under their sids, and logs of messages, a JSON line each."""

import json
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from ai_voice_local.twilio.callbacks import SECONDS


@dataclass(frozen=True)
class Kept:
    """The folder of one account."""

    folder: Path

    def keep(self, content: bytes, content_type: str) -> Path:
        """Keeps a file, its type beside it; its name is its sid."""
        file = self.folder / ("ME" + secrets.token_hex(16))
        file.write_bytes(content)
        file.with_suffix(".type").write_text(content_type, encoding="utf-8")
        return file

    def fetch(self, url: str) -> Path | None:
        """Keeps the file behind a URL; None when the URL does not give it to a stranger."""
        try:
            answer = httpx.get(url, follow_redirects=True, timeout=SECONDS)
        except httpx.HTTPError:
            return None
        return self.keep(answer.content, answer.headers.get("content-type", "")) if answer.is_success else None

    def file(self, uri: str) -> Path:
        """The file that a URI of the API names; it may be gone."""
        return self.folder / uri.rpartition("/")[2].removesuffix(".json")

    def log(self, name: str, message: dict[str, Any]) -> None:
        """Appends to a log."""
        with (self.folder / name).open("a", encoding="utf-8") as log:
            log.write(json.dumps(message) + "\n")

    def logged(self, name: str) -> list[dict[str, Any]]:
        """All that a log holds; nothing where there is none yet."""
        log = self.folder / name
        return [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()] if log.exists() else []
