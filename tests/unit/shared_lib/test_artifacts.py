"""No part of an artifact's key can escape its company's folder."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ai_voice_shared.artifacts import (
    COMPANY_ID,
    STAGING_PREFIX,
    TAG_LENGTH,
    ArtifactKey,
    intent_prefix,
    is_message_id,
    tag_from,
)

KEY = "acme/job-to-be-done/fix-the-pump_MM01_audio.ogg"
PARTS = ArtifactKey("acme", "job-to-be-done", "fix-the-pump", "MM01", "audio", "ogg")


@pytest.mark.parametrize("name", ["audio.ogg", "full_text.txt", "text_summary.txt", "segments.json", "analysis.json"])
def test_every_artifact_of_a_note_has_a_key_that_is_read_as_it_was_built(name: str) -> None:
    file_type, extension = name.split(".")
    built = ArtifactKey("acme", "other", "note", "SM1", file_type, extension)
    assert str(built) == f"acme/other/note_SM1_{name}"
    assert ArtifactKey.parse(str(built)) == built


def test_a_key_is_made_of_its_parts() -> None:
    assert str(PARTS) == KEY
    assert ArtifactKey.parse(KEY) == PARTS
    assert KEY.startswith(intent_prefix("acme", "job-to-be-done"))


@pytest.mark.parametrize(
    "key",
    ["", "acme", "acme/other/note_SM1_audio", "acme/other/a/note_SM1_audio.ogg", "Acme/other/note_SM1_audio.ogg",
     "acme/../note_SM1_audio.ogg", "acme/other/no te_SM1_audio.ogg", KEY + "\n", "/" + KEY, STAGING_PREFIX + "x"],
)  # fmt: skip
def test_what_is_no_artifacts_key_is_refused(key: str) -> None:
    with pytest.raises(ValueError, match="not an artifact key"):
        ArtifactKey.parse(key)


HOSTILE_PART = (
    st.text(alphabet="a_-./.. A\n", max_size=6)
    | st.text(max_size=6)
    | st.sampled_from(["acme", "other", "a", "SM1", "audio", "ogg", "..", "a/b"])
)


@settings(max_examples=300)
@given(st.tuples(*[HOSTILE_PART] * 6))
def test_no_part_can_add_a_folder_or_another_part(parts: tuple[str, str, str, str, str, str]) -> None:
    built = ArtifactKey(*parts)
    try:
        key = str(built)
    except ValueError:
        return
    assert ArtifactKey.parse(key) == built
    assert key.count("/") == 2


@pytest.mark.parametrize("company_id", ["_receipts", "-a", "a-", "A", "a/b", "", "a" * 64, "a.b"])
def test_our_own_prefixes_can_be_no_companys(company_id: str) -> None:
    assert not re.fullmatch(COMPANY_ID, company_id)


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("Fix the pump!", "fix-the-pump"),
        ("Zoë prüft Straße 7", "zoe-pruft-strasse-7"),
        ("明日", "note"),
        ("", "note"),
        ("a_b/../c", "a-b-c"),
    ],
)
def test_a_tag_is_made_of_plain_words(text: str, tag: str) -> None:
    assert tag_from(text) == tag


@given(st.text(max_size=300))
def test_a_tag_of_any_text_fits_into_a_key(text: str) -> None:
    tag = tag_from(text)
    assert len(tag) <= TAG_LENGTH
    assert ArtifactKey.parse(str(ArtifactKey("acme", "other", tag, "SM1", "audio", "ogg"))).tag == tag


@pytest.mark.parametrize("text", ["SM1", "MM" + "0" * 32, "a" * 64])
def test_a_message_id_names_one_in_keys(text: str) -> None:
    assert is_message_id(text)
    assert ArtifactKey.parse(f"acme/other/valves_{text}_audio.ogg").message_id == text


@pytest.mark.parametrize("text", ["", "SM-1", "SM/1", "SM1\n", "SM\u0661", "a" * 65, None, 1, ["SM1"]])
def test_anything_else_is_no_message_id(text: object) -> None:
    assert not is_message_id(text)
