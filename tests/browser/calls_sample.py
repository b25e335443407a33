"""A call as the API tells it: a customer who has called before, an agent, a rule that hears her, and an alarm."""

from dataclasses import asdict
from datetime import timedelta
from typing import Any

from ai_voice_shared.calls.model import Hint, Sentence, Speaker
from ai_voice_shared.domain import now, timestamp

CALL_ID = "CA00000000000000000000000000000001"
CUSTOMER = "Mrs Okonkwo, St Anne’s Court"
AGENT = "Danielle Okafor"
THREAT = "If it isn’t done this week we’ll cancel the contract, I mean it."
MANAGER = "I want to talk to whoever is in charge there."
THIRD = "This is the third time I’ve rung about it. Water in that lift pit again, and my mother can’t use the stairs."
_SAID: tuple[tuple[int, Speaker, int, str], ...] = (
    (2, "customer", 6, "Hello, it’s about the pump at St Anne’s Court again."),
    (3, "agent", 14, "Good morning, Mrs Okonkwo. I have your account open."),
    (5, "customer", 80, "The lift pit is still wet."),
    (6, "agent", 96, "That should be dry by now. Let me see who was there."),
    (8, "customer", 167, "You said I’d get a refund for the call-out in October, and I haven’t seen it."),
    (9, "agent", 178, "That should have gone out with the November statement. I’ll check it while we talk."),
    (
        11,
        "customer",
        194,
        "And nobody has told me when the pump is coming. I’ve been given two dates and both have gone.",
    ),
    (12, "agent", 211, "I can see the pump was on order. Let me look at what the supplier told us."),
    (15, "customer", 237, THIRD),
    (16, "customer", 245, THREAT),
    (17, "agent", 251, "I understand, and I’m sorry. I don’t want to promise you something I can’t keep."),
    (18, "customer", 258, MANAGER),
)
_COURSE = {2: 0.2, 5: 0.1, 8: -0.05, 11: -0.2, 15: -0.38, 16: -0.55, 18: -0.8}
POINTS = (
    "- Notice is **three months**; don’t argue it.\n- Offer a date you can keep, and say who will ring back.\n"
    "- You may waive the call-out fee up to $180 yourself."
)


def sentences() -> list[dict[str, Any]]:
    """What was said so far."""
    return [asdict(Sentence(number, who, text, at, at + 5.0)) for number, who, at, text in _SAID]


def keyword(number: int, name: str, words: str, points: str = "", promised: tuple[Any, ...] = ()) -> dict[str, Any]:
    """A hit of a rule in a sentence."""
    text = next(text for at, _, _, text in _SAID if at == number)
    begin = text.index(words)
    content = {"rule_id": f"ru_{name}", "name": name, "phrase": words, "begin": begin, "stop": begin + len(words)}
    hint = Hint("keyword", f"{CALL_ID}.{name}.{number}", number, content | {"points": points, "promised": promised})
    return asdict(hint)


def promise(message_id: str, name: str, at: float, quote: str) -> dict[str, Any]:
    """A sentence from an earlier note or call."""
    return {
        "message_id": message_id,
        "start": at,
        "end": at + 4,
        "quote": quote,
        "segment": 0,
        "sender_name": name,
        "received_at": "2026-11-06T09:00:00.000Z",
    }


def escalation(cause: str, number: int, *shown: int) -> dict[str, Any]:
    """An alarm, with the sentences that show it."""
    texts = {at: text for at, _, _, text in _SAID}
    content = {"cause": cause, "sentences": list(shown), "texts": [texts[one] for one in shown]}
    return asdict(Hint("escalation", f"{CALL_ID}.escalation.{cause}", number, content))


def recovered(cause: str, number: int) -> dict[str, Any]:
    """What closes it."""
    return asdict(Hint("recovered", f"{CALL_ID}.recovered.{cause}", number, {"cause": cause}))


def brief(**other: Any) -> dict[str, Any]:
    """A live call in the list; it began four and a half minutes ago."""
    return {
        "call_id": CALL_ID,
        "kind": "line",
        "status": "live",
        "started_at": timestamp(now() - timedelta(seconds=272)),
        "ended_at": None,
        "customer": "+447700900123",
        "customer_id": "okonkwo",
        "customer_name": CUSTOMER,
        "known": "number",
        "line": "+441632960020",
        "agent": "+441632960021",
        "agent_name": AGENT,
        "language": "en",
        "note_id": None,
    } | other


def whole(message_id: str = "SM1", **other: Any) -> dict[str, Any]:
    """The same call with everything that was said and noticed so far."""
    promised = (
        promise("CA9", AGENT, 72, "The new pump will be in by the twentieth."),
        promise(message_id, "Jürgen Weiß", 3, "There’s no call-out fee until it’s sorted."),
    )
    felt = (Hint("sentiment", f"{CALL_ID}.mood.{at}", at, {"score": to, "course": to}) for at, to in _COURSE.items())
    return (
        brief()
        | {
            "transcribing": True,
            "problem": None,
            "sentences": sentences(),
            "gaps": [{"after": 12, "events": 2, "start": 216.0, "end": 222.0}],
            "hints": [
                keyword(5, "Lift pit", "lift pit"),
                keyword(8, "Refund", "refund"),
                keyword(16, "Wants to leave", "cancel the contract", POINTS, promised),
            ],
            "course": [asdict(one) for one in felt],
            "escalations": [escalation("repeated", 15, 15), escalation("manager", 18, 18)],
            "talk_seconds": {"customer": 35.0, "agent": 25.0},
        }
        | other
    )


def as_note(note: dict[str, Any]) -> dict[str, Any]:
    """A note that the API tells, as if a call had been filed: two speakers, their course, an alarm, a gap, a hit."""
    names = {"customer": CUSTOMER, "agent": AGENT}
    lines = [one | {"speaker": names["agent" if at % 2 else "customer"]} for at, one in enumerate(note["segments"])]
    word = lines[0]["text"].split()[0]
    first, last = lines[0], lines[-1]
    course = [{"number": at * 2, "score": to, "course": to, "by": "own"} for at, to in enumerate((0.1, -0.5))]
    raised = {"cause": "manager", "sentences": [2], "texts": [last["text"]]}
    return note | {
        "segments": lines,
        "hits": [
            {
                "rule_id": "ru_1",
                "name": "Lift pit",
                "phrase": word,
                "segment": 0,
                "begin": 0,
                "stop": len(word),
                "text": word,
            }
        ],
        "call": {
            "customer": "+447700900123",
            "agent": "+441632960021",
            "line": "+441632960020",
            "speakers": names,
            "started_at": note["received_at"],
            "ended_at": note["received_at"],
            "talk_seconds": {"customer": 21.5, "agent": 9.4},
            "points": ["The pump is late."],
            "gaps": [{"after": 1, "events": 1, "start": first["end"], "end": first["end"] + 4}],
            "hits": [],
            "course": course,
            "escalations": [
                asdict(Hint("escalation", "one", 2, raised)),
                asdict(Hint("recovered", "two", 4, {"cause": "manager"})),
            ],
        },
    }
