"""How an answer is spoken: one or two facts, each with who said it and when, on one breath each."""

from datetime import datetime

from ai_voice_shared.answering.answers import Answer, Citation, Statement
from ai_voice_shared.phrases import phrase
from ai_voice_shared.times import days
from voice_parser.commands.questions import flat
from voice_parser.commands.sources import Source
from voice_parser.replying.clusters import shortened

_STATEMENTS = 2
"""A listener cannot look back; the first statements matter most."""

_LONGEST = 400
"""UTF-16 units of one fact; half a minute of speech."""

_NAME = 60


def spoken(answer: Answer, asked: datetime) -> str:
    """What is said of an answer; `asked` is when it was asked, in the time zone for days."""
    if not answer.statements:
        return flat(answer.notice)
    return " ".join(_fact(statement, answer.language, asked) for statement in answer.statements[:_STATEMENTS])


def heard_source(answer: Answer) -> Source | None:
    """The first place that can be played; None if all that was cited was written."""
    cited = (citation for statement in answer.statements[:_STATEMENTS] for citation in statement.citations)
    return next((Source(one.message_id, one.start or 0.0, one.end) for one in cited if one.end), None)


def _fact(statement: Statement, language: str, asked: datetime) -> str:
    extract = statement.text == " ".join(citation.quote for citation in statement.citations)
    told = " ".join(citation.sentence for citation in statement.citations) if extract else statement.text
    text = shortened(flat(told), _LONGEST)
    ended = text if text[-1:] in ".!?…" else f"{text}."
    return f"{ended} {_source(statement.citations[0], language, asked)}"


def _source(citation: Citation, language: str, asked: datetime) -> str:
    received = datetime.fromisoformat(citation.received_at).astimezone(asked.tzinfo)
    day = days.told(received.date(), language, asked.year)
    sender = shortened(flat(citation.sender_name), _NAME)
    return phrase("call_said_by" if citation.end else "call_written_by", language, sender=sender, day=day)
