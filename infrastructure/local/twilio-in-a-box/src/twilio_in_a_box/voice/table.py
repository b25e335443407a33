"""The rules of TwiML for voice: a row for each attribute, with the code of a wrong value and where the rule stands.

A verb's rows are from Twilio's page "TwiML Voice: <Verb>", their codes from Twilio's "Error and warning dictionary";
`unsure` marks what could not be confirmed there. An attribute that a verb does not have is error 12200.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from twilio_in_a_box.voice.values import (
    ABSOLUTE,
    ANYTHING,
    BOOLEAN,
    METHOD,
    NUMBER,
    REGION,
    Allowed,
    either,
    hints,
    one_of,
    pattern,
    some_of,
    url,
    whole,
)

SCHEMA, CONFIGURATION = 12200, 32650


@dataclass(frozen=True)
class Rule:
    """What one attribute may be, and the code of anything else."""

    allowed: Allowed
    code: int = SCHEMA
    unsure: bool = False


@dataclass(frozen=True)
class Verb:
    """A verb or noun.

    Attributes:
        inside: what may stand inside it.
        inside_code: of anything else inside.
        text: whether it may have text.
        served: whether the box does it.
        unserved: its attributes that the box does nothing with.
    """

    rules: Mapping[str, Rule]
    inside: frozenset[str] = frozenset()
    inside_code: int = SCHEMA
    text: bool = False
    served: bool = True
    unserved: frozenset[str] = frozenset()


_RECORDING_STATUS = {
    "recordingStatusCallback": Rule(url(), 13256),
    "recordingStatusCallbackMethod": Rule(METHOD),
    "recordingStatusCallbackEvent": Rule(some_of("in-progress", "completed", "absent"), 13621),
}
_TRIM = one_of("trim-silence", "do-not-trim")
_RECORD = one_of(
    "do-not-record",
    *("record-from-answer", "record-from-ringing"),
    *("record-from-answer-dual", "record-from-ringing-dual"),
)
_MODEL = pattern(
    "a generic model, or a provider's like googlev2_telephony or deepgram_nova-3",
    r"default|numbers_and_commands|phone_call|experimental_(conversations|utterances)"
    r"|googlev2_(long|short|telephony|telephony_short)|deepgram_nova-[23](-[a-z]+)?",
)
_VOICE = pattern(
    "man, woman, alice, or a voice like Polly.Joanna-Neural or Google.en-US-Chirp3-HD-Aoede",
    r"man|woman|alice|Polly\.[A-Z][a-z]+(-Neural|-Generative)?|Google\.[a-z]{2,3}-[A-Z]{2}-[A-Za-z0-9]+(-[A-Za-z0-9]+)*",
)

_GATHER = {
    "input": Rule(some_of("dtmf", "speech"), 13326),
    "action": Rule(url(), 11100),
    "method": Rule(METHOD, 13312),
    "timeout": Rule(whole(1), 13313),
    "speechTimeout": Rule(either(whole(1), one_of("auto")), 13327),
    "maxSpeechTime": Rule(whole(1), 13328, unsure=True),
    "speechModel": Rule(_MODEL, 13334),
    "enhanced": Rule(BOOLEAN),
    "language": Rule(REGION, 13331),
    "hints": Rule(hints(), 13330),
    "profanityFilter": Rule(BOOLEAN, 13333),
    "finishOnKey": Rule(pattern("one of 0-9, #, *, or nothing", r"[0-9#*]?"), 13310),
    "numDigits": Rule(whole(1), 13314),
    "partialResultCallbackMethod": Rule(METHOD, 13329),
    "actionOnEmptyResult": Rule(BOOLEAN, 13338),
    "bargeIn": Rule(BOOLEAN, 13332),
    "debug": Rule(BOOLEAN, 13336),
}
_SAY = {
    "voice": Rule(_VOICE, 13511),
    "language": Rule(REGION, 13512, unsure=True),
    "loop": Rule(whole(0), 13510),
}
_RECORD_VERB = {
    "action": Rule(url(), 11100),
    "method": Rule(METHOD, 13610),
    "timeout": Rule(whole(1), 13611),
    "finishOnKey": Rule(pattern("some of 0-9, #, *, or nothing", r"[0-9#*]*"), 13613),
    "maxLength": Rule(whole(1), 13612),
    "playBeep": Rule(BOOLEAN, 13616),
    "trim": Rule(_TRIM, 13699),
    "transcribe": Rule(one_of("false"), 13614),
    **_RECORDING_STATUS,
}
_DIAL = {
    "action": Rule(url(), 11100),
    "method": Rule(METHOD, 13210),
    "timeout": Rule(whole(1, 600), 13212),
    "timeLimit": Rule(whole(1, 86_400), 13216, unsure=True),
    "hangupOnStar": Rule(BOOLEAN, 13213),
    "callerId": Rule(NUMBER, 13214),
    "record": Rule(_RECORD, 13217),
    "recordingTrack": Rule(one_of("inbound", "outbound", "both"), 13622),
    "trim": Rule(_TRIM),
    "answerOnBridge": Rule(BOOLEAN, 13219),
    "ringTone": Rule(pattern("a country's code", r"[a-z]{2}(-old)?"), 13220, unsure=True),
    "sequential": Rule(BOOLEAN, 13218),
    **_RECORDING_STATUS,
}
_NUMBER = {
    "sendDigits": Rule(pattern("digits", r"[0-9#*wW]+"), 13222),
    "statusCallback": Rule(url(), 11100, unsure=True),
    "statusCallbackMethod": Rule(METHOD),
    "statusCallbackEvent": Rule(some_of("initiated", "ringing", "answered", "completed")),
    "method": Rule(METHOD, 13221),
}
_TRANSCRIPTION = {
    "name": Rule(ANYTHING),
    "track": Rule(one_of("inbound_track", "outbound_track", "both_tracks"), CONFIGURATION),
    "statusCallbackUrl": Rule(ABSOLUTE, CONFIGURATION),
    "statusCallbackMethod": Rule(METHOD, CONFIGURATION),
    "inboundTrackLabel": Rule(ANYTHING),
    "outboundTrackLabel": Rule(ANYTHING),
    "partialResults": Rule(BOOLEAN, CONFIGURATION),
    "languageCode": Rule(either(REGION, one_of("multi")), CONFIGURATION),
    "transcriptionEngine": Rule(one_of("google", "deepgram"), CONFIGURATION),
    "speechModel": Rule(pattern("telephony, long, short, or nova-2, nova-3", r"[a-z0-9-]+"), CONFIGURATION),
    "profanityFilter": Rule(BOOLEAN, CONFIGURATION),
    "hints": Rule(hints(), CONFIGURATION),
    "enableAutomaticPunctuation": Rule(BOOLEAN, CONFIGURATION),
    "enableProviderData": Rule(BOOLEAN, CONFIGURATION),
    "intelligenceService": Rule(ANYTHING),
}
_RECORDING = {
    "name": Rule(ANYTHING, unsure=True),
    "channels": Rule(one_of("mono", "dual")),
    "track": Rule(one_of("inbound", "outbound", "both")),
    "trim": Rule(_TRIM),
    **_RECORDING_STATUS,
}

_CONFIGURED = "recordingConfigurationId"
_DIAL_MORE = frozenset({"referUrl", "referMethod", "events", "passports", _CONFIGURED})
_NUMBER_MORE = frozenset({"url", "byoc", "machineDetection", "machineDetectionTimeout", "amdStatusCallback"})
_STREAMS = frozenset({"Stream", "Siprec", "VirtualAgent"})
_OTHERS = frozenset({"Conference", "Queue", "Client", "Sip", "Sim", "Application", "WhatsApp"})
_UNSERVED = frozenset({"Connect", "Enqueue", "Leave", "Pay", "Prompt", "Refer", "Sms"})
_NOUNS = frozenset({"Number", "Transcription", "Recording"})

VERBS: dict[str, Verb] = {
    "Say": Verb(_SAY, text=True),
    "Play": Verb(
        {
            "loop": Rule(whole(0), 13410),
            "digits": Rule(pattern("digits", r"[0-9#*wWA-D]+"), 13430),
        },
        text=True,
    ),
    "Pause": Verb({"length": Rule(whole(1), 13910)}),
    "Gather": Verb(_GATHER, frozenset({"Say", "Play", "Pause"}), 13320, unserved=frozenset({"partialResultCallback"})),
    "Redirect": Verb({"method": Rule(METHOD, 13710)}, text=True),
    "Record": Verb(_RECORD_VERB, unserved=frozenset({"transcribeCallback", _CONFIGURED})),
    "Dial": Verb(_DIAL, _OTHERS | {"Number"}, 13215, text=True, unserved=_DIAL_MORE),
    "Number": Verb(_NUMBER, text=True, unserved=_NUMBER_MORE),
    "Hangup": Verb({}),
    "Reject": Verb({"reason": Rule(one_of("rejected", "busy"), 13810)}),
    "Start": Verb({}, _STREAMS | {"Transcription", "Recording"}),
    "Stop": Verb({}, _STREAMS | {"Transcription", "Recording"}),
    "Transcription": Verb(_TRANSCRIPTION),
    "Recording": Verb(_RECORDING, unserved=frozenset({_CONFIGURED})),
    **{name: Verb({}, served=False, text=True) for name in _STREAMS | _OTHERS | _UNSERVED},
}
"""All that a document may hold; SSML inside `Say` is in `speaking.py`."""

ROOT = frozenset(VERBS) - _NOUNS - _STREAMS - _OTHERS
"""What may stand in `Response`."""
