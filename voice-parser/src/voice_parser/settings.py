"""The only place where the voice-parser's environment is read."""

import tempfile
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from ai_voice_shared.answering.settings import AnsweringSettings, OpenAiSettings, SearchSettings
from ai_voice_shared.engines import choosing
from ai_voice_shared.environment import normalized_url
from ai_voice_shared.settings import ServiceSettings

TRANSCRIBERS = "voice_parser.speech.transcribers"
ANALYZERS = "voice_parser.understanding.analyzers"
SENTIMENTS = "ai_voice_shared.engines.moods"
"""The packages of the engines."""

type _Numbers = Annotated[str, Field(pattern=r"^whatsapp:\+\d+( +whatsapp:\+\d+)*$")]

_SIDS = r"[a-z]{2}:HX[0-9a-fA-F]{32}(,HX[0-9a-fA-F]{32})+"
"""Of the buttons in a language, as `en:HX…,HX…`. Their module is not read here: it would slow each start."""


class _OfTwilio(ServiceSettings):
    """The settings of every function that calls Twilio; a field `queue_url` is the variable `QUEUE_URL`.

    Attributes:
        realtime_function: pushes changes of notes to consoles; empty where nothing does.
    """

    queue_url: str
    table: str
    realtime_function: str = ""
    customer_lookup_function: str
    twilio_secret: str
    twilio_api_url: str = Field(default="https://api.twilio.com", pattern=r"^https?://[^/]+$")


class _OfMessages(_OfTwilio):
    """The settings of every function that reaches all places of a message."""

    dead_letter_queue_url: str
    index_queue_url: str
    webhooks_queue_url: str
    bucket: str


class Settings(_OfMessages, AnsweringSettings):
    """What the worker needs.

    Attributes:
        transcriber: a module of `voice_parser.speech.transcribers`.
        whisper_model: what `voice_parser.speech.whisper_models` knows, for the transcriber `whisper`.
        analyzer: a module of `voice_parser.understanding.analyzers`.
        twilio_media_origins: blank-separated; `*` stands for part of a host name.
        twilio_messaging_url: the server of typing marks.
        typing_marks: whether senders of recordings see that these are worked on.
        status_callback_url: the URL at which Twilio reports the states of our replies; empty for none.
        follow_up_template_sid: the template for senders who cannot get free text any more; empty for none.
        quick_reply_sids: buttons below replies (`ai_voice_shared.correcting.quick_replies`); empty for a line of text.
        evening_template_sid: the template of the evening message for those who wrote nothing for a day; empty for none.
        escalation_template_sid: the template for supervisors who wrote nothing for a day; empty for none.
        our_numbers: separated by blanks; supervisors and people who call are told from the first one. Empty for none.
        aws_lambda_function_memory_size: megabytes; Lambda itself sets it. 0 outside of Lambda.
    """

    eraser_function: str
    transcriber: Annotated[str, AfterValidator(choosing.of(TRANSCRIBERS))] = "openai"
    transcription_model: str = "gpt-transcribe"
    whisper_model: str = "tiny.en"
    analyzer: Annotated[str, AfterValidator(choosing.of(ANALYZERS))] = "openai"
    twilio_media_origins: str = "https://*.twilio.com https://*.twiliocdn.com"
    twilio_messaging_url: str = Field(default="https://messaging.twilio.com", pattern=r"^https?://[^/]+$")
    typing_marks: Literal["on", "off"] = "on"
    status_callback_url: Annotated[str, AfterValidator(normalized_url)] = ""
    follow_up_template_sid: str = Field(default="", pattern=r"^(HX[0-9a-fA-F]{32})?$")
    quick_reply_sids: str = Field(default="", pattern=f"^({_SIDS}( {_SIDS})*)?$")
    evening_template_sid: str = Field(default="", pattern=r"^(HX[0-9a-fA-F]{32})?$")
    escalation_template_sid: str = Field(default="", pattern=r"^(HX[0-9a-fA-F]{32})?$")
    our_numbers: _Numbers | Literal[""] = ""
    max_attempts: int = Field(default=5, ge=1, le=100)
    backoff_seconds: int = Field(default=10, ge=0, le=900)
    longest_recording_seconds: int = Field(default=7200, ge=10)
    aws_lambda_function_memory_size: int = Field(default=0, ge=0)

    @property
    def model(self) -> str:
        """The transcriber's model: Whisper's here have other names than those of servers."""
        return self.whisper_model if self.transcriber == "whisper" else self.transcription_model


class SweepSettings(_OfTwilio):
    """What the sweep needs.

    Attributes:
        our_numbers: separated by blanks, as `whatsapp:+15550100000`; messages to other numbers are not ours.
        grace_seconds: younger messages are left to their webhook.
    """

    our_numbers: _Numbers
    grace_seconds: int = Field(default=120, ge=0)


class EraserSettings(_OfMessages):
    """What the eraser needs.

    Attributes:
        our_numbers: the same as the sweep's; copies of their messages are deleted.
        twilio_retention_days: how long Twilio's copies of messages stay.
        company_settles_seconds: how long a company's erasure stays open at least, even if nothing is left.
    """

    our_numbers: _Numbers
    calls_queue_url: str
    calls_dead_letter_queue_url: str
    company_settles_seconds: int = Field(default=900, ge=0)
    twilio_retention_days: int = Field(default=30, ge=2)


class IndexerSettings(SearchSettings):
    """What the segment indexer needs; `realtime_function` pushes changes to consoles (empty: nothing does)."""

    index_queue_url: str
    index_dead_letter_queue_url: str
    bucket: str
    table: str
    realtime_function: str = ""
    max_attempts: int = Field(default=8, ge=1, le=100)
    backoff_seconds: int = Field(default=5, ge=0, le=300)


class LiveSettings(OpenAiSettings):
    """What the function for live calls needs; `realtime_function` pushes to consoles (empty: nothing does).

    Attributes:
        queue_url: of the queue of notes, which takes what is to be done after a call.
        sentiment: a module of `ai_voice_shared.engines.moods`, which scores the mood of customers.
        index_folder: for working copies of the companies' indexes; what is in it may be lost at any time.
    """

    queue_url: str
    calls_queue_url: str
    calls_dead_letter_queue_url: str
    table: str
    bucket: str
    customer_lookup_function: str
    realtime_function: str = ""
    sentiment: Annotated[str, AfterValidator(choosing.of(SENTIMENTS))] = "openai"
    sentiment_model: str = "gpt-6-luna"
    index_folder: Path = Path(tempfile.gettempdir()) / "segment-index"
    max_attempts: int = Field(default=4, ge=1, le=100)
    backoff_seconds: int = Field(default=1, ge=0, le=60)
