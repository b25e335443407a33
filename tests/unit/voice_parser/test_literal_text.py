"""WhatsApp shows the words of notes and models as is, and they do nothing there."""

import re
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.app import ACME, FakeApp, job

from ai_voice_shared.answering.answers import Answer, Citation, Statement
from ai_voice_shared.domain import Transcript
from ai_voice_shared.intents import KnowledgeDocument
from ai_voice_shared.stored.stored_notes import paragraphs
from voice_parser.commands import questions
from voice_parser.replying import feedback
from voice_parser.replying.clusters import units
from voice_parser.replying.literal_text import literal
from voice_parser.replying.splitting import LONGEST_REPLY, split
from voice_parser.understanding.understanding import Analysis

HOSTILE = "*Pay* _now_ ~never~ `at` https://evil.example/pay, www.evil.example, @15550100009 or boss@evil.example"


def acts(text: str) -> list[str]:
    """What a phone would format, mention or link: an own account of it, more eager than any."""
    rules = [
        *(
            rf"(?<![A-Za-z0-9\u2060])[{mark}](?=[^\s{mark}])[^\n]*?[^\s{mark}][{mark}](?![A-Za-z0-9\u2060])"
            for mark in "*_~"
        ),
        r"(?<!\u2060)`[^\u2060`][^`]*`(?!\u2060)",
        r"(?m)^(?:[>*-]|\d+\.) ",
        r"\w://",
        r"\w\.[^\W\d_][\w-]",
        r"@\w",
        r"\b\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}\b",
    ]
    return [rule for rule in rules if re.search(rule, text)]


@pytest.mark.parametrize(
    "text",
    [
        "*bold* move",
        "**bold**",
        "(*bold*)",
        "*a *b*",
        "_draft_",
        "__init__",
        "~no~",
        "_*x*_",
        "中*文*中",
        "use `rm`",
        "```\nblock\n```",
        "_1`1_`",
        "> quote",
        "words\n- item\n* item\n1. item",
        "https://evil.example/x?y=1",
        "whatsapp://send?text=hi",
        "EVIL.EXAMPLE",
        "пример.рф",
        "wa.me/15550100009",
        "ann@evil.example",
        "@15550100009",
        "10.0.0.5",
        HOSTILE,
    ],
)
def test_what_whatsapp_would_act_on_shows_the_same_and_does_nothing(text: str) -> None:
    assert acts(text)
    shown = literal(text)
    assert acts(shown) == []
    assert shown.replace("\u2060", "") == text


@pytest.mark.parametrize(
    "text",
    [
        "5*3 = 15 and 5 * 3 * 2",
        "AB_12_C and AB-12.5/7",
        "2*3*4",
        "price* and size*",
        "~5 kg, ~6 kg",
        "z.B. u.a. a.m. e.g. 3.5 mm",
        "v1.2.3",
        "at 10:30 @ the gate",
        "a lone ` mark",
        "*begins\nends*",
        "1.5 mm",
        "",
    ],
)
def test_real_text_that_whatsapp_leaves_alone_stays_as_it_is(text: str) -> None:
    assert literal(text) == text


@settings(deadline=None)
@given(text=st.text(alphabet="*_~`>-@.:/ \n1a中é\u2060") | st.text())
def test_nothing_acts_and_nothing_is_lost_whatever_the_text_is(text: str) -> None:
    shown = literal(text)
    assert shown.replace("\u2060", "") == text.replace("\u2060", "")
    assert literal(shown) == shown
    if "\u2060" not in text:
        assert acts(shown) == []


def test_a_browser_leaves_the_joiner_out_of_a_hosts_name() -> None:
    assert literal("shop.example.com").encode("idna") == b"shop.example.com"


def test_a_title_and_a_summary_of_a_model_do_nothing() -> None:
    note = KnowledgeDocument(
        intent="knowledge-document", title=HOSTILE, tag="x", summary=f"> {HOSTILE}", key_points=[HOSTILE, "5*3"]
    )
    told = feedback.answer(Analysis(language="en", note=note, engine="fake"), ACME, Transcript("x", paragraphs("x")))
    assert acts(told) == []
    assert "• 5*3" in told
    assert told.replace("\u2060", "").count("https://evil.example/pay") == 3


def test_an_answer_its_quotes_and_names_do_nothing_and_it_fits_two_messages() -> None:
    cited = Citation("SM1", 0, 3.0, 9.0, HOSTILE, "*Eve* @all", "2026-11-14T09:30:00.000Z")
    statements = tuple(Statement(f"{number}: {HOSTILE}", (cited,)) for number in range(60))
    told = questions.reply(Answer(statements, "", "en", "fake"), datetime(2026, 11, 27, tzinfo=UTC))
    assert acts(told) == []
    assert units(told) <= LONGEST_REPLY
    assert len(split(told)) == 2
    assert told.endswith('▶ Send "play 1" to hear source 1.')


def test_whatever_leaves_as_a_message_is_literal() -> None:
    assert [acts(part) for part in split(f"{HOSTILE}\n" * 40)] == [[], []]


def test_a_place_that_was_shared_links_nowhere(app: FakeApp) -> None:
    named = {"MessageType": "location", "Label": "*Pay* evil.example", "Latitude": "52.5", "Longitude": "13.4"}
    assert app.deliver(job("SM1", **named))
    (told,) = app.replies()
    assert "Pay" in told
    assert acts(told) == []
