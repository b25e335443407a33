"""How long we ask for a file that its source does not have yet, and when its sender hears of it."""

from datetime import datetime, timedelta

from ai_voice_shared.domain import now
from ai_voice_shared.errors import TellSender, Wait

_YOUNG = timedelta(minutes=15)
"""Media can be missing for many minutes after their webhook (reported of Twilio since December 2025)."""

_ASKED_FOR = timedelta(days=1)
_SHORTEST, _LONGEST = 20, 120
"""Seconds between two tries while the message is young."""

_ABSENT = "media_gone"


class LateFile(Wait):
    """The message's file may still come.

    Attributes:
        told: whether it is time to tell the sender that it is missing.
    """

    def __init__(self, seconds: int, until: datetime | None = None) -> None:
        super().__init__("the message's file is not there yet", seconds, until)
        self.told = until is not None


def late(problem: TellSender, received_at: datetime, *, worth_a_day: bool) -> LateFile | None:
    """What to raise when a message's file cannot be fetched; None if no further try is worth it.

    A message that has words of its own is filed with them after a quarter of an hour (`worth_a_day` is False).
    """
    age = now() - received_at
    if problem.phrase != _ABSENT or age >= (_ASKED_FOR if worth_a_day else _YOUNG):
        return None
    if age >= _YOUNG:
        return LateFile(int(_YOUNG.total_seconds()), received_at + _ASKED_FOR)
    left = (_YOUNG - age).total_seconds()
    return LateFile(int(min(max(_SHORTEST, min(age.total_seconds(), _LONGEST)), left)) + 1)
