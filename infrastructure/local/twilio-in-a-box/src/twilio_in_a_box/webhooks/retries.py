"""How often and when Twilio posts a webhook again, as the fragment of its URL asks (Twilio, "Connection overrides")."""

import urllib.parse
from dataclasses import dataclass

MOST_RETRIES = 5
CONNECT_SECONDS = 5.0
READ_SECONDS = 15.0


@dataclass(frozen=True)
class Retries:
    """What a URL's fragment says.

    Attributes:
        count: how many further attempts there are.
        policies: when: `ct` no connection, `rt` no answer in time, `4xx`, `5xx`, `all`.
        connect_seconds: how long a connection may take.
        read_seconds: how long an answer may take.
    """

    count: int = 1
    policies: frozenset[str] = frozenset({"ct"})
    connect_seconds: float = CONNECT_SECONDS
    read_seconds: float = READ_SECONDS

    @classmethod
    def of(cls, url: str) -> "Retries":
        """Reads the fragment; what is no number or out of range keeps Twilio's default."""
        asked = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(url).fragment))
        return cls(
            count=int(_within(asked.get("rc", ""), 0, MOST_RETRIES, 1)),
            policies=frozenset(filter(None, asked.get("rp", "ct").split(","))),
            connect_seconds=_within(asked.get("ct", ""), 100, 10_000, CONNECT_SECONDS * 1000) / 1000,
            read_seconds=_within(asked.get("rt", ""), 100, 15_000, READ_SECONDS * 1000) / 1000,
        )

    def apply_to(self, what: str) -> bool:
        """Whether a failure is a reason to try again: `ct`, `rt`, or the status of an answer."""
        kind = what if what in {"ct", "rt"} else f"{what[:1]}xx"
        return kind in self.policies or ("all" in self.policies and kind != "2xx")


def _within(text: str, low: int, high: int, default: float) -> float:
    return int(text) if text.isascii() and text.isdigit() and low <= int(text) <= high else default
