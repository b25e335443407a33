"""Which request each transcription model takes, and what its answer says of the speech."""

from dataclasses import astuple

import openai
from openai.types.audio import Transcription, TranscriptionDiarized, TranscriptionSegment, TranscriptionVerbose

from ai_voice_shared.domain import RecognizedSpeech, Scores, Segment
from ai_voice_shared.openai.languages import hints, only
from ai_voice_shared.words.languages import tag_of

type _Upload = tuple[str, bytes, str]

_UNTOLD = astuple(Scores())
_NOT_IN_A_KEYWORD = str.maketrans(dict.fromkeys("<>\r\n", " "))


class Speech:
    """The transcriptions of a server that speaks OpenAI's API; raises what the SDK raises."""

    def __init__(self, client: openai.OpenAI) -> None:
        self._client = client

    def transcribe(
        self, ogg: bytes, model: str, languages: tuple[str, ...], keywords: tuple[str, ...]
    ) -> RecognizedSpeech:
        """The speech of an Ogg/Opus recording.

        The upload is always named `.ogg`: the same bytes named `.opus` are refused (OpenAI, "Speech to text").
        """
        upload = ("note.ogg", ogg, "audio/ogg")
        if "diarize" in model:
            return _diarized(self._diarize(upload, model))
        if model.startswith("whisper"):
            return _verbose(self._transcribe_with_times(upload, model, languages, keywords))
        answer = self._transcribe_text(upload, model, languages, keywords)
        return RecognizedSpeech(answer.text.strip(), tag_of(answer.languages[0].code) if answer.languages else None)

    def _diarize(self, upload: _Upload, model: str) -> TranscriptionDiarized:
        return self._client.audio.transcriptions.create(
            file=upload, model=model, response_format="diarized_json", chunking_strategy="auto"
        )

    def _transcribe_with_times(
        self, upload: _Upload, model: str, languages: tuple[str, ...], keywords: tuple[str, ...]
    ) -> TranscriptionVerbose:
        return self._client.audio.transcriptions.create(
            file=upload,
            model=model,
            response_format="verbose_json",
            timestamp_granularities=["word", "segment"],
            language=only(languages) or openai.omit,
            prompt=", ".join(keywords) or openai.omit,
        )

    def _transcribe_text(
        self, upload: _Upload, model: str, languages: tuple[str, ...], keywords: tuple[str, ...]
    ) -> Transcription:
        """`gpt-transcribe` takes lists, never together with `language`; other models and servers know the old hints."""
        new = model.startswith("gpt-transcribe")
        listed = [word for keyword in keywords if (word := keyword.translate(_NOT_IN_A_KEYWORD).strip())]
        return self._client.audio.transcriptions.create(
            file=upload,
            model=model,
            response_format="json",
            languages=(hints(languages) or openai.omit) if new else openai.omit,
            keywords=(listed or openai.omit) if new else openai.omit,
            language=openai.omit if new else (only(languages) or openai.omit),
            prompt=openai.omit if new else (", ".join(keywords) or openai.omit),
        )


def _verbose(answer: TranscriptionVerbose) -> RecognizedSpeech:
    words = tuple(Segment(word.start, word.end, word.word.strip()) for word in answer.words or [])
    segments = tuple(Segment(part.start, part.end, part.text.strip()) for part in answer.segments or [])
    scores = tuple(_scores(part) for part in answer.segments or [])
    return RecognizedSpeech(answer.text.strip(), tag_of(answer.language), words, segments, scores)


def _scores(part: TranscriptionSegment) -> Scores:
    """Compatible servers leave out some of them, or all, which the SDK lets pass."""
    told = (part.no_speech_prob, part.avg_logprob, part.compression_ratio)
    return Scores(*(one if isinstance(one, int | float) else usual for one, usual in zip(told, _UNTOLD, strict=True)))


def _diarized(answer: TranscriptionDiarized) -> RecognizedSpeech:
    segments = tuple(Segment(part.start, part.end, part.text.strip(), part.speaker) for part in answer.segments)
    return RecognizedSpeech(answer.text.strip(), None, (), segments)
