"""Errors are named after what happens next; the worker settles them in one place."""

from datetime import datetime


class RetryLater(Exception):  # noqa: N818 - named after what happens next
    """A passing fault (timeout, 5xx): the message stays in the queue and comes again."""


class Wait(RetryLater):
    """Not yet, and nobody's fault (a rate limit, a budget): the message waits, and it is no failed attempt.

    Attributes:
        seconds: how long at least.
        until: when there is room again whatever happens; None where nobody can tell.
    """

    def __init__(self, reason: str, seconds: int, until: datetime | None = None) -> None:
        super().__init__(reason)
        self.seconds = seconds
        self.until = until


class Scheduled(Wait):
    """A wait that the ledger keeps: the sweep brings the message back, so this delivery of it is done."""


class DeadLetter(Exception):  # noqa: N818
    """Nothing a retry would mend (401, exhausted quota): the message is parked with this reason."""


class TellSender(Exception):  # noqa: N818
    """The message is settled as it is (no speech, too long): the sender hears why.

    Attributes:
        phrase: name of a phrase in `ai_voice_shared.phrases`.
        details: what the phrase's placeholders stand for.
    """

    def __init__(self, phrase: str, **details: str) -> None:
        super().__init__(phrase)
        self.phrase = phrase
        self.details = details


class Misconfigured(DeadLetter):
    """The operator has to act: one sentence that names what is missing and what to do."""


def reason(error: Exception) -> str:
    """What notes and logs may tell of an error: our own say why, in words of ours; others may quote anything."""
    return str(error) if isinstance(error, RetryLater | DeadLetter) else f"unexpected {type(error).__name__}"
