"""Which orders a sentence has, and of each who has to do what, and by when.

"Order the valve and call Mr Smith by Friday" has two.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import batched

from ai_voice_shared.intents import ActionItem
from ai_voice_shared.times import due_dates
from voice_parser.understanding.asking import asks, lacks
from voice_parser.understanding.clauses import opened, opening
from voice_parser.understanding.cues import Cues, plain
from voice_parser.understanding.verbs import begins_with_verb, ends_with_verb, is_verb

_SHORTEST = 2
"""Words of an order: its verb, and what it is about."""

_REMEDY = 5
"""Words of an order about something that is lacking, at most: "get some more in"; and of an order in a row."""

_ROW = 3
"""Orders in a row, at least."""

_MARKS = " \t,;:–-"
_ENDS = ".!?… "
_BEFORE_WHAT = re.compile(
    r"^[\s,;:]*(?:(?:to|dass|ob|de|d'|que|qu'(?:il|elle)|om|di|che|para|pra)(?!\w)\s*)?", re.IGNORECASE
)
"""What joins the person to what they have to do."""


def action_items(sentence: str, cues: Cues) -> Iterator[ActionItem]:
    """One item for each order. The person of the first order also has the next ones, unless they name somebody else."""
    who = None
    for order in orders(sentence, cues):
        item = _item(order, cues)
        who = item.who or who
        yield item.model_copy(update={"who": who})


def orders(sentence: str, cues: Cues) -> list[str]:
    """The orders of a sentence, in their order; the whole sentence if it has one order, or none that we recognize.

    It is cut at a comma or a joining word if another order begins after it, or ends after it, as in German.
    """
    found: list[list[str]] = []
    before, whole = "", False
    pieces = list(_pieces(sentence, cues))
    if _are_in_a_row([piece for _, piece in pieces], cues):
        return [piece.strip() for _, piece in pieces]
    for (joint, piece), (_, ahead) in zip(pieces, [*pieces[1:], ("", "")], strict=True):
        longer = piece if " " in piece else f"{piece} {ahead}"
        if not found or (whole and _is_another(before, longer, cues) and not _is_remedy(found[-1], piece, cues)):
            found.append([piece])
            whole = False
        else:
            found[-1] += [joint, piece]
        before, whole = piece, whole or _is_whole(piece, cues)
    return ["".join(parts).strip() for parts in found]


def what(order: str, cues: Cues) -> str:
    """What is to be done: the order without greetings, polite words, who has to do it, and by when."""
    return _Order.read(order, cues).what


def _item(order: str, cues: Cues) -> ActionItem:
    read = _Order.read(order, cues)
    return ActionItem(what=read.what, who=read.who, by_when=read.by_when)


@dataclass(frozen=True)
class _Order:
    what: str
    who: str | None
    by_when: str | None

    @classmethod
    def read(cls, order: str, cues: Cues) -> "_Order":
        """The order, taken apart."""
        by_when = _limit(order, cues)
        rest = order[opening(plain(order), cues) :]
        rest = _without(rest, cues.pattern("polite"))
        rest = rest.replace(by_when, " ", 1) if by_when else rest
        who, rest = _who(_tidy(rest), cues)
        rest = _led(_tidy(rest), cues)
        return cls(_capital(rest.rstrip(_ENDS)) or order, who, by_when)


def _limit(order: str, cues: Cues) -> str | None:
    """By when: words that name a day, with the part of the day, or others such as "the end of the job"."""
    if words := due_dates.words(order, cues.language):
        behind = re.match(r"[\w-]+", order[order.index(words) + len(words) :].lstrip()) if words in order else None
        return f"{words} {behind[0]}" if behind and behind[0].lower() in cues.words("day_parts") else words
    found = cues.pattern("by_when").search(plain(order))
    return order[found.start() : found.end()] if found else None


def _who(order: str, cues: Cues) -> tuple[str | None, str]:
    """Who has to do it, and the order without its beginning that says so."""
    for found in cues.pattern("who").finditer(plain(order)):
        at = next(at for at in range(1, (found.lastindex or 0) + 1) if found[at])
        if _is_name(found[at], cues):
            name = order[found.start(at) : found.end(at)]
            return _capital(name), order if found.start() else _BEFORE_WHAT.sub("", order[found.end() :])
    first, _, rest = order.partition(",")
    if rest and first.isalpha() and first[:1].isupper() and _is_name(plain(first), cues) and asks(rest.strip(), cues):
        return first, rest.lstrip(_MARKS)
    return None, order


def _is_name(word: str, cues: Cues) -> bool:
    parts = word.split()
    return not any(part in cues.words("common") or is_verb(part, "infinitives", cues) for part in parts)


def _led(order: str, cues: Cues) -> str:
    """The order without words such as "we have to" before it."""
    while found := cues.pattern("leads").match(plain(order)):
        rest = order[found.end() :].lstrip(_MARKS)
        if not found.end() or len(rest.split()) < _SHORTEST - 1 or not rest:
            break
        order = rest
    return order


def _without(text: str, pattern: re.Pattern[str]) -> str:
    said, parts, begin = plain(text), [], 0
    for found in pattern.finditer(said):
        parts.append(text[begin : found.start()])
        begin = found.end()
    return " ".join([*parts, text[begin:]])


def _tidy(text: str) -> str:
    text = re.sub(r"\s+([,;.!?])", r"\1", " ".join(text.split()))
    return re.sub(r"([,;])[,;.]+", r"\1", text).strip(_MARKS)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _pieces(sentence: str, cues: Cues) -> Iterator[tuple[str, str]]:
    """Each with what joins it to the one before."""
    joining = cues.pattern("joining").pattern
    joint = rf"(\s*[,;]\s+(?:(?:{joining})\s+)?|\s+(?:{joining})\s+)"
    parts = re.split(joint, sentence, flags=re.IGNORECASE)
    yield "", parts[0]
    yield from ((one, piece) for one, piece in batched(parts[1:], 2, strict=True))


def _are_in_a_row(pieces: Sequence[str], cues: Cues) -> bool:
    """Whether they are orders with the verb at the end, one after the other: "bulbs planting, pots stacking"."""
    said = [plain(piece).strip(_MARKS + _ENDS) for piece in pieces]
    alike = all(
        _SHORTEST <= len(one.split()) <= _REMEDY and cues.pattern("listed").fullmatch(one.split()[-1]) for one in said
    )
    return alike and len(said) >= _ROW and any(ends_with_verb(one, cues) for one in said)


def _is_whole(piece: str, cues: Cues) -> bool:
    """Whether it is an order with its object: "check and repair the pump" is one order."""
    said = opened(plain(piece), cues)
    return len(said.split()) >= _SHORTEST and asks(piece, cues)


def _is_remedy(before: Sequence[str], piece: str, cues: Cues) -> bool:
    """Whether it tells what to do about that which is lacking: "we are out of gloves, size M, get more"."""
    return len(opened(plain(piece), cues).split()) <= _REMEDY and lacks("".join(before), cues)


def _is_another(before: str, piece: str, cues: Cues) -> bool:
    said = opened(plain(piece), cues)
    if len(said.split()) < _SHORTEST or cues.pattern("causative").match(said):
        return False
    return _begins_as_one(said, cues) or (ends_with_verb(said, cues) and ends_with_verb(plain(before), cues))


def _begins_as_one(said: str, cues: Cues) -> bool:
    led = cues.pattern("leads").match(said)
    starts = [said, said[led.end() :].strip(_MARKS)] if led else [said]
    who = cues.pattern("who").match(said)
    if who and len(_without_limit(said[who.end() :], cues).split()) < _SHORTEST:
        return False
    return who is not None or any(begins_with_verb(start, cues) for start in starts)


def _without_limit(text: str, cues: Cues) -> str:
    limit = due_dates.words(text, cues.language)
    return text.replace(limit, "", 1) if limit else text
