"""Whoever asks for help is told what can be done, in their language, and every command that is told works."""

import re
from datetime import time

import pytest
from support.app import FakeAnswering, FakeApp, job

from ai_voice_shared.phrases import phrase
from voice_parser.commands import forget, guide, play
from voice_parser.evening import wishes
from voice_parser.fixing import filing

LANGUAGES = ("de", "en", "es", "fr", "it", "nl", "pt")
_QUOTED = re.compile(r"[“„«]\s?([^”“»]+?)\s?[”“»]")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("help", "en"),
        ("Help!", "en"),
        ("Hilfe", "de"),
        ("¡Ayuda por favor!", "es"),
        ("aide-moi", "fr"),
        ("AIUTO", "it"),
        ("?", "nl"),
        ("??", "nl"),
        ("¿?", "nl"),
    ],
)
def test_a_text_that_only_asks_for_help_is_understood(text: str, language: str) -> None:
    assert guide.asked(text, "nl") == language


@pytest.mark.parametrize("text", ["", " ", "!", "Help Maria with the ladder", "Does that help?", "help " * 20, "1?"])
def test_any_other_text_is_a_note(text: str) -> None:
    assert guide.asked(text, "en") is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_command_that_is_told_works(language: str) -> None:
    _, kind, erase = _QUOTED.findall(phrase("help_forget", language))
    (hear,) = _QUOTED.findall(phrase("help_ask", language))
    evening, again = _QUOTED.findall(phrase("help_again", language))
    assert forget.asked(erase) == language
    assert filing.asked("", kind) == ("job-to-be-done", language)
    request = play.requested("", hear)
    assert request is not None
    assert (request.number, request.language) == (1, language)
    wish = wishes.wished(evening)
    assert wish is not None
    assert (wish.hour, wish.language) == (time(18), language)
    assert guide.asked(again, "") == language


@pytest.mark.parametrize("answers", [True, False])
def test_the_sender_is_told_in_a_line_each_what_can_be_done(app: FakeApp, answers: bool) -> None:  # noqa: FBT001
    app.answering = FakeAnswering([]) if answers else None
    assert app.deliver(job("SM1", Body="Help"))
    (sent,) = app.twilio.sent
    assert sent["Body"] == guide.lines("en", answers=answers)
    assert len(sent["Body"].splitlines()) == (5 if answers else 4)
    assert app.analyzer.calls == 0


def test_a_photo_with_the_word_is_a_note(app: FakeApp) -> None:
    assert app.deliver(app.voice(b"\xff\xd8\xff\xe0 a picture", "MM1", "image/jpeg", caption="help"))
    assert app.analyzer.calls == 1
