"""Whether a sentence asks somebody to do something, asks the notes a question, or tells nothing: by a language's cues.

A sentence is looked at clause by clause: what one clause denies ("no need to …"), the next one may still ask for.
"""

import re
from collections.abc import Iterator, Sequence

from ai_voice_shared.times import due_dates
from voice_parser.understanding.clauses import MARKS, begins, clauses, opened
from voice_parser.understanding.cues import Cues, plain, word_list
from voice_parser.understanding.verbs import begins_with_verb, ends_with_verb, is_verb

_LONGEST = 2_000
"""Characters of a sentence that are read."""

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
    marked = sentence.rstrip(MARKS.replace("?", "")).endswith("?")
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
    return cues.pattern("phatic").fullmatch(clause.strip(MARKS)) is not None


def _is_settled(clause: str, cues: Cues) -> bool:
    """Whether all it says is that something is done."""
    return cues.pattern("settled").fullmatch(opened(clause, cues)) is not None


def _is_small_talk(clause: str, cues: Cues) -> bool:
    return cues.pattern("small_talk").match(clause) is not None or is_phatic(clause, cues)


def _words_only(clause: str) -> str:
    """Without the marks and signs around it, a smile or a thumb for example."""
    return re.sub(r"^\W+|[^\w!.?]+$", "", clause)


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
    readings = [part for part in parts if _READING.fullmatch(part.strip(MARKS))]
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
        yield start[denied.end() :].strip(MARKS)
    if cues.pattern("hello").match(plain(clause).strip(MARKS)):
        yield start.partition(" ")[2]
    if (day := due_dates.words(start, cues.language)) and start.startswith(day.lower()):
        yield start[len(day) :].strip(MARKS)
