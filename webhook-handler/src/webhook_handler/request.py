"""One request in an API Gateway event (HTTP API, payload 2.0). Any event can be read without an error."""

import base64
from dataclasses import dataclass
from typing import Any, Self
from urllib.parse import parse_qs


@dataclass(frozen=True)
class Request:
    """One HTTP request.

    Attributes:
        path: the route's, without the API's stage.
        url: what Twilio called and signed. Its host never comes from a header, because anybody can write one.
        query: as sent, never encoded again, because it is signed as sent.
        body: None if it is unreadable (broken base64).
    """

    method: str
    path: str
    url: str
    query: str
    signature: str
    body: bytes | None

    @classmethod
    def from_event(cls, event: object, public_url: str) -> Self:
        """The request in the event; what is missing or of a wrong type is empty."""
        fields = _object(event)
        context = _object(fields.get("requestContext"))
        raw_path, query = _text(fields.get("rawPath")), _text(fields.get("rawQueryString"))
        path = raw_path.removeprefix("/" + _text(context.get("stage")))
        path = path if path.startswith("/") else raw_path
        here = public_url + path if public_url else f"https://{_text(context.get('domainName'))}{raw_path}"
        return cls(
            method=_text(_object(context.get("http")).get("method")).upper(),
            path=path,
            url=f"{here}?{query}" if query else here,
            query=query,
            signature=_header(_object(fields.get("headers")), "x-twilio-signature"),
            body=_body(fields),
        )

    @property
    def body_hash(self) -> str | None:
        """The SHA-256 of the body, hexadecimal, as Twilio puts it into the query when the body is no form."""
        return parse_qs(self.query).get("bodySHA256", [None])[0]


def _object(value: object) -> dict[Any, Any]:
    return value if isinstance(value, dict) else {}


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _header(headers: dict[Any, Any], name: str) -> str:
    found = (value for key, value in headers.items() if isinstance(key, str) and key.lower() == name)
    return _text(next(found, ""))


def _body(fields: dict[Any, Any]) -> bytes | None:
    body = fields.get("body")
    if body is None:
        return b""
    try:
        return base64.b64decode(body, validate=True) if fields.get("isBase64Encoded") is True else body.encode()
    except (AttributeError, TypeError, ValueError):
        return None
