"""What a model made up is found and dropped, and what was said stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ai_voice_shared.domain import Scores
from ai_voice_shared.words.syllables import syllables
from voice_parser.speech.plausibility import RULES, Judgement, Said, judged

LOOP = "I'm going to do this. "
GLOSSARY = ("Elm Street", "Acme Heating", "Valve 3000")
USUAL_PACE = 5.0
WORDS = st.sampled_from(
    [
        "please",
        "order",
        "two",
        "new",
        "valves",
        "for",
        "the",
        "boiler",
        "on",
        "elm",
        "street",
        "by",
        "friday",
        "because",
        "pressure",
        "falls",
        "daniel",
        "will",
        "come",
        "with",
        "another",
        "filter",
        "and",
        "measure",
        "what",
        "runs",
        "in",
        "building",
        "seven",
        "tomorrow",
        "morning",
    ]
)
SENTENCES = st.lists(WORDS, min_size=5, max_size=12, unique=True).map(lambda words: " ".join(words).capitalize() + ".")


def reasons(text: str, seconds: float, keywords: tuple[str, ...] = (), scores: Scores | None = None) -> tuple[str, ...]:
    return judged(Said(text, seconds, keywords, scores or Scores())).reasons


def test_a_sentence_eighty_times_in_eleven_seconds_is_said_once_and_uncertain() -> None:
    assert judged(Said(LOOP * 80, 11)) == Judgement(LOOP.strip(), ("too-fast",), uncertain=True)


def test_a_loop_is_found_though_there_is_time_to_say_it_and_its_end_is_cut() -> None:
    looped = "Order two valves. " + LOOP * 5 + "I'm going to"
    assert judged(Said(looped, 11)) == Judgement(
        "Order two valves. I'm going to do this.", ("repeated",), uncertain=True
    )


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("ha ha ha ha ha ha", 3),
        ("The meter reads 0 0 0 0 0 0.", 4),
        ("The meter reads 000000.", 4),
        ("0 0 0 0 0 0", 3),
        ("4 2 4 2 4 2 4 2 4 2", 5),
        ("No no no no!", 2),
        ("Call me back. Call me back. Call me back.", 4),
        ("4711 0815 1234 5678 9012 3456", 17),
        ("1,000,000,000 euros", 1.5),
        ("はい、はい、はい", 2),
        ("Thank you.", 0.7),
        ("Bye.", 0.5),
        ("Okay, thank you very much. Bye.", 2),
        ("Vielen Dank.", 0.9),
        ("ありがとうございます", 1.2),
        ("Please add subtitles by Friday.", 2.5),
        ("We need more music.", 1.5),
    ],
)
def test_what_people_do_say_is_believed(text: str, seconds: float) -> None:
    assert reasons(text, seconds) == ()


def test_readings_beside_a_loop_stay() -> None:
    assert judged(Said("0 0 0 0 0 0. " + LOOP * 80, 11)).text == f"0 0 0 0 0 0. {LOOP.strip()}"


@pytest.mark.parametrize(
    "text", ["you " * 224, "0 " * 200, "请把水泵关掉。" * 12, "ขอบคุณครับผม" * 20, "नमस्ते दुनिया " * 40]
)
def test_a_loop_is_found_in_every_script(text: str) -> None:
    judgement = judged(Said(text, 11))
    assert judgement.reasons
    assert len(judgement.text) <= len(text) / 12


def test_what_repeats_itself_though_not_word_for_word_is_uncertain() -> None:
    text = "".join(f"{so} I think {so} that {so} I think it is. " for so in ("so", "and", "so", "but") * 8)
    assert "monotonous" in reasons(text, 300)
    assert reasons("Order two valves.", 3, scores=Scores(compression=5.0)) == ("monotonous",)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Elm Street, Acme Heating, Valve 3000", ""),
        ("Elm Street", ""),
        ("Acme Heating. Elm Street.", ""),
        ("Elm Street, Acme Heating, Valve 3000. Order two valves.", "Order two valves."),
    ],
)
def test_the_glossary_alone_or_in_front_is_an_echo(text: str, left: str) -> None:
    assert judged(Said(text, 4, GLOSSARY)) == Judgement(left, ("echo",), uncertain=False)


def test_an_echo_needs_no_spaces() -> None:
    assert judged(Said("锅炉、水泵。", 4, ("锅炉", "水泵"))).text == ""


@pytest.mark.parametrize(
    "text", ["Elm Street is closed.", "Elm Street, Acme Heating said so.", "Two valves for Elm Street."]
)
def test_words_of_the_glossary_in_a_sentence_are_none(text: str) -> None:
    assert reasons(text, 4, GLOSSARY) == ()


@pytest.mark.parametrize("seconds", [0.4, 2.0, 9.0])
@pytest.mark.parametrize(
    "text",
    [
        "Subtitles by the Amara.org community",
        "Untertitel der Amara.org-Community",
        "Untertitelung des ZDF, 2020",
        "Untertitel im Auftrag des ZDF für funk, 2017",
        "Sous-titres réalisés par la communauté d'Amara.org",
        "Sous-titrage ST' 501",
        "Subtítulos realizados por la comunidad de Amara.org",
        "Legendas pela comunidade Amara.org",
        "Ondertitels ingediend door de Amara.org gemeenschap",
        "Sottotitoli e revisione a cura di QTSS",
        "TV GELDERLAND 2021",
        "(C) TV Gelderland 2021",
        "Субтитры сделал DimaTorzok",
        "字幕由Amara.org社区提供",
        "[Music]",
        "*sighs*",
        "(applause)",
        "♪ la la ♪",
    ],
)
def test_credits_and_notes_about_sounds_are_said_by_nobody(text: str, seconds: float) -> None:
    assert judged(Said(text, seconds)).text == ""


@pytest.mark.parametrize(
    "text",
    [
        "Thank you for watching!",
        "Thanks for watching",
        "ご視聴ありがとうございました",
        "谢谢观看",
        "Vielen Dank für’s Zuschauen!",
        "Iscriviti al canale!",
        "Bedankt om te kijken",
    ],
)
def test_the_end_of_a_video_is_doubted_and_made_up_where_it_takes_another_time(text: str) -> None:
    assert [judged(Said(text, seconds)).text for seconds in (0.3, 9.0)] == ["", ""]
    assert judged(Said(text, 1.4)) == Judgement(text, ("sign-off",), uncertain=True)


def test_beside_real_words_the_end_of_a_video_is_cut_and_the_rest_believed() -> None:
    said = Said("Order two valves. Thank you for watching! Untertitelung des ZDF, 2020", 3)
    assert judged(said) == Judgement("Order two valves.", ("credits",), uncertain=False)


@pytest.mark.parametrize(("seconds", "left"), [(0.36, ""), (9.0, "Thank you.")])
def test_a_thank_you_is_doubted_where_it_takes_another_time_than_the_speech(seconds: float, left: str) -> None:
    assert judged(Said("Thank you.", seconds)) == Judgement(left, ("courtesy",), uncertain=bool(left))


@pytest.mark.parametrize(
    ("scores", "seconds", "left"),
    [
        (Scores(no_speech=0.98, log_probability=-0.3), 2, "Order two valves today."),
        (Scores(no_speech=0.98, log_probability=-0.3), 12, ""),
        (Scores(no_speech=0.7, log_probability=-1.3), 2, ""),
        (Scores(no_speech=0.1, log_probability=-1.3), 2, "Order two valves today."),
    ],
)
def test_what_whisper_itself_doubts_is_not_filed_as_said(scores: Scores, seconds: float, left: str) -> None:
    judgement = judged(Said("Order two valves today.", seconds, scores=scores))
    assert judgement.reasons
    assert (judgement.text, judgement.uncertain) == (left, bool(left))


def test_a_courtesy_that_whisper_itself_takes_for_silence_is_dropped() -> None:
    assert judged(Said("You", 0.5, scores=Scores(no_speech=0.95, log_probability=-0.8))).text == ""


def test_what_whisper_is_sure_of_is_believed() -> None:
    assert reasons("Order two valves today.", 2, scores=Scores(0.55, -0.9, 1.6)) == ()


@given(st.lists(SENTENCES, min_size=1, max_size=6, unique=True).map(" ".join))
def test_usual_sentences_at_a_usual_pace_are_never_doubted(text: str) -> None:
    assert reasons(text, syllables(text) / USUAL_PACE) == ()


@given(SENTENCES, st.integers(min_value=4, max_value=100), st.floats(min_value=1, max_value=300))
def test_a_sentence_over_and_over_is_always_found_and_said_once(sentence: str, times: int, seconds: float) -> None:
    judgement = judged(Said(f"{sentence} " * times, seconds))
    assert judgement.uncertain
    assert judgement.text == sentence


@given(st.text(max_size=200), st.floats(min_value=0, max_value=30))
def test_whatever_an_engine_writes_is_judged_and_nothing_is_added(text: str, seconds: float) -> None:
    judgement = judged(Said(text, seconds, GLOSSARY))
    assert len(judgement.text) <= len(text)
    assert set(judgement.reasons) <= {rule.name for rule in RULES}
