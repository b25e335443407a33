"""Tries a rule on the company's past notes: the search finds where it may be said, and only that is read."""

import secrets
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import islice

from ai_voice_shared.answering import citing
from ai_voice_shared.answering.answers import Statement
from ai_voice_shared.answering.passages import Found
from ai_voice_shared.answering.quotes import Place
from ai_voice_shared.domain import Tokens
from ai_voice_shared.keywords.compiling import compiled
from ai_voice_shared.keywords.expressions import literals
from ai_voice_shared.keywords.matching import Matcher
from ai_voice_shared.keywords.rule import Rule
from ai_voice_shared.search.model import EVERYWHERE, Hit, IndexedNote
from data_api_server.notes.asking import Asking, Shown
from data_api_server.rules.models import RuleHit, RuleTried
from data_api_server.services import Services

_PASSAGES, _NOTES, _HITS = 100, 40, 50
_READ_AT_ONCE = 10


def tried(services: Services, company_id: str, rule: Rule) -> RuleTried:
    """Where the rule is said, whatever its time; raises Refused or RetryLater."""
    matcher = Matcher(compiled([replace(rule, valid_from="", valid_until="")]))
    passages = _passages(services, company_id, rule)
    notes = _notes(services, company_id, list(dict.fromkeys(one.message_id for one in passages))[:_NOTES])
    usual = services.indexes.languages(company_id)
    shown = Shown(_asking(services), company_id)
    hits = (
        RuleHit(
            phrase=phrase, citation=shown.statement(Statement(quote, (citing.citation(found, place),))).citations[0]
        )
        for phrase, quote, found, place in _said(matcher, notes, passages, usual)
    )
    return RuleTried(hits=list(islice(hits, _HITS)), notes=len(notes))


def _passages(services: Services, company_id: str, rule: Rule) -> Sequence[Hit]:
    """Those with its words; if it has none that can be searched, the newest ones."""
    about = " ".join([*rule.words, *map(literals, rule.expressions)]).strip()
    if not about:
        return services.indexes.newest(company_id, EVERYWHERE, _PASSAGES)
    tokens: list[int] = []
    found = services.indexes.search(company_id, about, EVERYWHERE, _PASSAGES, spend=tokens.append)
    services.quotas.asked(company_id, secrets.token_hex(16), Tokens(embedding=sum(tokens)))
    return found


def _notes(services: Services, company_id: str, message_ids: Sequence[str]) -> dict[str, IndexedNote]:
    with ThreadPoolExecutor(_READ_AT_ONCE) as threads:
        found = threads.map(lambda one: services.stored.read(company_id, one), message_ids)
    return {message_id: note for message_id, note in zip(message_ids, found, strict=True) if note}


def _said(
    matcher: Matcher, notes: dict[str, IndexedNote], passages: Sequence[Hit], usual: Sequence[str]
) -> Iterator[tuple[str, str, Found, Place]]:
    """Each place once, those of the best passage first: the phrase, what was said, and where."""
    seen: set[tuple[str, int]] = set()
    for passage in passages:
        note = notes.get(passage.message_id)
        for position in range(passage.first, min(passage.last + 1, len(note.segments))) if note else ():
            if note is None or (passage.message_id, position) in seen:
                continue
            seen.add((passage.message_id, position))
            text = note.segments[position].text
            for one in matcher.find(text, [note.language] if note.language else usual, ""):
                yield one.phrase, text[one.begin : one.stop], Found(note, position), Place(one.begin, one.stop)


def _asking(services: Services) -> Asking:
    return Asking(services.answering, services.notes, services.store, services.url_seconds, services.quotas)
