"""The page's files: each one's name in URLs, and its bytes, made smaller and compressed once.

Nothing is read before somebody asks for the page, so no start of a function pays for it.
"""

import base64
import functools
import gzip
import hashlib
import json
import re
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).with_name("page")
_VENDORED = FOLDER / "vendor"

PLACE = "console"
"""The files' folder in URLs, relative to the page. In it, a release's files have a folder of their own."""

CODINGS = ("br", "gzip")
"""How contents can be compressed, as HTTP names it: the best first."""

_TYPES = {".js": "text/javascript", ".mjs": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
_FIRST_STYLES = ("tokens", "base", "shell")
_COMMENT = re.compile(r"(^|(?<=[;,{}()\[\]:]) )//.*")
"""To the end of a line: the whole of it, or what stands behind code."""
_HASH_DIGITS = 12
_BEST = 11
"""Of brotli's levels. It takes 5 ms a file, once."""


@dataclass(frozen=True)
class Content:
    """A file, as it is sent."""

    media_type: str
    body: bytes

    @functools.cache  # noqa: B019 - the page's files are there as long as the process
    def compressed(self, coding: str) -> bytes:
        """The same bytes, in one of the codings."""
        if coding == "gzip":
            return gzip.compress(self.body, mtime=0)
        import cramjam  # noqa: PLC0415 - 4 MB that only the page needs

        return bytes(cramjam.brotli.compress(self.body, _BEST))


@dataclass(frozen=True)
class Page:
    """The page itself, and its files by their paths in its folder, such as `lib/api.js`.

    Attributes:
        release: the hash over all files, and their folder in URLs: other contents have other names, and modules that
            import each other by relative paths stay in one release.
        script_hash: of the one script that stands in the page, as a policy writes it: the import map cannot be a file.
    """

    content: Content
    release: str
    script_hash: str
    files: dict[str, Content]


@functools.cache
def load() -> Page:
    """The page, read from its folder."""
    paths = sorted(path for path in FOLDER.rglob("*") if path.suffix in _TYPES and path.suffix != ".css")
    files = {path.relative_to(FOLDER).as_posix(): _file(path) for path in paths} | {"styles.css": _style_sheet()}
    release = release_of(files)
    imports = _import_map(release)
    page = (FOLDER / "index.html").read_text(encoding="utf-8")
    page = page.replace("<!-- imports -->", f'<script type="importmap">{imports}</script>')
    page = page.replace(f'"{PLACE}/', f'"{PLACE}/{release}/')
    return Page(Content("text/html", page.encode()), release, _policy_hash(imports), files)


def _file(path: Path) -> Content:
    body = path.read_bytes() if _VENDORED in path.parents else _lean(path.read_text(encoding="utf-8"))
    return Content(_TYPES[path.suffix], body)


def _lean(text: str) -> bytes:
    """The text without indentation, empty lines and comments: a tenth of the page. No string spans lines.

    A minifier would save another 4%, and leave a browser's debugger nothing to stop at.
    """
    lines = (_COMMENT.sub("", line.strip()) for line in text.splitlines())
    return "\n".join(line for line in lines if line).encode()


def _style_sheet() -> Content:
    """All style sheets as one, which is smaller and one request: what all pages need first, then a page's own."""
    sheets = sorted((FOLDER / "styles").glob("*.css"))
    sheets.sort(
        key=lambda sheet: _FIRST_STYLES.index(sheet.stem) if sheet.stem in _FIRST_STYLES else len(_FIRST_STYLES)
    )
    return Content("text/css", b"\n".join(_lean(sheet.read_text(encoding="utf-8")) for sheet in sheets))


def release_of(files: dict[str, Content]) -> str:
    """The hash over these files, by their paths."""
    digest = hashlib.sha256()
    for path, content in files.items():
        digest.update(f"{path} {len(content.body)} ".encode() + content.body)
    return digest.hexdigest()[:_HASH_DIGITS]


def _import_map(release: str) -> str:
    """Where the vendored modules are, by their bare names; our own import each other by relative paths."""
    vendored = json.loads((_VENDORED / "vendor.json").read_text(encoding="utf-8"))
    places = {name: f"./{PLACE}/{release}/vendor/{one['file']}" for name, one in vendored.items()}
    return json.dumps({"imports": places}, separators=(",", ":"))


def _policy_hash(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"
