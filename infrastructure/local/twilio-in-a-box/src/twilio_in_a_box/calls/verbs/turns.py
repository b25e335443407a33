"""Where a call goes on after a verb."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Turn:
    """The next document: its URL, maybe relative, and the parameters that a verb adds."""

    url: str
    method: str = "POST"
    form: dict[str, str] = field(default_factory=dict)


END = Turn("", "END")
"""The call ends here."""
