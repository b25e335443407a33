"""The page's files: each one's name with a hash in it, and its bytes, made smaller and compressed once.

Nothing is read before somebody asks for the page, so no start of a function pays for it.
"""

import base64
import functools
import gzip
import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).with_name("page")
_VENDORED = FOLDER / "vendor"

PLACE = "console"
"""The files' folder in URLs, relative to the page."""

_TYPES = {".js": "text/javascript", ".mjs": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
_FIRST_STYLES = ("tokens", "base", "shell")
_HASH_DIGITS = 12


@dataclass(frozen=True)
class Asset:
    """A file that a browser keeps: another content has another name.

    Attributes:
        path: in the page's folder, such as `lib/api.js`.
        name: in URLs, such as `console/lib/api.0123456789ab.js`.
    """

    path: str
    name: str
    media_type: str
    body: bytes

    @functools.cached_property
    def compressed(self) -> bytes:
        """The same bytes, as gzip."""
        return gzip.compress(self.body, mtime=0)


@dataclass(frozen=True)
class Page:
    """The page itself, and its files by their names.

    Attributes:
        script_hash: of the one script that stands in the page, as a policy writes it: the import map cannot be a file.
    """

    body: bytes
    script_hash: str
    assets: dict[str, Asset]

    @functools.cached_property
    def compressed(self) -> bytes:
        """The page's bytes, as gzip."""
        return gzip.compress(self.body, mtime=0)


@functools.cache
def load() -> Page:
    """The page, read from its folder."""
    assets = [_asset(path) for path in sorted(FOLDER.rglob("*")) if path.suffix in _TYPES and path.suffix != ".css"]
    assets.append(_style_sheet())
    imports = _import_map(assets)
    page = (FOLDER / "index.html").read_text(encoding="utf-8")
    page = page.replace("<!-- imports -->", f'<script type="importmap">{imports}</script>')
    for asset in assets:  # what the page itself names
        page = page.replace(f'"{PLACE}/{asset.path}"', f'"{asset.name}"')
    return Page(page.encode(), _policy_hash(imports), {asset.name: asset for asset in assets})


def _asset(path: Path) -> Asset:
    body = path.read_bytes() if _VENDORED in path.parents else _lean(path.read_text(encoding="utf-8"))
    return _named(path.relative_to(FOLDER), body)


def _named(inside: Path, body: bytes) -> Asset:
    digest = hashlib.sha256(body).hexdigest()[:_HASH_DIGITS]
    name = f"{PLACE}/{inside.with_suffix('').as_posix()}.{digest}{inside.suffix}"
    return Asset(inside.as_posix(), name, _TYPES[inside.suffix], body)


def _lean(text: str) -> bytes:
    """The text without indentation, empty lines and lines of comment: a tenth of the page. No string spans lines."""
    lines = (line.strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//")).encode()


def _style_sheet() -> Asset:
    """All style sheets as one, which is smaller and one request: what all pages need first, then a page's own."""
    sheets = sorted((FOLDER / "styles").glob("*.css"))
    sheets.sort(
        key=lambda sheet: _FIRST_STYLES.index(sheet.stem) if sheet.stem in _FIRST_STYLES else len(_FIRST_STYLES)
    )
    return _named(Path("styles.css"), b"\n".join(_lean(sheet.read_text(encoding="utf-8")) for sheet in sheets))


def _import_map(assets: list[Asset]) -> str:
    """Where each module is: bare names of the vendored ones, and our own by their URLs without a hash.

    Browsers look a relative import up under its whole URL, so modules name each other as they lie in the folder.
    """
    names = {asset.path: f"./{asset.name}" for asset in assets if asset.media_type == "text/javascript"}
    vendored = json.loads((FOLDER / "vendor" / "vendor.json").read_text(encoding="utf-8"))
    bare = {name: names[f"vendor/{one['file']}"] for name, one in vendored.items()}
    own = {f"./{PLACE}/{path}": name for path, name in names.items() if not path.startswith("vendor/")}
    return json.dumps({"imports": bare | own}, separators=(",", ":"))


def _policy_hash(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"
