"""Every failure says what happened and what to do, also an unknown one."""

import re

import pytest

from ai_voice_shared import twilio_errors

ASKED_FOR = (
    "20429 21211 21408 21610 21614 21617 30003 30005 30008 63003 63005 63007 63013 63016 63018 63019 63020 63021 63024"
    " 63032 63049"
)


@pytest.mark.parametrize("code", sorted(twilio_errors.known_codes()))
def test_a_failure_is_told_in_whole_sentences(code: str) -> None:
    failure = twilio_errors.failure(code)
    assert re.fullmatch(r"\d{5}", code)
    for sentence in (failure.happened, failure.remedy):
        assert re.fullmatch(r"[A-Z].*[.]", sentence)


def test_the_codes_that_matter_have_entries_of_their_own() -> None:
    assert set(ASKED_FOR.split()) <= twilio_errors.known_codes()


def test_only_a_closed_window_is_opened_by_a_template() -> None:
    assert [code for code in twilio_errors.known_codes() if twilio_errors.failure(code).template_helps] == ["63016"]


@pytest.mark.parametrize("code", ["", "99999", "no code"])
def test_an_unknown_code_has_a_generic_answer(code: str) -> None:
    assert "error dictionary" in twilio_errors.failure(code).remedy
    assert not twilio_errors.failure(code).template_helps
