"""Twilio's codes for what is wrong with a voice document, and the error with one (Twilio, "Error dictionary")."""

NOT_SERVED = 0
"""Not a code of Twilio's: the document is right, but the box does not do this part of it."""

CODES: dict[int, str] = {
    11100: "A URL is not valid",
    11200: "The document could not be fetched: an error status, or no answer in time",
    11205: "No connection could be made for the document",
    11215: "There are too many redirects",
    11750: "The document is larger than 64 kB",
    11770: "The answer is empty",
    12100: "The document is not XML",
    12102: "The root of the document is not Response",
    12200: "The document does not follow the schema",
    12300: "The content type of the document is wrong",
    13210: "Dial: wrong method",
    13212: "Dial: wrong timeout",
    13213: "Dial: wrong hangupOnStar",
    13214: "Dial: wrong callerId",
    13215: "Dial: wrong element inside",
    13216: "Dial: wrong timeLimit",
    13217: "Dial: wrong record",
    13218: "Dial: wrong sequential",
    13219: "Dial: wrong answerOnBridge",
    13220: "Dial: wrong ringTone",
    13221: "Dial, Number: wrong method",
    13222: "Dial, Number: wrong sendDigits",
    13223: "Dial: the number has a wrong format",
    13256: "The recordingStatusCallback is not a URL",
    13257: "The transcribeCallback is not a URL",
    13310: "Gather: wrong finishOnKey",
    13312: "Gather: wrong method",
    13313: "Gather: wrong timeout",
    13314: "Gather: wrong numDigits",
    13320: "Gather: wrong verb inside",
    13321: "Gather, Say: wrong voice",
    13322: "Gather, Say: wrong loop",
    13325: "Gather, Play: wrong content type",
    13326: "Gather: wrong input",
    13327: "Gather: wrong speechTimeout",
    13328: "Gather: wrong maxSpeechTime",
    13329: "Gather: wrong partialResultCallbackMethod",
    13330: "Gather: wrong hints",
    13331: "Gather: wrong language",
    13332: "Gather: wrong bargeIn",
    13333: "Gather: wrong profanityFilter",
    13334: "Gather: wrong speechModel",
    13335: "Gather: speechTimeout auto cannot be used with the model default",
    13336: "Gather: wrong debug",
    13338: "Gather: wrong actionOnEmptyResult",
    13410: "Play: wrong loop",
    13420: "Play: wrong content type",
    13430: "Play: wrong digits",
    13510: "Say: wrong loop",
    13511: "Say: wrong voice",
    13512: "Say: wrong language",
    13520: "Say: there is no text",
    13521: "Say: more than 4,096 characters",
    13610: "Record: wrong method",
    13611: "Record: wrong timeout",
    13612: "Record: wrong maxLength",
    13613: "Record: wrong finishOnKey",
    13614: "Record: wrong transcribe",
    13616: "Record: wrong playBeep",
    13621: "Wrong recordingStatusCallbackEvent",
    13622: "Wrong recordingTrack",
    13699: "Record: wrong trim",
    13710: "Redirect: wrong method",
    13810: "Reject: wrong reason",
    13910: "Pause: wrong length",
    32650: "Transcription: its settings are wrong; nothing is transcribed and no callback comes",
}

HARMLESS = frozenset({32650})
"""The call goes on in spite of these."""


class TwimlProblem(Exception):  # noqa: N818 - reads as what it is
    """A document that Twilio does not execute as it stands; `code` is 0 for what only the box does not do."""

    def __init__(self, code: int, detail: str = "") -> None:
        self.code = code
        message = CODES.get(code, "The box does not do this")
        self.message = f"{message}: {detail}" if detail else message
        super().__init__(self.message)
