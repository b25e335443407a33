"""An analysis as Markdown: its citations are footnotes. No words of a note or a model become a link or HTML."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, tzinfo

from ai_voice_shared.analyses.model import Analysis, Content, Section
from ai_voice_shared.answering.answers import Citation, Statement
from ai_voice_shared.phrases import phrase
from data_api_server.analyses.shown import language, nothing
from data_api_server.tasks.plain import literal

_MINUTE = 60


@dataclass
class _Footnotes:
    """The citations by their numbers; the same one has one number."""

    numbers: dict[Citation, int] = field(default_factory=dict)

    def marks(self, statement: Statement) -> str:
        """The marks behind a statement."""
        return "".join(f"[^{self.numbers.setdefault(one, len(self.numbers) + 1)}]" for one in statement.citations)


def markdown(one: Analysis, content: Content, where: tzinfo) -> str:
    """The whole text; times are as clocks there show them."""
    notes = _Footnotes()
    lines = [*_head(one, content)]
    for section in content.sections if one.status == "ready" else ():
        lines += _section(content, section, notes)
    lines += _foot(content)
    lines += [f"[^{number}]: {_cited(citation, where)}\n" for citation, number in notes.numbers.items()]
    return "\n".join(lines)


def _head(one: Analysis, content: Content) -> Iterator[str]:
    yield f"# {literal(one.name)}\n"
    about = [literal(text) for text in (one.title, one.day) if text]
    if about:
        yield " · ".join(about) + "\n"
    for wanted in content.choice.template.fields:
        if value := content.choice.fields.get(wanted.name):
            yield f"{literal(wanted.label)}: {literal(value)}\n"


def _section(content: Content, section: Section, notes: _Footnotes) -> Iterator[str]:
    if section.heading:
        yield f"## {literal(section.heading)}\n"
    bullet = "" if content.choice.template.layout == "letter" else "- "
    for statement in section.statements:
        yield f"{bullet}{literal(statement.text)}{notes.marks(statement)}\n"
    if said := nothing(content, section):
        yield f"{literal(said)}\n"


def _foot(content: Content) -> Iterator[str]:
    spoken, erased = language(content), sum(source.erased for source in content.sources)
    if content.left_out:
        yield literal(phrase("statements_left_out", spoken, count=str(content.left_out))) + "\n"
    if erased:
        yield literal(phrase("sources_erased", spoken, count=str(erased))) + "\n"


def _cited(one: Citation, where: tzinfo) -> str:
    at = datetime.fromisoformat(one.received_at).astimezone(where)
    told = [literal(one.sender_name), f"{at:%Y-%m-%d %H:%M}"]
    if one.start is not None:
        minutes, seconds = divmod(int(one.start), _MINUTE)
        told.append(f"{minutes}:{seconds:02}")
    return f"{', '.join(part for part in told if part)}: “{literal(one.quote)}”"
