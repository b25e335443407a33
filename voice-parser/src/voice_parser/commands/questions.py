"""How a question is answered: what the notes say, then one line for each source, so that it can be checked."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from ai_voice_shared import steps
from ai_voice_shared.answering.answering import Answering
from ai_voice_shared.answering.answers import Answer, Citation, Question, Statement
from ai_voice_shared.domain import Company
from ai_voice_shared.intents import Other
from ai_voice_shared.phrases import phrase
from ai_voice_shared.records.checkpoint import Checkpoint
from ai_voice_shared.times import days, zones
from ai_voice_shared.words.languages import primary
from voice_parser.commands.sources import numbered
from voice_parser.inbound.work import MessageInWork
from voice_parser.replying.clusters import shortened, units
from voice_parser.replying.literal_text import literal
from voice_parser.replying.splitting import LONGEST_REPLY
from voice_parser.understanding.understanding import Analysis

CONVERSATION = "whatsapp"
"""The one conversation of each sender, so that a follow-up question is understood."""

_SENTENCE = 184
"""UTF-16 units of a quote's sentence with the dots; four lines on a phone."""

_BEFORE = 60
"""UTF-16 units of such a sentence before its quote, if it is too long: a "not" is near its beginning."""

_EXTRACT = 400
"""UTF-16 units of a quote that is itself the answer."""

_NAME = 40

_LONGEST_QUESTION = 2_000
"""UTF-16 units of a question, as in the API."""

_STATEMENT = 1200
"""UTF-16 units of a statement; a longer one would leave no room for its sources."""

_LONGEST = LONGEST_REPLY - 400
"""UTF-16 units; the rest is for other sentences in the reply."""

_UNTOLD = re.compile(r"[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]+")
"""Characters that could break a line or change the reading direction."""

_QUOTED = str.maketrans(dict.fromkeys('"“”„«»', "'") | {"[": "(", "]": ")"})
"""Characters with which a note could end a quote early or imitate the number of a source."""


def question(work: MessageInWork, analysis: Analysis) -> Question | None:
    """What the note asks of the company's notes, or None when it asks nothing."""
    note, job, company = analysis.note, work.job, work.company
    if not isinstance(note, Other) or not (note.question or "").strip():
        return None
    return Question(
        company_id=job.company_id,
        user=job.customer_id,
        text=shortened(note.question or "", _LONGEST_QUESTION),
        conversation=CONVERSATION,
        languages=_languages(analysis.language, company),
        identity=job.message_id,
        zone=zones.zone(company.time_zone),
        asked_at=work.received_at,
    )


def ask(answering: Answering, question: Question, checkpoint: Checkpoint) -> Answer:
    """The answer. A retry reads it back, so that it is the same and is paid for once.

    Raises RetryLater or DeadLetter.
    """
    return checkpoint.once(steps.ANSWER, lambda: answering.ask(question), Answer)


def reply(answer: Answer, asked: datetime) -> str:
    """What the sender reads, in two messages at most; `asked` is when they asked, in the time zone for days.

    If it is too long, its end is left out, and a sentence says that there is more. Notes are other people's words: they
    are put on one line, and only we write numbers in brackets.
    """
    text = _composed(answer, asked, "")
    more = phrase("answer_goes_on", answer.language)
    shorter = _shorter(answer)
    while units(text) > _LONGEST and (told := next(shorter, None)):
        text = _composed(told, asked, more)
    return text


def flat(text: str) -> str:
    """The text on one line, which cannot change the lines around it."""
    return " ".join(_UNTOLD.sub(" ", text).split())


def _shorter(answer: Answer) -> Iterator[Answer]:
    """The answer with fewer and fewer statements, then with fewer sources of the first one; the numbers stay."""
    for count in range(len(answer.statements) - 1, 0, -1):
        yield replace(answer, statements=answer.statements[:count])
    for first in answer.statements[:1]:
        text = shortened(flat(first.text), _STATEMENT)
        for count in range(len(first.citations), 0, -1):
            yield replace(answer, statements=(replace(first, text=text, citations=first.citations[:count]),))


def _composed(answer: Answer, asked: datetime, more: str) -> str:
    numbers = numbered(answer)
    extracts = [statement for statement in answer.statements if _is_extract(statement)]
    statements = [_statement(told, numbers) for told in answer.statements if told not in extracts]
    quoted = {citation for statement in extracts for citation in statement.citations}
    lines = [
        _source(cited, number, answer.language, asked, _EXTRACT if cited in quoted else _SENTENCE)
        for cited, number in numbers.items()
    ]
    sources = ("\n\n" if extracts else "\n").join(lines)
    paragraphs = [flat(answer.notice), *statements, sources, more, _hint(numbers, answer.language)]
    return literal("\n\n".join(paragraph for paragraph in paragraphs if paragraph))


def _languages(asked: str, company: Company) -> tuple[str, ...]:
    """The question's own language, which is the answer's, and then the company's languages."""
    same = [code for code in company.languages if primary(code) == primary(asked)]
    return tuple(dict.fromkeys([*(same or [asked]), *company.languages]))


def _is_extract(statement: Statement) -> bool:
    """Whether it says only what its sources say: their lines then tell it once."""
    return statement.text == " ".join(citation.quote for citation in statement.citations)


def _statement(statement: Statement, numbers: dict[Citation, int]) -> str:
    text = re.sub(r"\s*\[\d+\]", "", flat(statement.text))
    marks = "".join(f"[{numbers[citation]}]" for citation in dict.fromkeys(statement.citations))
    return f"{text} {marks}"


def _source(citation: Citation, number: int, language: str, asked: datetime, longest: int) -> str:
    """Who, when, at which minute and second of a recording, and the sentence."""
    name = shortened(re.sub(r"[\[\]]", "", flat(citation.sender_name)), _NAME)
    parts = (name, _day(citation.received_at, language, asked), _minute(citation))
    return f'[{number}] {", ".join(part for part in parts if part)} "{_shown(citation, longest)}"'


def _day(received_at: str, language: str, asked: datetime) -> str:
    """In the asker's time zone; the current year is not named."""
    received = datetime.fromisoformat(received_at).astimezone(asked.tzinfo)
    return days.told(received.date(), language, asked.year)


def _minute(citation: Citation) -> str:
    if citation.start is None or not citation.end:  # an answer cached by an older release has 0 for written words
        return ""
    seconds = int(citation.start)
    return f"{seconds // 60}:{seconds % 60:02}"


def _shown(citation: Citation, longest: int) -> str:
    """The quote in its sentence, so that nobody reads "is safe" if the sentence begins with "do not assume"."""
    if units(flat(citation.before + citation.quote)) <= longest:
        return _shortened(citation.sentence, longest)
    before = shortened(flat(citation.before), _BEFORE)
    return _shortened(f"{before} {citation.quote}", longest)


def _shortened(said: str, longest: int) -> str:
    """The words, cut after a word, with dots if the note goes on."""
    words = flat(said).translate(_QUOTED)
    kept = shortened(words, longest).removesuffix("…").rstrip()
    before = "…" if kept[:1].islower() else ""
    after = "" if kept[-1:] in ".!?…。؟" else "…"
    return f"{before}{kept}{after}"


def _hint(numbers: dict[Citation, int], language: str) -> str:
    """The sentence that says how to hear the first source with a recording."""
    heard = next((number for citation, number in numbers.items() if citation.end), None)
    return phrase("hear_source", language, number=str(heard)) if heard else ""
