"""Without a language model, questions and follow-ups are answered from what the search found, and from nothing else."""

import itertools
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from support.account import Account

from ai_voice_shared.answering.answering import Answering
from ai_voice_shared.answering.answers import Answer, Question
from ai_voice_shared.answering.passages import Passages
from ai_voice_shared.domain import Segment
from ai_voice_shared.phrases import phrase
from ai_voice_shared.records.conversations import AnswerCache, Conversations
from ai_voice_shared.search.model import IndexedNote
from ai_voice_shared.search.segment_index import SegmentIndexes

type Answers = Callable[..., Answer]
"""Files notes, asks one question after another in one conversation, and returns the answer to the last one."""

type Ask = Callable[..., list[str]]
"""The same, but returns what it is answered with."""


def note(text: str, language: str = "en", sender: str = "Kim") -> IndexedNote:
    said = tuple(Segment(place * 5.0, place * 5 + 4.0, one) for place, one in enumerate(text.split("|")))
    return IndexedNote(
        f"{sender}: {text}", "other", sender.casefold(), sender, "2026-11-20T10:00:00.000Z", language, said
    )


@pytest.fixture
def answer(account: Account, tmp_path: Path) -> Answers:
    conversations = itertools.count()

    def ask(notes: Sequence[IndexedNote], *questions: str) -> Answer:
        by_id = {one.message_id: one for one in notes}
        indexes = SegmentIndexes(account.store, tmp_path)
        indexes.change("acme", notes)
        answering = Answering(
            indexes,
            Passages(lambda _company, message_id: by_id.get(message_id)),
            Conversations(account.ledger),
            AnswerCache(account.ledger),
        )
        conversation = str(next(conversations))
        for text in questions:
            question = Question("acme", "sam", text, conversation=conversation)
            answer = answering.ask(question)
            answering.remember(question, answer)
        return answer

    return ask


@pytest.fixture
def ask(answer: Answers) -> Ask:
    return lambda *asked: [statement.text for statement in answer(*asked).statements]


TYRES = note("The Tesla tyre change costs 80 euros.")
SERVICE = note("A service for the Tesla is 300 euros.")
WINDSCREEN = note("The Tesla windscreen was 900 euros.")
OTHERS = [
    note("A windscreen for the Golf is 400 euros."),
    note("Service of the van: 150 euros."),
    note("Tyre change of the van: 60 euros, with a service and the windscreen wipers."),
    note("What a week, and how much is still to do."),
]
CARS = [*OTHERS, TYRES, SERVICE, WINDSCREEN]
PRICE, ITS_SERVICE, ITS_WINDSCREEN = (
    "How much is the Tesla tyre change?",
    "What about a service?",
    "And a windscreen?",
)


def text(one: IndexedNote) -> str:
    return one.segments[0].text


def test_a_chain_of_follow_ups_stays_with_what_the_first_one_asks_about(ask: Ask) -> None:
    assert ask(CARS, PRICE)[0] == text(TYRES)
    assert ask(CARS, PRICE, ITS_SERVICE) == [text(SERVICE)]
    assert ask(CARS, PRICE, ITS_SERVICE, ITS_WINDSCREEN) == [text(WINDSCREEN)]


def test_a_chain_without_capitals_prefers_what_the_first_one_asks_about(ask: Ask) -> None:
    cars = [*OTHERS[:2], TYRES, SERVICE, WINDSCREEN]
    assert ask(cars, PRICE.lower(), ITS_SERVICE.lower(), ITS_WINDSCREEN.lower()) == [text(WINDSCREEN)]


def test_a_chain_in_german_stays_with_its_first_question(ask: Ask) -> None:
    tyres, glass = (
        note("Der Reifenwechsel am Tesla kostet 80 Euro.", "de"),
        note("Die Scheibe am Tesla: 900 Euro.", "de"),
    )
    others = [note("Die Scheibe am Golf: 400 Euro.", "de"), note("Die Wartung am Golf: 100 Euro.", "de")]
    asked = ("Was kostet der Reifenwechsel am Tesla?", "Und die Wartung?", "Und die Scheibe?")
    assert ask([*others, tyres, glass], *asked) == [text(glass)]


@pytest.mark.parametrize("follow_up", ["And the sunroof?", "And where?", "What about it?", "When was that?", "Really?"])
def test_nothing_is_answered_from_an_earlier_questions_words_alone(ask: Ask, follow_up: str) -> None:
    assert ask(CARS, PRICE, follow_up) == []


def test_a_misspelt_follow_up_is_answered_from_similar_words(ask: Ask) -> None:
    assert ask([TYRES, SERVICE, WINDSCREEN], PRICE, "And the windscren?") == [text(WINDSCREEN)]


def test_another_subject_is_answered_for_itself(ask: Ask) -> None:
    assert ask(CARS, PRICE, "And the Golf's windscreen?")[0] == text(OTHERS[0])
    key = note("The key is under the blue pot.")
    assert ask([*CARS, key], PRICE, "Where is the key?") == [text(key)]


def test_a_follow_up_finds_its_own_words_behind_any_number_of_notes_with_the_earlier_ones(ask: Ask) -> None:
    many = [note(f"The Tesla tyre change number {place} was done.") for place in range(40)]
    roof = note("The sunroof leaks.")
    assert ask([*many, roof], PRICE, "And the sunroof?") == [text(roof)]


@pytest.mark.parametrize(
    "question",
    [
        "What is it about?",
        "Who was there, and when?",
        "Please tell me how much that is.",
        "¿Qué es eso y cuándo fue?",
        "Was ist das und wann war das?",
        "Qu'est-ce que c'est et quand?",
        "O que é isso e quando foi?",
        "Vad var det, och när?",
        "Hvad var det, og hvornår?",
        "Hva var det, og når?",
        "Mikä se oli ja milloin?",
    ],
)
def test_little_words_alone_tell_nothing(ask: Ask, question: str) -> None:
    notes = [
        note("What was that about, who is it, and when were you there, please?"),
        note("¿Qué es eso? No sé cuándo fue.", "es"),
        note("Was das ist und wann es war, sagt keiner.", "de"),
        note("Qu'est-ce que c'est, et quand est-ce?", "fr"),
        note("O que é isso? Não sei quando foi.", "pt"),
        note("Vad det var, och när det var, vet ingen.", "sv"),
        note("Hvad det var, og hvornår, ved ingen.", "da"),
        note("Hva det var, og når det var, vet ingen.", "nb"),
        note("Mikä se oli ja milloin, sitä ei kukaan tiedä.", "fi"),
    ]
    assert ask(notes, question) == []


def test_little_words_do_not_outweigh_what_is_asked_about(ask: Ask) -> None:
    chatter = note("When there would have been what they were with, that was about what is under there.")
    key = note("The key lies in the shed.")
    assert ask([chatter, key], "What about the key that was there under the pot with those others?") == [text(key)]


@pytest.mark.parametrize(
    ("language", "said", "question"),
    [
        ("en", "The key is in the shed.", "Where is the key?"),
        ("en", "The meeting is in room five.", "Where is the meeting?"),
        ("en", "Run 5 m of pipe.", "How much pipe for 5 m?"),
        ("en", "Fit AB-1042/7 tomorrow.", "When is ab1042 fitted?"),
        ("en", "Call +49 170 123 45 67.", "01701234567?"),
        ("en", "It runs at fifty two degrees.", "What runs at 52?"),
        ("fr", "La chaudière est fermée.", "chaudiere?"),
        ("de", "Das Öl ist leer.", "Wo ist das Öl?"),
        ("sv", "Nyckeln ligger i boden.", "Var är nyckeln?"),
        ("fi", "Avain on vajassa.", "Missä avain on?"),
        ("de", "Das Heizungsventil klemmt.", "Was ist mit der Heizung?"),
        ("zh", "钥匙在蓝色花盆下面。", "钥匙在哪里?"),
        ("zh", "七号楼的水泵坏了。", "泵?"),
        ("ja", "鍵は青い鉢の下にあります。", "鍵はどこですか。"),
        ("ko", "열쇠는 화분 아래에 있어요.", "열쇠가 어디에 있어요?"),
        ("th", "กุญแจอยู่ใต้กระถาง", "กุญแจอยู่ที่ไหน"),
        ("hi", "चाबी गमले के नीचे है", "चाबी कहाँ है?"),
    ],
)
def test_what_the_search_found_is_answered_with(ask: Ask, language: str, said: str, question: str) -> None:
    other = note("Nobody came to paint the fence.")
    assert ask([other, note(said, language)], question) == [said]


BOILER = "The boiler needs a new valve."


def test_what_a_named_sender_said_comes_first(ask: Ask) -> None:
    anns, sams = note("The boiler is fine, I looked at the boiler.", sender="Ann"), note(BOILER, sender="Sam")
    roof = note("The roof leaks.", sender="Sam")
    about_sams, about_anns = "What did Sam say about the boiler?", "what did ann say about the boiler?"
    for notes in ([anns, sams, roof], [roof, sams, anns]):
        assert ask(notes, about_sams) == [BOILER]
        assert ask(notes, about_anns)[0] == text(anns)
        assert ask(notes, about_sams, about_anns)[0] == text(anns)


def test_a_sender_alone_may_be_asked_for_and_answers_nothing_else(ask: Ask) -> None:
    sams, anns = note(BOILER, sender="Sam"), note("The roof leaks.", sender="Ann")
    assert ask([sams, anns], "What did Sam say?") == [BOILER]
    assert ask([sams, anns], "What did Sam say about the cellar?") == []


def test_a_follow_up_stays_with_the_named_sender(ask: Ask) -> None:
    notes = [note(BOILER, sender="Sam"), note("The roof leaks.", sender="Ann"), note("The roof is new.", sender="Sam")]
    assert ask(notes, "What did Sam say about the boiler?", "And the roof?") == ["The roof is new."]


def test_what_a_note_is_about_may_stand_in_another_of_its_segments(ask: Ask) -> None:
    tesla = note("Prices for the Tesla.|The windscreen is 900 euros.|Tyre change 80 euros.")
    golf = note("Prices for the Golf.|The windscreen is 400 euros.|Tyre change 60 euros.")
    assert ask([golf, tesla], PRICE, ITS_WINDSCREEN) == ["The windscreen is 900 euros."]


LEAK = note("The kitchen tap leaks.", sender="Ana Ruiz")
DEPOT = note("The forklift at the depot of Brandon squeals.", sender="Tom Baxter")


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("Who reported that the tap leaks?", "Ana Ruiz says so. "),
        ("Who says that the kitchen tap leaks?", "Ana Ruiz says so. "),
        ("Where does the tap leak?", ""),
    ],
)
def test_who_reported_something_is_told_beside_the_extract(answer: Answers, question: str, says: str) -> None:
    told = answer([LEAK, note("The roof was painted by Daniel.")], question)
    assert [one.text for one in told.statements] == ["The kitchen tap leaks."]
    assert told.notice == says + phrase("extracts_only", "en")


def test_who_reported_something_is_told_though_the_sentence_has_a_name(answer: Answers) -> None:
    told = answer([LEAK, DEPOT], "Who reported that the forklift squeals?")
    assert [one.text for one in told.statements] == [text(DEPOT)]
    assert told.notice.startswith("Tom Baxter says so. ")


def test_a_name_in_the_sentence_is_the_answer_itself(answer: Answers) -> None:
    told = answer([LEAK, note("The roof was painted by Daniel.", sender="Ana Ruiz")], "Who painted the roof?")
    assert [one.text for one in told.statements] == ["The roof was painted by Daniel."]
    assert told.notice == phrase("extracts_only", "en")


def test_without_a_fitting_sentence_the_answer_says_why_there_may_be_one(answer: Answers) -> None:
    told = answer([LEAK, note("The roof was painted by Daniel.")], "How much does the tap cost?")
    assert told.statements == ()
    assert told.notice == phrase("no_extract", "en")
