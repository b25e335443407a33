"""`Say`, `Play` and `Pause`: what the caller hears, also inside `Gather`."""

from collections.abc import Generator
from contextlib import suppress

import httpx

from twilio_in_a_box.calls import sound
from twilio_in_a_box.calls.acts import Act, TimeUp, Wait
from twilio_in_a_box.calls.session import Session
from twilio_in_a_box.calls.verbs.turns import Turn
from twilio_in_a_box.voice import clips
from twilio_in_a_box.voice.document import Step
from twilio_in_a_box.voice.problems import TwimlProblem

_SECONDS = 15.0
_ENDLESS = 1000
"""How often `loop="0"` repeats (Twilio, "TwiML Voice: Say")."""

type Takes = frozenset[type]


def say(session: Session, step: Step) -> Generator[Wait, Act, Turn | None]:
    """Lets the caller hear a text, a file, or nothing, to its end."""
    yield from heard(session, step, frozenset())
    return None


def heard(session: Session, step: Step, takes: Takes) -> Generator[Wait, Act, Act | None]:
    """Lets the caller hear a verb; the act that interrupted it, None at its end."""
    if step.name == "Pause":
        session.note("bot", "pause", step.get("length", "1"))
        act = yield Wait("Pause", float(step.get("length", "1")), takes)
        return None if isinstance(act, TimeUp) else act
    for _ in range(int(step.get("loop", "1")) or _ENDLESS):
        seconds = _said(session, step) if step.name == "Say" else _played(session, step, takes)
        began = session.clock.now
        act = yield Wait(step.name, seconds, takes)
        if not isinstance(act, TimeUp):
            session.tape.cut(max(began, session.clock.now))
            return act
        if step.name == "Say":
            session.transcribing.hear("outbound_track", step.text, session.clock.now)
    return None


def _said(session: Session, step: Step) -> float:
    voice = {name: step.get(name) for name in ("voice", "language") if step.get(name)}
    session.note("bot", "say", step.text, **voice)
    return session.tape.say(step.text, session.clock.now)


def _played(session: Session, step: Step, takes: Takes) -> float:
    if not step.text:
        session.note("bot", "play", "", digits=step.get("digits"))
        return 0.5 * len(step.get("digits"))
    url = session.absolute(step.text)
    content, content_type = _fetched(url)
    clips.check(content, content_type, 13325 if takes else 13420)
    file = session.exchange.kept.keep(content, content_type)
    session.note("bot", "play", url, media=f"/box/media/{file.name}", seconds=round(clips.seconds(content), 2))
    with suppress(ValueError):  # the box cannot decode it: a recording is silent there
        session.tape.add("bot", session.clock.now, sound.read_wav(content))
    return clips.seconds(content)


def _fetched(url: str) -> tuple[bytes, str]:
    """A file as Twilio's media server fetches it: with no credentials."""
    try:
        answer = httpx.get(url, follow_redirects=True, timeout=_SECONDS)
        answer.raise_for_status()
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise TwimlProblem(11200, f"{url}: {error}") from None
    return answer.content, answer.headers.get("content-type", "")
