"""The transcriber that runs here, without a key: Whisper's models, run by CTranslate2."""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ai_voice_shared.domain import RecognizedSpeech, Scores, Segment
from ai_voice_shared.errors import Misconfigured
from ai_voice_shared.openai import languages
from ai_voice_shared.words.languages import tag_of
from voice_parser.speech import whisper_models
from voice_parser.speech.misheard import corrections, misheard
from voice_parser.speech.transcription import Hints, Transcriber
from voice_parser.speech.windows import LONGEST

if TYPE_CHECKING:
    from ai_voice_shared.openai.api import OpenAi

_BEAM = 5
"""Texts that are followed at the same time. With 1, a fourth more words are wrong, for the same processor time."""
_MORE = 16
"""Tokens that a second text may have more than the first: with hints, some models go on where nothing is said."""
_MOST = 224
"""Tokens of a second text: half of what Whisper has room for; the hints need some of the rest."""
_HOW_TO_INSTALL = "an image holds it when it is built with ENGINES=whisper"
_FULL_SCALE = np.float32(32_768)


@dataclass(frozen=True)
class Whisper:
    """One of Whisper's models. Its files are read when it is first used, and it is kept for the whole process."""

    model: str
    takes_hints: bool = True
    longest_window: float = LONGEST
    _loaded: list[Any] = field(default_factory=list, init=False, repr=False, compare=False)
    _loading: Lock = field(default_factory=Lock, init=False, repr=False, compare=False)

    @property
    def name(self) -> str:
        """The engine and its model."""
        return f"whisper {Path(self.model).name}"

    @property
    def parallel(self) -> int:
        """A window for each processor: a second thread for one window costs half as much processor time again."""
        return os.process_cpu_count() or 1

    def transcribe(self, samples: NDArray[np.int16], hints: Hints) -> RecognizedSpeech:
        """The model's transcript with words, segments and their scores; raises Misconfigured for an unreadable model.

        Words of the company that it seems to have misheard are hints for a second try.
        """
        model = self._ready()
        sound = samples.astype(np.float32) / _FULL_SCALE
        language = _language(model, sound, hints.languages)
        parts = _parts(model, sound, language)
        words = [word for part in parts for word in part.words]
        if near := misheard([one.word for one in words], [one.probability for one in words], hints.keywords):
            longest = min(_MOST, sum(len(part.tokens) for part in parts) + _MORE)
            again = _parts(model, sound, language, near, longest)
            _correct(words, [word.word for part in again for word in part.words], near)
        return _recognized(parts, language)

    def _ready(self) -> Any:
        with self._loading:
            if not self._loaded:
                self._loaded.append(_load(self.model, self.parallel))
        return self._loaded[0]


def _load(name: str, parallel: int) -> Any:
    """The model for so many threads at a time, each with one processor; they share its weights."""
    try:
        from faster_whisper import WhisperModel  # noqa: PLC0415 - an image holds it only if its build asks for it
    except ImportError as error:
        raise Misconfigured(f"The transcriber whisper is not installed here ({error}): {_HOW_TO_INSTALL}.") from error
    folder = whisper_models.folder(name)
    try:
        (folder / "tokenizer.json").stat()  # without it, the library would ask the network
        return WhisperModel(str(folder), device="cpu", compute_type="int8", cpu_threads=1, num_workers=parallel)
    except MemoryError:  # the file is not the cause, and the note comes again
        raise
    except Exception as error:
        why = str(error).rstrip(".")
        raise Misconfigured(f"{folder} is not a Whisper model that CTranslate2 can read: {why}.") from error


def _language(model: Any, sound: NDArray[np.float32], spoken: tuple[str, ...]) -> str:
    """The company's one language; if it has several, the likeliest of them; of all languages if it names none."""
    known = model.supported_languages
    if known == ["en"]:
        return "en"
    one = languages.only(spoken)
    if one is not None and one in known:
        return one
    _, _, found = model.detect_language(sound)
    likely = dict(found)
    return max(
        [code for code in languages.hints(spoken) if code in known] or likely, key=lambda code: likely.get(code, 0.0)
    )


def _parts(
    model: Any, sound: NDArray[np.float32], language: str, words: Sequence[str] = (), longest: int | None = None
) -> list[Any]:
    """The model's segments, at most `longest` tokens of them.

    Without randomness, and with all text: who calls decides what can be trusted, and what is heard again.
    """
    found, _ = model.transcribe(
        sound,
        language=language,
        beam_size=_BEAM,
        temperature=0.0,
        no_speech_threshold=None,
        condition_on_previous_text=False,
        word_timestamps=True,
        hotwords=", ".join(words) or None,
        max_new_tokens=longest,
    )
    return list(found)


def _correct(words: Sequence[Any], other: Sequence[str], near: Sequence[str]) -> None:
    for correction in corrections([word.word for word in words], other, near):
        first, *rest = words[correction.first : correction.last + 1]
        first.word, first.end = correction.text, words[correction.last].end
        for word in rest:
            word.word = ""


def _recognized(parts: Sequence[Any], language: str) -> RecognizedSpeech:
    texts = ["".join(word.word for word in part.words) or part.text for part in parts]
    text = "".join(texts).strip()
    return RecognizedSpeech(
        text,
        tag_of(language) if text else None,
        tuple(_segment(word, word.word) for part in parts for word in part.words if word.word),
        tuple(map(_segment, parts, texts)),
        tuple(Scores(part.no_speech_prob, part.avg_logprob, part.compression_ratio) for part in parts),
    )


def _segment(timed: Any, text: str) -> Segment:
    return Segment(float(timed.start), float(timed.end), text.strip())


def build(model: str, connect: "Callable[[], OpenAi]") -> Transcriber:  # noqa: ARG001 - it asks nobody
    """The engine; `model` is a name that `whisper_models` knows, or a folder."""
    return Whisper(model)
