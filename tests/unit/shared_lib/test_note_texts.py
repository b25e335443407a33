"""How the list shows what was understood: all of it, or a beginning that ends with a whole word."""

import pytest

from ai_voice_shared.intents import JobToBeDone, KnowledgeDocument, Other
from ai_voice_shared.stored import note_texts

LONGEST = 20_000


def listed(summary: str) -> str:
    return note_texts.in_list(
        KnowledgeDocument(intent="knowledge-document", title="T", tag="t", summary=summary, key_points=[]), "en"
    )


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


@pytest.mark.parametrize("text", ["", "short", "x" * LONGEST, "\U0001f600" * (LONGEST // 2)])
def test_what_fits_is_listed_whole(text: str) -> None:
    assert listed(text) == text


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("boiler " * LONGEST, "boiler…"),
        ("x" * (LONGEST - 1) + " yy", "x…"),
        ("水" * (LONGEST + 1), "水…"),
        ("\U0001f600" * LONGEST, "\U0001f600…"),
        ("e\u0301" * LONGEST, "e\u0301…"),
        ("\U0001f468\u200d\U0001f469" * LONGEST, "\U0001f469…"),
        ("a b " + "x" * LONGEST, "x…"),
        ("\u0301" * 2 * LONGEST, "…"),
    ],
)
def test_what_does_not_fit_ends_with_a_word_or_a_whole_character(text: str, end: str) -> None:
    shown = listed(text)
    assert units(shown) <= LONGEST
    assert shown.endswith(end)
    assert text.startswith(shown.removesuffix("…"))


def test_parts_that_are_empty_leave_no_gap() -> None:
    job = JobToBeDone(intent="job-to-be-done", title="T", tag="t", summary="", action_items=[])
    assert (note_texts.in_list(job, "en"), note_texts.as_file(job, "en")) == ("", "T\n")
    assert note_texts.in_list(Other(intent="other", title="T", tag="t"), "en") == ""
