"""A company's own words: those that it has accepted, and names that its corrections suggest.

The customers file has words of the operator's; these are the company's, which an API key may change.
"""

import hashlib
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from itertools import islice
from typing import Any

from ai_voice_shared.aws.ledger import Ledger
from ai_voice_shared.aws.ledger_items import Item, expiry, text
from ai_voice_shared.domain import Company, now, timestamp
from ai_voice_shared.erasure.ledger_record import Items, LedgerRecord
from ai_voice_shared.errors import RetryLater
from ai_voice_shared.telemetry import log

_ACCEPTED = "ACCEPTED"
_SUGGESTION = "SUGGESTION#"
_DISMISSED = "DISMISSED#"
KEPT = timedelta(days=90)
"""How long a suggestion is kept if nobody accepts it."""

DISMISSED_FOR = timedelta(days=400)
"""How long a word is not suggested again that somebody has dismissed."""

MOST_WORDS = 200
LONGEST_WORD = 100
"""Characters. Both limit the size of each prompt and each request to a transcriber."""

_SHOWN = 100
"""Suggestions, those of the latest corrections."""

_EXAMINED = 1_000
"""How many suggestions, and how many dismissed words, are looked at."""

_UNKEPT = timedelta(seconds=30)

_REMEMBERED = 300.0
"""Seconds for which a worker does not look again: this costs one read for each company, however many notes come."""


@dataclass(frozen=True)
class Suggestion:
    """A name that a correction put in place of another.

    Attributes:
        instead_of: the words before.
        message_id: the note that was corrected; the suggestion is erased with it.
        at: when (ISO 8601, UTC).
    """

    word: str
    instead_of: str
    message_id: str
    at: str


@dataclass(frozen=True)
class Glossary:
    """The words of all companies. Every method needs the company and sees only its words."""

    ledger: Ledger

    @staticmethod
    def partition(company_id: str) -> str:
        """The ledger's partition of the company's words."""
        return f"GLOSSARY#{company_id}"

    def accepted(self, company_id: str) -> tuple[str, ...]:
        """The words that the company has accepted."""
        item = self.ledger.get(self.partition(company_id), _ACCEPTED)
        return tuple(word for word in text(item, "words").split("\n") if word) if item else ()

    def accept(self, company_id: str, words: Sequence[str], before: Sequence[str] | None = None) -> bool:
        """Replaces the accepted words by these, each on one line; False if the words were not `before`.

        `before` None means any words.
        """
        values: Item = {"words": "\n".join(words), "accepted_at": timestamp(now())}
        if before is None:
            return self.ledger.update(self.partition(company_id), _ACCEPTED, values)
        condition = "words = :before" if before else "attribute_not_exists(words) OR words = :before"
        known: Item = {"before": "\n".join(before)}
        return self.ledger.update(self.partition(company_id), _ACCEPTED, values, condition=condition, known=known)

    def suggest(
        self, company_id: str, message_id: str, names: Sequence[tuple[str, str]], is_erased: Callable[[str], bool]
    ) -> None:
        """Keeps the names that a correction of the note changed; the same correction again changes nothing.

        Nothing of an erased note stays. An erasure first makes `is_erased` true, and then deletes what it finds. So a
        suggestion is first written for a moment, and kept only if no erasure had begun by then.
        """
        pk = self.partition(company_id)
        for before, word in names:
            place, moment = _place(message_id, word), now()
            known: Item = {"word": word, "instead_of": before, "message_id": message_id, "at": timestamp(moment)}
            self.ledger.put_new({"pk": pk, "sk": place, **known, "expires_at": expiry(moment + _UNKEPT)})
        if names and not is_erased(message_id):
            for _, word in names:
                kept: Item = {"expires_at": expiry(now() + KEPT)}
                self.ledger.update(pk, _place(message_id, word), kept, condition="attribute_exists(pk)")

    def dismiss(self, company_id: str, word: str, *, dismissed: bool) -> None:
        """Keeps that the company does not want this word suggested, whichever notes it comes from; or that it does.

        Only the word's hash is kept: a name does not outlive the note that it comes from.
        """
        until = now() + DISMISSED_FOR if dismissed else now()
        self.ledger.put({"pk": self.partition(company_id), "sk": _DISMISSED + _hash(word), "expires_at": expiry(until)})

    def suggestions(self, company_id: str, accepted: Iterable[str]) -> list[Suggestion]:
        """The suggestions, the latest first, each word once, without accepted, dismissed and expired ones."""
        items = self._alive(company_id, _SUGGESTION)
        dismissed = {text(item, "sk").removeprefix(_DISMISSED) for item in self._alive(company_id, _DISMISSED)}
        known = {word.casefold() for word in accepted}
        found: list[Suggestion] = []
        for item in sorted(items, key=lambda item: text(item, "at"), reverse=True):
            if (word := text(item, "word")).casefold() not in known and _hash(word) not in dismissed:
                known.add(word.casefold())
                found.append(Suggestion(word, text(item, "instead_of"), text(item, "message_id"), text(item, "at")))
        return found[:_SHOWN]

    def _alive(self, company_id: str, prefix: str) -> list[Item]:
        alive = now().timestamp()
        every = self.ledger.partition(self.partition(company_id), prefix)
        return [item for item in islice(every, _EXAMINED) if int(item["expires_at"]) > alive]

    def exported(self, company_id: str) -> dict[str, Any]:
        """What a company's export has of it."""
        accepted = self.accepted(company_id)
        return {"accepted": accepted, "suggestions": [asdict(one) for one in self.suggestions(company_id, accepted)]}

    def erasable(self) -> LedgerRecord:
        """Suggestions go with the note they come from; accepted words are the company's own."""
        return LedgerRecord(
            ledger=self.ledger,
            counted_as="glossary",
            message=lambda one: Items(self.partition(one.company_id), f"{_SUGGESTION}{one.message_id}#"),
            person=None,
            company=lambda company_id: Items(self.partition(company_id)),
        )


class KnownGlossaries:
    """Adds a company's accepted words to its own, and looks for them only now and then."""

    def __init__(self, glossary: Glossary, clock: Callable[[], float] = time.monotonic) -> None:
        self._glossary = glossary
        self._clock = clock
        self._kept: dict[str, tuple[float, tuple[str, ...]]] = {}

    def added_to(self, company: Company) -> Company:
        """The company with all its words, the operator's first; only with those while the ledger does not answer."""
        known = {word.casefold() for word in company.glossary}
        more = (word for word in self._words(company.company_id) if word.casefold() not in known)
        return replace(company, glossary=(*company.glossary, *more))

    def _words(self, company_id: str) -> tuple[str, ...]:
        kept = self._kept.get(company_id)
        if kept and self._clock() - kept[0] <= _REMEMBERED:
            return kept[1]
        try:
            words = self._glossary.accepted(company_id)
        except RetryLater as error:
            log("glossary not read", company_id=company_id, reason=str(error))
            return kept[1] if kept else ()
        self._kept[company_id] = (self._clock(), words)
        return words


def _place(message_id: str, word: str) -> str:
    return f"{_SUGGESTION}{message_id}#{_hash(word)}"


def _hash(word: str) -> str:
    return hashlib.sha256(word.casefold().encode()).hexdigest()[:16]
