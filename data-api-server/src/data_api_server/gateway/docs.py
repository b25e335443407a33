"""The documentation's page: our own file. It loads nothing from other sites and runs only its own script."""

import base64
import functools
import hashlib
import re
from pathlib import Path

from starlette.responses import HTMLResponse

_PAGE = Path(__file__).with_name("docs.html")
_INLINE = re.compile(r"<(script|style)>(.*?)</\1>", re.DOTALL)


async def docs() -> HTMLResponse:
    """The page. It reads openapi.json by a relative path, so that a stage in the path does not matter."""
    page, policy = _page()
    return HTMLResponse(page, headers={"content-security-policy": policy})


@functools.cache
def _page() -> tuple[str, str]:
    """The page and its policy, read at the first request, so that no cold start pays for it."""
    page = _PAGE.read_text(encoding="utf-8")
    return page, content_security_policy(page)


def content_security_policy(page: str) -> str:
    """What the page may do (W3C, "Content Security Policy Level 3"): its inline script and style by their hashes.

    It connects only to its own origin, and no other page may show it in a frame.
    """
    blocks = {kind: _hash(content) for kind, content in _INLINE.findall(page)}
    return (
        f"default-src 'none'; script-src {blocks['script']}; style-src {blocks['style']}; img-src data:; "
        "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )


def _hash(content: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}'"
