"""Twilio's own library for Python, talking to the box: `Client(sid, token, http_client=ToBox(url))`."""

from typing import Any

from twilio.http.http_client import TwilioHttpClient


class ToBox(TwilioHttpClient):  # type: ignore[misc]  # it ships no types
    """Sends to the box what goes to Twilio's hosts; all of them are one origin there."""

    def __init__(self, origin: str) -> None:
        super().__init__()
        self.origin = origin.rstrip("/")

    def request(self, method: str, url: str, *arguments: Any, **named: Any) -> Any:
        """The request to `https://…twilio.com/path`, as one to the box's `/path`."""
        return super().request(method, f"{self.origin}/{url.split('/', 3)[3]}", *arguments, **named)
