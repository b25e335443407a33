"""What a call needs of its account: numbers with their voice URLs, signed requests, and where things are kept."""

from collections.abc import Callable
from dataclasses import dataclass, field

from twilio_in_a_box.account.kept import Kept
from twilio_in_a_box.calls import sound
from twilio_in_a_box.calls.acts import Outcome
from twilio_in_a_box.calls.call import Call
from twilio_in_a_box.calls.recordings import Recordings
from twilio_in_a_box.webhooks.posting import Poster


@dataclass(frozen=True)
class VoiceNumber:
    """A number that can be called, and what Twilio was told to do then.

    Attributes:
        url: the document of a call; its fragment may say when to try again, as `#rc=2&rp=ct,rt,5xx`.
        fallback_url: the document when that one cannot be had or is wrong; empty for none.
        status_callback: where the end of a call is told; empty for nowhere.
        label: for people.
    """

    url: str
    method: str = "POST"
    fallback_url: str = ""
    status_callback: str = ""
    label: str = ""


@dataclass
class Exchange:
    """Everything around the calls of one account.

    Attributes:
        url: the origin of the REST API.
        numbers: the numbers with voice URLs of their own.
        everyone: for all other numbers; None where they are not in service.
        agents: what a phone does when `Dial` calls it, by number; a phone that is not named answers.
        overrides: the fragment for a voice URL without one.
        speak: how texts sound in recordings; tones unless the host has a voice.
        recognise: what a sound without words says; None where the host has no engine for it.
        changed: gets a call whenever something happens to it.
        number_of: the number of the phone with an address.
    """

    poster: Poster
    kept: Kept
    url: Callable[[], str]
    changed: Callable[[Call], None] = lambda _call: None
    number_of: Callable[[str], str] = lambda address: address
    numbers: dict[str, VoiceNumber] = field(default_factory=dict)
    everyone: VoiceNumber | None = None
    agents: dict[str, Outcome] = field(default_factory=dict)
    overrides: str = ""
    speak: sound.Speaker = sound.tone
    recognise: sound.Recogniser | None = None

    def __post_init__(self) -> None:
        """Opens the shelf of recordings."""
        self.recordings = Recordings(self.kept)

    def number(self, to: str) -> VoiceNumber | None:
        """The settings of a number; None if nobody answers there."""
        return self.numbers.get(to.removeprefix("whatsapp:"), self.everyone)
