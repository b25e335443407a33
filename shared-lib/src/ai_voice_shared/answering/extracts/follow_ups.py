"""How a question is searched that may belong to those before it."""

from collections.abc import Sequence

from ai_voice_shared.answering.model import Plan
from ai_voice_shared.records.conversations import Turn
from ai_voice_shared.search.question import telling
from ai_voice_shared.search.words import length

_FOLLOW_UP_WORDS = 2
"""The most words with a subject in a question that may belong to the one before it; unspaced characters count half."""


def plan(question: str, turns: Sequence[Turn]) -> Plan:
    """The question as is; a follow-up question also together with the questions before it."""
    earlier = before(question, turns)
    alone = [question] if earlier and telling(question) else []
    return Plan(standalone=" ".join([*earlier, question]), language="", searches=alone)


def before(question: str, turns: Sequence[Turn]) -> list[str]:
    """The questions before this one, oldest first, back to the last complete one."""
    chain = [question]
    for turn in reversed(turns):
        if length(" ".join(telling(chain[-1]))) > _FOLLOW_UP_WORDS:
            break
        chain.append(turn.question)
    return chain[:0:-1]
