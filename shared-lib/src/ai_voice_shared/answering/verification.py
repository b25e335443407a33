"""Which of a model's statements may be shown: those with verbatim quotes that say no more than their sources."""

from dataclasses import dataclass, field
from datetime import UTC, tzinfo

from ai_voice_shared.answering import links, quotes
from ai_voice_shared.answering.answers import Citation, Statement
from ai_voice_shared.answering.citing import citation
from ai_voice_shared.answering.model import DraftStatement, Passage, Source
from ai_voice_shared.answering.passages import Found
from ai_voice_shared.claims import claims
from ai_voice_shared.facts import names as claim_names
from ai_voice_shared.phrases import phrase
from ai_voice_shared.telemetry import metric
from ai_voice_shared.times.zones import LocalTime, local_day
from ai_voice_shared.words.text_words import plain, written_words


@dataclass(frozen=True)
class Verification:
    """Judges the statements of one draft.

    Attributes:
        labelled: the segments that the model read, by the labels of its prompt.
        where: the company's time zone, for the days of its notes.
        tells_unproven: whether a statement that says more than its citations is shown, marked as such.
    """

    labelled: dict[str, Found]
    where: tzinfo = UTC
    tells_unproven: bool = False
    _names: dict[str, frozenset[str]] = field(default_factory=dict)

    def passages(self, today: LocalTime) -> list[Passage]:
        """The segments as lines of a prompt, with their times as clocks of that place show them."""
        return [
            Passage(
                label, one.segment.speaker or one.note.sender_name, today.local(one.note.received_at), one.segment.text
            )
            for label, one in self.labelled.items()
        ]

    def statement(self, draft: DraftStatement, language: str) -> Statement | None:
        """The statement with its verified citations, and with the links that the cited notes have.

        None if no citation is verified. If it says more than its citations, it is not proven: then it is None, or is
        shown with a sentence before it. `language` is the answer's (BCP 47), empty if unknown.
        """
        cited = {source: held for source in draft.sources if (held := self._cited(source))}
        found = {_label(source): self.labelled[_label(source)] for source in cited}
        segments = (segment.text for one in found.values() for segment in one.note.segments)
        text = links.supported(draft.text, segments)
        if not text or not cited:
            return None
        sentences = [_as_claimed(self.labelled[_label(source)], held, self.where) for source, held in cited.items()]
        citations = tuple(dict.fromkeys(cited.values()))
        if claims.hold(text, language or sentences[0].language, sentences, self._elsewhere(found)):
            return Statement(text, citations)
        if not self.tells_unproven:
            metric("StatementDropped")
            return None
        metric("StatementUnproven")
        return Statement(phrase("not_proven", language, statement=text), citations, proven=False)

    def _cited(self, source: Source) -> Citation | None:
        one = self.labelled.get(_label(source))
        place = quotes.located(source.quote, one.segment.text) if one else None
        if one and place:
            return citation(one, place)
        metric("CitationDropped")
        return None

    def _elsewhere(self, cited: dict[str, Found]) -> set[str]:
        """Words that are names in the other segments that the model read."""
        return {name for label in self.labelled if label not in cited for name in self._names_of(label)}

    def _names_of(self, label: str) -> frozenset[str]:
        if label not in self._names:
            one = self.labelled[label]
            who = {plain(word) for name in _who(one) for word in written_words(name)}
            self._names[label] = frozenset(who | claim_names.capitalised(one.segment.text, one.note.language))
        return self._names[label]


def _label(source: Source) -> str:
    return source.segment.strip().strip("[]")


def _who(one: Found) -> tuple[str, ...]:
    return tuple(name for name in (one.segment.speaker, one.note.sender_name) if name)


def _as_claimed(one: Found, citation: Citation, where: tzinfo) -> claims.Cited:
    start = len(citation.before)
    return claims.Cited(
        sentence=citation.sentence,
        start=start,
        end=start + len(citation.quote),
        language=one.note.language,
        who=_who(one),
        day=local_day(one.note.received_at, where),
        note=one.note.message_id,
    )
