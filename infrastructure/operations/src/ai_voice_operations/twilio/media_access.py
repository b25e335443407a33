"""Whether Twilio gives files to anybody who knows their URL. Its API does not say, so a file is asked for."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import httpx

from ai_voice_operations.twilio.api import API, TwilioAccount

_RECENT = 100


@dataclass(frozen=True)
class MediaAccess:
    """The files of an account's newest messages."""

    account: TwilioAccount

    def is_open(self) -> bool | None:
        """Whether a file is given without credentials; None if no recent message has a file that shows it.

        Nothing of the file is read. Raises TwilioProblem, or httpx.HTTPError.
        """
        for url in self._urls():
            with self.account.http.stream("GET", url, follow_redirects=False) as answer:
                if answer.status_code == httpx.codes.UNAUTHORIZED:
                    return False
                if answer.is_success or answer.has_redirect_location:
                    return True
        return None

    def _urls(self) -> Iterator[str]:
        """The URLs of the files of the newest message that still has some."""
        root = f"/2010-04-01/Accounts/{self.account.account_sid}/Messages"
        newest: list[Any] = self.account.read(f"{API}{root}.json?PageSize={_RECENT}").get("messages") or []
        for sid in [one["sid"] for one in newest if one["direction"] == "inbound" and one["num_media"] != "0"][:1]:
            for file in self.account.read(f"{API}{root}/{sid}/Media.json").get("media_list") or []:
                yield f"{API}{root}/{sid}/Media/{file['sid']}"
