"""Analyses as the API tells them: what a language model would have made, where a test has none."""

from typing import Any


def citation(
    name: str, at: float | None, quote: str, message_id: str, audio: str | None = "/none.ogg"
) -> dict[str, Any]:
    """A citation as `/v1/ask` gives it."""
    return {
        "message_id": message_id,
        "start": at,
        "end": None if at is None else at + 4,
        "quote": quote,
        "sentence": f"{quote}.",
        "before": "",
        "sender_name": name,
        "received_at": "2026-11-24T16:05:00Z",
        "title": "Ridge tiles: fourteen cracked",
        "audio_url": None if at is None else audio,
    }


def _said(text: str, *citations: dict[str, Any]) -> dict[str, Any]:
    return {"text": text, "proven": True, "citations": list(citations)}


def _section(heading: str | None, *statements: dict[str, Any], nothing: str | None = None) -> dict[str, Any]:
    return {"heading": heading, "statements": list(statements), "nothing": nothing}


def diary(message_id: str = "SM1", **changed: Any) -> dict[str, Any]:
    """The site diary of the design's picture, that rests on this note."""
    tom, danielle = "Tom Adeyemi", "Danielle Okafor"
    return {
        "analysis_id": "an_diary",
        "template_id": "site-diary",
        "name": "Site diary",
        "title": "",
        "status": "ready",
        "reason": None,
        "created_at": "2026-11-25T07:30:00Z",
        "day": "2026-11-24",
        "notes": 6,
        "fields": {"place": "St Anne’s Court"},
        "language": "en",
        "layout": "paper",
        "made_at": "2026-11-25T07:30:40Z",
        "done": 6,
        "sections": [
            _section(
                "Work",
                _said(
                    "Tom said fourteen ridge tiles are cracked on the north slope, not the six that were priced.",
                    citation(tom, 0.5, "fourteen ridge tiles are cracked", message_id),
                ),
                _said(
                    "He said the tarpaulin goes on before dark and that all tiles are photographed first.",
                    citation(tom, 4.2, "the tarpaulin goes on before dark", message_id),
                    citation("Marek Nowak", 2.0, "photograph them all", message_id),
                ),
            ),
            _section(
                "People and visitors",
                _said(
                    "Danielle wrote that four of ours were on site, and two from the scaffold firm until 15:00.",
                    citation(danielle, None, "four of ours, two from the scaffold firm until 15:00", message_id),
                ),
            ),
            _section("Open", nothing="Nobody said anything about deliveries on this day."),
        ],
        "left_out": 1,
        "sources": [
            _source(message_id, "Ridge tiles: fourteen cracked", tom, 287.0),
            _source(message_id, "Board in riser 4 is the old type", "Marek Nowak", 70.0),
            _source(message_id, "Scaffold tag expires Friday", danielle, None),
            _source(message_id, "Who was on site", danielle, None),
        ],
        "erased_notes": 0,
    } | changed


def _source(message_id: str, title: str, name: str, duration: float | None) -> dict[str, Any]:
    return {
        "message_id": message_id,
        "title": title,
        "sender_name": name,
        "received_at": "2026-11-24T16:05:00Z",
        "duration": duration,
        "erased": False,
    }


def letter(**changed: Any) -> dict[str, Any]:
    """A letter to a customer."""
    said = _said(
        "The old board in riser 4 has no spare ways. We will replace it before the lift is tested.",
        citation("Marek Nowak", 12.0, "the board in riser 4 is the old type", "SM1"),
    )
    promised = _said(
        "The revised price for the pump reaches you by Friday.", citation("Sam Porter", None, "price by Friday", "SM1")
    )
    other = {
        "analysis_id": "an_letter",
        "template_id": "customer-letter",
        "name": "Customer letter",
        "title": "Board in riser 4",
        "layout": "letter",
        "day": None,
        "notes": 3,
        "fields": {"to": "Mrs Okonkwo"},
        "sections": [_section(None, said, promised)],
        "left_out": 0,
    }
    return diary() | other | changed


def brief(analysis: dict[str, Any]) -> dict[str, Any]:
    """As the list tells it."""
    names = ("analysis_id", "template_id", "name", "title", "status", "reason", "created_at", "day", "notes")
    return {name: analysis[name] for name in names}
