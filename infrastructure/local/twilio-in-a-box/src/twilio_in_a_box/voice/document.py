"""Reads a voice document as strictly as Twilio's rules are written: what is wrong in it has a code."""

import urllib.parse
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

from twilio_in_a_box.voice import speaking, values
from twilio_in_a_box.voice.problems import HARMLESS, NOT_SERVED, TwimlProblem
from twilio_in_a_box.voice.table import ROOT, SCHEMA, VERBS, Verb

LARGEST = 64_000
"""Bytes of a document (Twilio, error 11750)."""

UNSORTED = (
    "The parameters of a URL are not in the order of the alphabet: Twilio sends them sorted, but signs them unsorted"
)
"""Seen in practice (twilio/twilio-php, issue 790), not documented."""


@dataclass(frozen=True)
class Step:
    """One verb or noun.

    Attributes:
        text: what it says, plays or dials, without spaces around it.
        inside: what stands inside.
        problem: why Twilio does not do it although the call goes on; None if it does.
    """

    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    text: str = ""
    inside: tuple["Step", ...] = ()
    problem: TwimlProblem | None = None

    def get(self, name: str, default: str = "") -> str:
        """An attribute's value."""
        return self.attributes.get(name, default)

    def is_on(self, name: str, *, default: bool = False) -> bool:
        """Whether an attribute is true."""
        return self.attributes.get(name, str(default).lower()) == "true"


def read(answer: str) -> tuple[Step, ...]:
    """The verbs of a document in their order; raises TwimlProblem for the first that is wrong."""
    if len(answer.encode()) > LARGEST:
        raise TwimlProblem(11750)
    if not answer.strip():
        raise TwimlProblem(11770)
    if "<!DOCTYPE" in answer.upper():
        raise TwimlProblem(12100, "TwiML has no document type")
    try:
        root = ET.fromstring(answer.strip())  # noqa: S314 - without a document type there are no entities to expand
    except (ET.ParseError, ValueError) as error:
        raise TwimlProblem(12100, str(error)) from None
    if root.tag != "Response":
        raise TwimlProblem(12102, f"it is {root.tag}")
    if root.attrib or _own_text(root):
        raise TwimlProblem(SCHEMA, "Response has no attributes and no text")
    return tuple(_step(one, ROOT, SCHEMA, "Response") for one in root)


def _step(element: ET.Element, allowed: frozenset[str], code: int, parent: str) -> Step:
    name = element.tag
    if name not in allowed:
        known = name in VERBS
        raise TwimlProblem(code if known else SCHEMA, f"<{name}> inside <{parent}>")
    verb = VERBS[name]
    if not verb.served:
        raise TwimlProblem(NOT_SERVED, f"<{name}>")
    problem = _check_attributes(element, verb, parent)
    if name == "Say":
        step = Step(name, dict(element.attrib), speaking.spoken(element), problem=problem)
    else:
        inside = tuple(_step(one, verb.inside, verb.inside_code, name) for one in element)
        step = Step(name, dict(element.attrib), _text(element, verb), inside, problem)
    return _checked(step, parent)


def _check_attributes(element: ET.Element, verb: Verb, parent: str) -> TwimlProblem | None:
    """The first wrong attribute that the call survives; raises the first that it does not."""
    harmless = None
    for name, value in element.attrib.items():
        rule = verb.rules.get(name)
        if name in verb.unserved or (element.tag, name, value) == ("Record", "transcribe", "true"):
            raise TwimlProblem(NOT_SERVED, f"{name} of <{element.tag}>")
        if rule is None:
            raise TwimlProblem(SCHEMA, f"<{element.tag}> has no attribute {name}")
        if rule.allowed.test(value):
            continue
        problem = TwimlProblem(_code(rule.code, parent), f"{name} has to be {rule.allowed.words}, not {value[:80]!r}")
        if rule.code not in HARMLESS:
            raise problem
        harmless = harmless or problem
    return harmless


def _code(code: int, parent: str) -> int:
    """Inside `Gather`, some errors have a code of their own."""
    return {13511: 13321, 13510: 13322, 13420: 13325}.get(code, code) if parent == "Gather" else code


def _text(element: ET.Element, verb: Verb) -> str:
    text = _own_text(element)
    if text and not verb.text:
        raise TwimlProblem(SCHEMA, f"<{element.tag}> has no text")
    return text


def _own_text(element: ET.Element) -> str:
    return " ".join([element.text or "", *(one.tail or "" for one in element)]).strip()


def _checked(step: Step, parent: str) -> Step:
    """The step, if what its attributes and text say goes together."""
    match step.name:
        case "Say":
            speaking.check_voice(step.get("voice"), step.get("language"), _code(13511, parent))
        case "Play" if not (step.text or "digits" in step.attributes):
            raise TwimlProblem(11100, "<Play> needs a URL")
        case "Play" | "Redirect" if step.text or step.name == "Redirect":
            _check_url(step)
        case "Gather":
            _check_gather(step)
        case "Dial":
            _check_dial(step)
        case "Number":
            _check_number(step.text)
        case "Transcription" if parent == "Start":
            return _transcribing(step)
        case "Start" | "Stop" if len(step.inside) != 1:
            raise TwimlProblem(SCHEMA, f"<{step.name}> holds one noun")
        case _:
            pass
    return step


def _check_url(step: Step) -> None:
    if not values.is_url(step.text):
        raise TwimlProblem(11100, step.text[:200] or f"<{step.name}> needs a URL")


def _check_gather(step: Step) -> None:
    model, silence = step.get("speechModel"), step.get("speechTimeout")
    if silence == "auto" and model == "default":
        raise TwimlProblem(13335)
    if silence == "auto" and model:
        raise TwimlProblem(13327, f"auto cannot be used with the model {model}")


def _check_dial(step: Step) -> None:
    if step.text and step.inside:
        raise TwimlProblem(13215, "a number as text, and elements")
    if not step.inside:
        _check_number(step.text)


def _check_number(text: str) -> None:
    if not values.NUMBER.test(text):
        raise TwimlProblem(13223, f"{text[:40]!r} is not {values.NUMBER.words}")


def _transcribing(step: Step) -> Step:
    """Twilio says nothing at all to the document's owner where the settings of a transcription are wrong."""
    problem = step.problem
    engine, model = step.get("transcriptionEngine", "google"), step.get("speechModel")
    is_deepgrams = model.startswith("nova-")
    if "statusCallbackUrl" not in step.attributes:
        problem = TwimlProblem(32650, "statusCallbackUrl is missing")
    elif not problem and model and is_deepgrams != (engine == "deepgram"):
        problem = TwimlProblem(32650, f"{engine} has no model {model}")
    return Step(step.name, step.attributes, step.text, step.inside, problem)


def unsorted_urls(steps: tuple[Step, ...]) -> list[str]:
    """The URLs of a document whose parameters are not in the order of the alphabet; see `UNSORTED`."""
    found = []
    for step in steps:
        named = [
            *(value for name, value in step.attributes.items() if VERBS[step.name].rules[name].allowed.words in _URLS)
        ]
        named += [step.text] if step.name == "Redirect" else []
        found += [one for one in named if not _is_sorted(one)]
        found += unsorted_urls(step.inside)
    return found


_URLS = frozenset({values.url().words, values.ABSOLUTE.words})


def _is_sorted(url: str) -> bool:
    names = [name for name, _ in urllib.parse.parse_qsl(urllib.parse.urlsplit(url).query, keep_blank_values=True)]
    return names == sorted(names)
