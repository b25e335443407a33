"""What the box keeps in its folder: files under their sids, logs of a JSON line each, and small JSON files."""

import json
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Kept:
    """The folder of one account."""

    folder: Path

    def open(self) -> None:
        """Makes the folder, for this user alone."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.folder.chmod(0o700)

    def keep(self, content: bytes, content_type: str) -> Path:
        """Keeps a file, its type beside it; its name is its sid."""
        file = self.folder / ("ME" + secrets.token_hex(16))
        file.write_bytes(content)
        file.with_suffix(".type").write_text(content_type, encoding="utf-8")
        return file

    def file(self, media_sid: str) -> Path | None:
        """The file with this sid; None when there is none, or no sid could be so."""
        file = self.folder / media_sid
        return file if media_sid.startswith("ME") and media_sid.isalnum() and file.exists() else None

    def type_of(self, file: Path) -> str:
        """The content type of a file."""
        return file.with_suffix(".type").read_text(encoding="utf-8")

    def log(self, name: str, line: dict[str, Any]) -> None:
        """Appends to a log, in one write: neither another thread nor a kill leaves half a line."""
        with (self.folder / name).open("ab", buffering=0) as log:
            log.write(f"{json.dumps(line)}\n".encode())

    def logged(self, name: str) -> list[dict[str, Any]]:
        """All that a log holds; nothing where there is none yet."""
        log = self.folder / name
        return [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()] if log.exists() else []

    def write(self, name: str, content: Any) -> None:
        """Writes a small JSON file; a kill leaves the file of before."""
        new = self.folder / f"{name}.{secrets.token_hex(4)}.new"
        new.write_text(json.dumps(content), encoding="utf-8")
        new.replace(self.folder / name)

    def read(self, name: str, default: Any) -> Any:
        """What a small JSON file holds."""
        file = self.folder / name
        return json.loads(file.read_text(encoding="utf-8")) if file.exists() else default
