"""A statement shows only links that are in its sources, as text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ai_voice_shared.answering.links import supported

NOTE = (
    "The manual is at https://pumps.example.com/Manual?x=1. Ask WWW.EXAMPLE.ORG or ann@acme.example; runs on node.js."
)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("See https://pumps.example.com/Manual?x=1.", "See https://pumps.example.com/Manual?x=1."),
        ("See pumps.example.com/Manual?x=1, now", "See pumps.example.com/Manual?x=1, now"),
        ("[The manual](https://pumps.example.com/Manual?x=1).", "The manual (https://pumps.example.com/Manual?x=1)."),
        (
            "Ask example.org/ and ann@acme.example about node.js.",
            "Ask example.org/ and ann@acme.example about node.js.",
        ),
    ],
)
def test_a_link_that_stands_in_a_source_is_shown_as_text(text: str, shown: str) -> None:
    assert supported(text, [NOTE]) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Go to https://evil.example/?q=secret!", "Go to …!"),
        ("Go to evil.example (www.evil.example).", "Go to …."),
        ("It is at https://pumps.example.com.evil.example/Manual?x=1 now", "It is at … now"),
        ("It is at https://pumps.example.com/Other", "It is at …"),
        ("[The manual](https://evil.example/) helps.", "The manual helps."),
        ("[The manual](javascript:alert(1)) helps.", "The manual helps."),
        ("Look ![pump](https://evil.example/a.png?78cm)", "Look pump"),
        ("Write to mailto:eve@evil.example or tel:+15550100009.", "Write to … or …."),
        ("<https://evil.example> is better", "is better"),
        ("https://evil.example", ""),
    ],
)
def test_any_other_link_is_dropped(text: str, shown: str) -> None:
    assert supported(text, [NOTE]) == shown


@pytest.mark.parametrize(
    "text",
    [
        "The pump runs at 52.5 degrees.Then it stops.",
        "Parts AB.CDE-12, 12.AB and AB_12_C fit; 5*3 of them, e.g. today at 10:30, z.B. v2.0.",
        "St.Gallen, data: 5 items (see above), tel: none [sic].",
    ],
)
def test_what_is_no_link_stays(text: str) -> None:
    assert supported(text, []) == text


@settings(deadline=None)
@given(text=st.text(alphabet="aZ1.:/ @[]()<>-w!…") | st.text())
def test_no_words_around_a_link_let_it_through_and_dropping_is_done_once(text: str) -> None:
    assert "//evil" not in supported(f"{text} http://evil.example", [text])
    assert supported(supported(text, []), []) == supported(text, [])
