"""The steps of a message: what they are called, what each means, and what can be read from a name.

A step is done once for each message; its result is kept under its name. Existing ledgers have these names. So a new
name is a new step, and a name never gets another meaning.
"""

import re
from typing import Final

FOLDER: Final = "folder"
"""It is decided where the artifacts go."""

TURN: Final = "turn"
"""It was the message's turn; people are not shown that."""

MEDIA: Final = "media"
"""Its files are in our bucket."""

FILE_PROBLEM: Final = "file-problem"
"""Its file cannot be used, and why; the note is filed with the words that came with it."""

HEARD_ALONE: Final = "heard-alone"
"""Its recording is too large to be heard at the same time as others."""

SHARED: Final = "shared"
"""What the place or the contacts in it say is read."""

TRANSCRIPT: Final = "transcript"
"""Its recording is heard to the end."""

NOTE: Final = "note"
"""It is understood."""

ARTIFACTS: Final = "artifacts"
"""Its artifacts are written and listed."""

INDEXED: Final = "indexed"
"""Its words are asked to be made searchable."""

SEARCHABLE: Final = "searchable"
"""Its words can be found; the note alone keeps this one."""

REFUSED: Final = "refused"
"""There is no note in it, and why."""

PARKED: Final = "parked"
"""Everything of it is kept, because we could not work on it."""

ANSWER: Final = "answer"
"""The question in it is answered."""

CLIP: Final = "clip"
"""The source that it asks to hear is cut."""

TARGET: Final = "target"
"""It is decided which message it asks to forget."""

CHANGE: Final = "change"
"""It is decided what it asks to change, and of which note."""

FILLED: Final = "filled"
"""The note is understood as what it is to be filed as."""

CHANGED: Final = "changed"
"""What it asks to change is changed; its result is the reply."""

CORRECTED: Final = "corrected"
"""Somebody corrected the note; the note alone keeps this one."""

EVENING_ASKED: Final = "evening-asked"
"""It wishes an evening message, or none any more, or answers one; the result is what the sender is told."""

ASKS: Final = frozenset({ANSWER, CLIP, TARGET, CHANGE, EVENING_ASKED})
"""Steps of messages that ask something of us; these are not notes to be found."""

COUNTED: Final = "usage-"
"""The beginning of the names of markers that tell what was counted; people are not shown these."""

RECEIVED: Final = "received"
"""What is counted of the message itself, before any step."""

AGAIN: Final = "again-"
"""The beginning of the name of a step by which a note was understood again; its words' ETag and its intent follow."""

EVENING_PLAN: Final = "evening-plan"
"""What an evening message says; a message of ours has this step, and those that follow, and no message of a sender."""

EVENING: Final = "evening"
"""The evening message."""

ESCALATION_PLAN: Final = "escalation-plan"
"""What a supervisor is told of a call; a message of ours has this step, and the next, and no message of a sender."""

ESCALATION: Final = "escalation"
"""The message to the supervisor."""

FEEDBACK: Final = "feedback"
"""The reply that tells what became of it."""

GREETING: Final = "greeting"
"""The greeting of a new sender, if it does not fit into one message with the answer."""

TEMPLATE: Final = "template"
"""The template in place of a reply that reached nobody."""

FILE_ABSENT: Final = "file-absent"
"""The reply that its file is missing, while we still ask for it."""

TOO_MANY: Final = "too-many"
"""The reply that messages wait for their turn."""

OVER_BUDGET: Final = "over-budget"
"""The reply that the company's budget is used up."""

WAITS: Final = "waits"
"""The reply that it takes long."""

KEPT_FOR_US: Final = "kept-for-us"
"""The reply that it is parked."""

_WINDOW = "window-"
_NUMBERED = re.compile(r"(.+)-[0-9]+")


def window(number: int, count: int) -> str:
    """The step by which one of so many windows of a recording is heard."""
    return f"{_WINDOW}{number}-of-{count}"


def heard_again(step: str) -> str:
    """The step by which a window is heard a second time."""
    return f"{step}-again"


def is_window(step: str) -> bool:
    """Whether part of a recording was heard in it."""
    return step.startswith(_WINDOW)


def part(reply: str, number: int = 1) -> str:
    """The step by which a part of a reply is sent; 1 is the first."""
    return f"{reply}-{number}"


def is_part(reply: str, step: str) -> bool:
    """Whether a part of the reply is sent in the step."""
    numbered = _NUMBERED.fullmatch(step)
    return numbered is not None and numbered[1] == reply


def is_message(step: str) -> bool:
    """Whether a message may have left us in it; its result is the message's sid then."""
    return bool(_NUMBERED.fullmatch(step)) and not is_window(step)


def is_shown(step: str) -> bool:
    """Whether the step is shown to people."""
    return step != TURN and not step.startswith(COUNTED)


def measured_as(step: str) -> str:
    """The name that its time is measured under: one for all windows, and one for all parts of a reply."""
    return re.sub(r"-\d+", "", step)
