"""Rules that find what a model made up, and what each rule leaves of a text.

To add a rule, write a function from `Said` to what is left of its text (None if the rule has nothing against it)
and add it to `RULES`.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from ai_voice_shared.domain import Scores
from voice_parser.speech.repetition import Run, compression, said_once
from voice_parser.speech.spoken_length import can_be_said, lasts, lasts_longer
from voice_parser.speech.stock_phrases import is_courtesy, is_credit, is_sign_off, sentences

_NO_SPEECH, _LOG_PROBABILITY, _COMPRESSION = 0.6, -1.0, 2.4
"""Beyond these, Whisper itself decodes again, or treats a segment as silence (openai/whisper, `transcribe`:
`no_speech_threshold`, `logprob_threshold`, `compression_ratio_threshold`)."""
_SURELY_NO_SPEECH = 0.9
"""Beyond this we do not trust it, even if it is fluent: Whisper writes phrases that it knows with high probability."""

_UNTOLD = Scores()

_WORD = re.compile(r"\w+")
_BETWEEN = " \t\n.,;:!?-'\"。、，"  # noqa: RUF001 - other scripts' own marks

_SENTENCE = 4
"""From this many words on, it is a repeated sentence; a shorter text may be laughter, or a number."""
_OVER_AND_OVER = 4
"""Times; nobody says a sentence word for word four times in a row."""
_BY_A_MACHINE = 24
"""Times; nobody repeats anything this often in a row, not even a digit."""
_LIST = 3
"""Words of the glossary in its own order. A text that begins with this many is the glossary."""


@dataclass(frozen=True)
class Said:
    """A part of an engine's text, and the evidence for it.

    Attributes:
        seconds: of speech that the detector found there.
        keywords: the hints that the engine got, in their order.
        scores: the engine's own scores, if it has them.
    """

    text: str
    seconds: float
    keywords: tuple[str, ...] = ()
    scores: Scores = _UNTOLD


@dataclass(frozen=True)
class Rule:
    """A sign that a text is made up.

    Attributes:
        left: the text that may be filed, empty if nothing may; None if the rule does not apply.
        rest_is_sure: the rest was not made up; otherwise it is marked as uncertain.
    """

    name: str
    left: Callable[[Said], str | None]
    rest_is_sure: bool = False


@dataclass(frozen=True)
class Judgement:
    """What is left of a text, the rules that doubt it, and whether the rest may be made up, too."""

    text: str
    reasons: tuple[str, ...]
    uncertain: bool


def judged(said: Said) -> Judgement:
    """The text after all rules, one after the other."""
    broken: list[Rule] = []
    for rule in RULES:
        left = rule.left(said)
        if left is not None:
            broken.append(rule)
            said = replace(said, text=left)
    text = said.text.strip()
    uncertain = bool(text) and not all(rule.rest_is_sure for rule in broken)
    return Judgement(text, tuple(rule.name for rule in broken), uncertain)


def _too_fast(said: Said) -> str | None:
    """More than anybody can say in this time. The longest repetitions are reduced to one, until it can be said."""
    if can_be_said(said.text, said.seconds):
        return None
    return said_once(said.text, enough=lambda text: can_be_said(text, said.seconds))


def _repeated(said: Said) -> str | None:
    """The same again and again, although there would be time to say it."""
    left = said_once(said.text, _is_a_machine)
    return left if left != said.text else None


def _is_a_machine(text: str, run: Run) -> bool:
    """A number may be read out a few times, and a long text has some repetitions of three words."""
    is_reading = any(char.isdigit() for char in text[run.begin : run.once])
    return run.times >= (_OVER_AND_OVER if run.words >= _SENTENCE and not is_reading else _BY_A_MACHINE)


def _monotonous(said: Said) -> str | None:
    """It repeats itself, but not word for word."""
    told = said.scores.compression * len(said.text) / max(1, len(said.text.encode()))
    if max(told, compression(said.text)) <= _COMPRESSION:
        return None
    rest = said_once(said.text)  # other rules check exact repetitions
    repeats = max(told * len(rest) / max(1, len(said.text)), compression(rest)) > _COMPRESSION
    return said.text if repeats else None


def _echo(said: Said) -> str | None:
    """The hints are repeated: alone, or as a list before the spoken words."""
    words, keywords = _words(said.text), [_words(keyword) for keyword in said.keywords]
    passed, order = 0, list[int]()
    starting = _by_first_word(keywords)
    while found := [at for at in starting.get(_at(words, passed), ()) if _stands(words, passed, keywords[at])]:
        order.append(max(found, key=lambda at: len(keywords[at])))
        passed += len(keywords[order[-1]])
    if not order or (passed < len(words) and (len(order) < _LIST or order != sorted(set(order)))):
        return None
    return _WORD.sub("", said.text, count=passed).lstrip(_BETWEEN)


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _by_first_word(keywords: list[list[str]]) -> dict[str, list[int]]:
    places: dict[str, list[int]] = {}
    for at, keyword in enumerate(keywords):
        if keyword:
            places.setdefault(keyword[0], []).append(at)
    return places


def _at(words: list[str], place: int) -> str:
    return words[place] if place < len(words) else ""


def _stands(words: list[str], place: int, keyword: list[str]) -> bool:
    return words[place : place + len(keyword)] == keyword


def _credits(said: Said) -> str | None:
    """Words that nobody says in a message: credits anywhere, or the end of a video next to other words."""
    parts = sentences(said.text)
    kept = [part for part in parts if not is_credit(part)]
    spoken = [part for part in kept if not is_sign_off(part)]
    kept = spoken or kept
    return " ".join(kept) if len(kept) < len(parts) else None


def _sign_off(said: Said) -> str | None:
    """Only the end of a video: certainly made up if it takes another time than the speech."""
    parts = sentences(said.text)
    if (
        not parts
        or not all(is_sign_off(part) or is_courtesy(part) for part in parts)
        or not any(map(is_sign_off, parts))
    ):
        return None
    return said.text if lasts(said.text, said.seconds) else ""


def _courtesy(said: Said) -> str | None:
    """Only a thank you: it is trusted if it takes about as long as the speech."""
    parts = sentences(said.text)
    if not parts or not all(map(is_courtesy, parts)) or lasts(said.text, said.seconds):
        return None
    return "" if lasts_longer(said.text, said.seconds) else said.text


def _no_speech(said: Said) -> str | None:
    """The model itself found no speech. Other evidence against the text decides whether anything is left of it."""
    silent = said.scores.no_speech > _NO_SPEECH and said.scores.log_probability < _LOG_PROBABILITY
    if not said.text or not (silent or said.scores.no_speech > _SURELY_NO_SPEECH):
        return None
    is_believable = lasts(said.text, said.seconds) and not all(map(is_courtesy, sentences(said.text)))
    return said.text if is_believable and not silent else ""


def _guessed(said: Said) -> str | None:
    """The model itself is not sure."""
    return said.text if said.text and said.scores.log_probability < _LOG_PROBABILITY else None


RULES = (
    Rule("too-fast", _too_fast),
    Rule("repeated", _repeated),
    Rule("monotonous", _monotonous),
    Rule("echo", _echo, rest_is_sure=True),
    Rule("credits", _credits, rest_is_sure=True),
    Rule("sign-off", _sign_off),
    Rule("courtesy", _courtesy),
    Rule("no-speech", _no_speech),
    Rule("guessed", _guessed),
)
"""In this order: repetitions are removed before the rest is checked."""
