"""Whether a sentence asks somebody to do something, asks the notes a question, or tells nothing: by a language's cues.

A sentence is looked at clause by clause: what one clause denies ("no need to …"), the next one may still ask for.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from ai_voice_shared.times import due_dates
from voice_parser.understanding.cues import Cues, bare, plain, word_list

_LONGEST = 2_000
"""Characters of a sentence that are read."""

_MARKS = " \t\n.,;:!?…¡¿\"'«»“”„()-–—•*"
_BETWEEN = r"[\s.,;:!?…¡¿\"«»“”„()\-–—•*]*"
_TO = frozenset(["zu", "zum", "beim", "vom", "im", "te", "het"])
"""Before a verb as it is named, they make it a part of another verb's sentence."""

_THEY = (["die"], ["dat"], ["sie"])
"""Before a verb, and alone, they are who does it."""

_LONGEST_CLITICS = 8
_FEWEST = 2
"""Words of a clause that tells something, and of an order: its verb, and what it is about."""

_READING = re.compile(r"[^\d,;]{2,30}\s[\d.,]+\W{0,2}[^\W\d]{0,5}")
_FEWEST_READINGS = 2

_LONGEST_PLEASANTRY = 8
"""Words."""


def asks(sentence: str, cues: Cues) -> bool:
    """Whether somebody is to do something."""
    said = plain(sentence[:_LONGEST])
    if cues.pattern("ordered").fullmatch(opened(said, cues)):
        return True
    parts = list(clauses(said, cues))
    if _is_settled(parts[-1], cues):
        return False
    has_no_order = begins(said, "condition", cues) or _are_readings(parts, cues)
    return any(_is_asked(clause, cues, has_no_order=has_no_order) for clause in parts)


def lacks(sentence: str, cues: Cues) -> bool:
    """Whether it only says that something is lacking, and leaves open what is to be done."""
    said = plain(sentence[:_LONGEST])
    return cues.pattern("need").search(said) is not None and not is_order(said, cues)


def is_question(sentence: str, cues: Cues) -> bool:
    """Whether the notes could answer it: by its first words, or by its "?" if it asks nobody to do something."""
    said = plain(sentence[:_LONGEST])
    asked = [opened(clause, cues) for clause in re.split(r"[,:]", said) if not _is_settled(clause, cues)]
    marked = sentence.rstrip(_MARKS.replace("?", "")).endswith("?")
    marks = "?" if marked else ""
    if any(_is_small_talk(clause, cues) for clause in asked if clause):
        return False
    first = opened(said, cues)
    if any(cues.pattern("question").match(start + marks) for start in (first, *asked) if start):
        return True
    return marked and bool(first) and not asks(sentence, cues)


def tells(sentence: str, cues: Cues) -> bool:
    """Whether it says more than thanks, a greeting or a wish."""
    said = plain(sentence[:_LONGEST])
    rest = [_words_only(opened(clause, cues)) for clause in re.split(r"[,;:]", said)]
    return any(len(one.split()) >= _FEWEST and not _is_small_talk(one, cues) for one in rest)


def is_pleasantry(note: str, cues: Cues) -> bool:
    """Whether a note is short, without a figure, and begins with thanks, praise, a wish, a laugh or such."""
    said = plain(note[:_LONGEST])
    if re.search(r"\d", said) or len(word_list(said)) > _LONGEST_PLEASANTRY:
        return False
    return any(cues.pattern("pleasantry").match(start) for start in (_words_only(said), opened(said, cues)))


def is_phatic(clause: str, cues: Cues) -> bool:
    """Whether the whole clause is a phrase that tells nothing."""
    return cues.pattern("phatic").fullmatch(clause.strip(_MARKS)) is not None


def _is_settled(clause: str, cues: Cues) -> bool:
    """Whether all it says is that something is done."""
    return cues.pattern("settled").fullmatch(opened(clause, cues)) is not None


def _is_small_talk(clause: str, cues: Cues) -> bool:
    return cues.pattern("small_talk").match(clause) is not None or is_phatic(clause, cues)


def _words_only(clause: str) -> str:
    """Without the marks and signs around it, a smile or a thumb for example."""
    return re.sub(r"^\W+|[^\w!.?]+$", "", clause)


def clauses(said: str, cues: Cues) -> Iterator[str]:
    """The parts of a sentence between marks, and before words such as "but"."""
    for part in re.split(r"[,;:()–]\s|\s[-–—]\s", said):
        yield from _broken(part, cues)


def begins(said: str, name: str, cues: Cues) -> bool:
    """Whether what is said begins with a cue, after greetings and fillers."""
    return cues.pattern(name).match(opened(said, cues)) is not None


def opened(said: str, cues: Cues) -> str:
    """What is said, without the greetings, fillers and marks before it."""
    return said[opening(said, cues) :].strip(_MARKS)


def opening(said: str, cues: Cues) -> int:
    """How many characters are greetings and fillers before what is said."""
    found = _opening(cues.language).match(said)
    return found.end() if found else 0


def begins_with_verb(said: str, cues: Cues) -> bool:
    """Whether an order begins here: "order two valves", "encargar dos válvulas", "llámalo"."""
    first, _, rest = said.partition(" ")
    first = first.strip(_MARKS)
    if not rest:
        return _has_clitic(first, "imperatives", cues)
    if first in cues.words("nouns") and cues.pattern("behind_a_noun").match(said, len(first)):
        return False
    if is_verb(first, "imperatives", cues) or (_named_first(cues) and is_named(first, cues)):
        return True
    return first not in cues.words("common") and cues.pattern("open_order").match(said) is not None


def ends_with_verb(said: str, cues: Cues) -> bool:
    """Whether an order ends here: "zwei Ventile bestellen", with a day or so behind it."""
    if _named_first(cues):
        return False
    words = [word.strip(_MARKS) for word in said.split()]
    last = next((at for at in range(len(words) - 1, 0, -1) if is_named(words[at], cues)), 0)
    if (
        not last
        or words[:last] in _THEY
        or any(word in cues.words("finite") for word in words)
        or words[last - 1] in _TO
    ):
        return False
    behind = " ".join(words[last + 1 :])
    return (
        not behind
        or cues.pattern("tail").match(behind) is not None
        or due_dates.words(behind, cues.language) is not None
    )


def is_verb(word: str, name: str, cues: Cues) -> bool:
    """Whether a word is a verb of the list, with or without a pronoun at its end."""
    return word in cues.words(name) or _has_clitic(word, name, cues)


def _is_asked(clause: str, cues: Cues, *, has_no_order: bool) -> bool:
    start = opened(clause, cues)
    if is_phatic(start, cues) or cues.pattern("not_asked").search(clause):
        return False
    asking = (cues.job, cues.pattern("request"), cues.pattern("need"))
    if any(cue.search(said) for cue in asking for said in (clause, start)):
        return True
    return not has_no_order and (is_order(clause, cues) or _has_order_inside(start, cues))


def _are_readings(parts: Sequence[str], cues: Cues) -> bool:
    """Whether several parts are a name with its figure: "chlorine 1.8, water temp 28.5"."""
    readings = [part for part in parts if _READING.fullmatch(part.strip(_MARKS))]
    verbs = [part for part in readings if _is_verb_alone(part.split()[0], cues)]
    return len(readings) >= _FEWEST_READINGS and not verbs


def _is_verb_alone(word: str, cues: Cues) -> bool:
    return is_verb(word, "imperatives", cues) and word not in cues.words("nouns")


def _has_order_inside(clause: str, cues: Cues) -> bool:
    """Whether an order follows a report without a mark between them: "the tap is leaking send someone"."""
    for found in cues.pattern("inside").finditer(clause):
        before = clause[: found.start()].split()
        if len(before) < _FEWEST or before[-1] in cues.words("common") or not before[-1].isalpha():
            continue
        if found[1] in cues.words("imperatives").exact and found[1] not in cues.words("nouns"):
            return True
    return False


def is_order(clause: str, cues: Cues) -> bool:
    """Whether a clause is an order by its verb: at its beginning, or at its end where the language puts it there."""
    return any(begins_with_verb(start, cues) or ends_with_verb(start, cues) for start in _starts(clause, cues))


def _starts(clause: str, cues: Cues) -> Iterator[str]:
    """The clause without what may stand before an order: a greeting, a "not", a name, a day."""
    start = opened(clause, cues)
    yield start
    if denied := cues.pattern("prohibition").match(start):
        yield start[denied.end() :].strip(_MARKS)
    if cues.pattern("hello").match(plain(clause).strip(_MARKS)):
        yield start.partition(" ")[2]
    if (day := due_dates.words(start, cues.language)) and start.startswith(day.lower()):
        yield start[len(day) :].strip(_MARKS)


def _broken(part: str, cues: Cues) -> Iterator[str]:
    """The part before and after each word that begins a clause."""
    begin = 0
    for found in cues.pattern("breaks").finditer(part):
        yield part[begin : found.start()]
        begin = found.start()
    yield part[begin:]


def is_named(word: str, cues: Cues) -> bool:
    """Whether it is a verb as it is named, with what its language may put before it."""
    if cues.pattern("infinitive").fullmatch(word):
        return True
    return is_verb(word, "infinitives", cues) or any(
        word[at:] in cues.words("infinitives") for at in _behind_prefixes(word, cues)
    )


def _named_first(cues: Cues) -> bool:
    return not cues.words("finite").exact


def _has_clitic(word: str, name: str, cues: Cues) -> bool:
    """Whether a word is a verb of the list with a pronoun at its end, which may move its accent."""
    folded, verbs, ends = bare(word), cues.words(name).bare, cues.pattern("clitics")
    places = range(max(len(folded) - _LONGEST_CLITICS, 2), len(folded))
    return any(folded[:at] in verbs and ends.fullmatch(folded, at) for at in places)


def _behind_prefixes(word: str, cues: Cues) -> Sequence[int]:
    found = cues.pattern("prefixes").match(word)
    return [found.end()] if found else []


@cache
def _opening(language: str) -> re.Pattern[str]:
    """Greetings, fillers and polite words, in any order and number."""
    cues = Cues(language)
    hello, audience, filler, polite = (cues.pattern(name).pattern for name in ("hello", "audience", "filler", "polite"))
    greeting = rf"(?:{hello})(?:[\s,]+(?:{audience}))?"
    return re.compile(rf"(?:{_BETWEEN}(?:{greeting}|{filler}|{polite})(?![\w'-]))*{_BETWEEN}")
