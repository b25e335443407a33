"""Errors, named after what happens next. The worker handles them in one place."""

from datetime import datetime


class RetryLater(Exception):  # noqa: N818 - named after what happens next
    """A passing fault (timeout, 5xx): the message stays in the queue and comes again."""


class Wait(RetryLater):
    """Not yet (a rate limit, a budget): the message waits, and this does not count as a failed attempt.

    Attributes:
        seconds: how long at least.
        until: the time at which it can surely go on; None if this is not known.
    """

    def __init__(self, reason: str, seconds: int, until: datetime | None = None) -> None:
        super().__init__(reason)
        self.seconds = seconds
        self.until = until


class Scheduled(Wait):
    """A wait that the ledger keeps. The sweep brings the message back, so this delivery is done."""


class DeadLetter(Exception):  # noqa: N818
    """A retry would not help (401, exhausted quota): the message is parked with this reason."""


class TellSender(Exception):  # noqa: N818
    """The message cannot be filed (no speech, too long). It is settled, and the sender hears why.

    Attributes:
        phrase: name of a phrase in `ai_voice_shared.phrases`.
        details: the values for the phrase's placeholders.
    """

    def __init__(self, phrase: str, **details: str) -> None:
        super().__init__(phrase)
        self.phrase = phrase
        self.details = details


class Misconfigured(DeadLetter):
    """The operator has to act: one sentence that names what is missing and what to do."""


def reason(error: Exception) -> str:
    """The text of an error for notes and logs. Our own errors say why; others may quote anything: only their type."""
    return str(error) if isinstance(error, RetryLater | DeadLetter) else f"unexpected {type(error).__name__}"
