"""How a note with a question is recognized and answered."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import cast

import httpx
import pytest
from openai.lib._pydantic import to_strict_json_schema
from support.app import ACME, FakeAnswering, FakeApp, job
from support.in_work import in_work
from support.models import FakeOpenAi

from ai_voice_shared.answering.answers import Answer, Citation, Statement
from ai_voice_shared.customers import IdentifiedSender
from ai_voice_shared.domain import Company, Customer, Transcript
from ai_voice_shared.errors import DeadLetter, RetryLater
from ai_voice_shared.intents import Other
from ai_voice_shared.openai.api import OpenAi
from ai_voice_shared.phrases import phrase
from ai_voice_shared.times import zones
from voice_parser.commands import questions
from voice_parser.replying.splitting import split
from voice_parser.understanding.analyzers.openai import OpenAiAnalyzer
from voice_parser.understanding.analyzers.rules import RulesAnalyzer
from voice_parser.understanding.understanding import Analysis, Understanding

DOOR = Citation("MM7", 2, 42.4, 47.0, "the cellar door is 78 cm wide", "Sam Porter", "2026-11-14T09:30:00.000Z")
STAIRS = Citation("SM8", 0, None, None, "The stairs turn left.", "Ana Ruiz", "2025-03-02T09:30:00.000Z")
ANSWER = Answer(
    statements=(
        Statement("The cellar door is 78 cm wide.", (DOOR,)),
        Statement("The boiler has to come in by the stairs, which turn left.", (STAIRS, DOOR)),
    ),
    notice="",
    language="en",
    engine="fake",
)
SILENT = Answer((), "The notes do not tell.", "en", "fake")
NOW = datetime(2026, 11, 27, 9, tzinfo=UTC)
ASKED = job("SM1", Body="How wide is the cellar door at Elm Street?")


@pytest.fixture
def asking(app: FakeApp) -> FakeApp:
    """A company whose notes answer; its sender asks."""
    note = Other(intent="other", title="Door?", tag="door", question="How wide is the cellar door at Elm Street?")
    app.analyzer.analysis = Analysis(language="en-GB", note=note, engine="fake")
    app.answering = FakeAnswering([ANSWER])
    return app


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("what did we promise the client on elm street", "What did we promise the client on elm street?"),
        ("How wide is the cellar door?", "How wide is the cellar door?"),
        ("Hello. When will Daniel come?", "When will Daniel come?"),
        ("hey so how many valves do we need", "Hey so how many valves do we need?"),
        ("when do we have to be at elm street", "When do we have to be at elm street?"),
        ("Can you tell me when we have to call the client", "Can you tell me when we have to call the client?"),
        ("is there a spare key for the boiler room", "Is there a spare key for the boiler room?"),
        ("Daniel ordered what exactly?", "Daniel ordered what exactly?"),
        ("¿Qué prometimos al cliente de la calle Mayor?", "¿Qué prometimos al cliente de la calle Mayor?"),
        ("a qué hora empieza la obra", "A qué hora empieza la obra?"),
        ("hay alguna llave de repuesto", "Hay alguna llave de repuesto?"),
        ("was haben wir dem kunden versprochen", "Was haben wir dem kunden versprochen?"),
        ("bis wann müssen wir liefern", "Bis wann müssen wir liefern?"),
        ("Weißt du, wann Daniel kommt?", "Weißt du, wann Daniel kommt?"),
        ("quelle est la largeur de la porte", "Quelle est la largeur de la porte?"),
        ("qu'est-ce qu'on a promis au client", "Qu'est-ce qu'on a promis au client?"),
        ("avons-nous une clé de rechange", "Avons-nous une clé de rechange?"),
        ("o que prometemos ao cliente", "O que prometemos ao cliente?"),
        ("quando vem o técnico", "Quando vem o técnico?"),
        ("temos alguma chave reserva", "Temos alguma chave reserva?"),
    ],
)
def test_rules_recognise_a_question_with_or_without_its_mark(text: str, question: str) -> None:
    note = RulesAnalyzer().understand(Transcript(text), Company("a", "A")).note
    assert isinstance(note, Other)
    assert note.question == question


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("when the pressure falls check the filter first", "knowledge-document"),
        ("what we need is a new pump for building seven", "job-to-be-done"),
        ("Do you like it here? The pump in building seven runs at fifty two degrees.", "knowledge-document"),
        ("Can you call the client on Elm Street?", "job-to-be-done"),
        ("Please ask Daniel to order a new filter. When does it come?", "job-to-be-done"),
        ("How are you?", "other"),
        ("¿Qué tal?", "other"),
        ("Thanks a lot!", "other"),
        ("Cuando llueve entra agua en el sótano de la casa", "knowledge-document"),
        ("was wir brauchen ist eine neue Pumpe im Keller", "job-to-be-done"),
        ("quand la pression tombe il faut vérifier le filtre", "job-to-be-done"),
        ("como combinado a bomba foi trocada ontem pela manhã", "knowledge-document"),
    ],
)
def test_rules_take_nothing_else_for_a_question(text: str, intent: str) -> None:
    note = RulesAnalyzer().understand(Transcript(text), Company("a", "A")).note
    assert note.intent == intent
    assert getattr(note, "question", None) is None


def test_a_model_copies_the_question_in_the_call_that_files_the_note(app: FakeApp) -> None:
    note = {"intent": "other", "title": "Door", "tag": "door", "question": "How wide is the door?"}
    model = FakeOpenAi(lambda _prompt: "", plans=[{"language": "en", "note": note}])
    analysis = OpenAiAnalyzer("a-model", lambda: cast("OpenAi", model)).understand(Transcript("…"), ACME)
    asked = questions.question(in_work(app, ASKED), analysis)
    assert asked
    assert asked.text == "How wide is the door?"
    assert "copied, not answered" in model.prompts[0][0]


def test_a_strict_schema_makes_the_model_say_whether_there_is_a_question() -> None:
    other = to_strict_json_schema(Understanding)["$defs"]["Other"]
    assert "question" in other["required"]
    assert "the notes could tell" in other["properties"]["question"]["description"]


def test_a_question_is_filed_under_other_and_answered_with_its_sources(asking: FakeApp) -> None:
    assert asking.deliver(ASKED)
    types = ("analysis.json", "full_text.txt", "segments.json")
    assert asking.artifacts() == ["acme/other/door_SM1_" + name for name in types]
    assert asking.note("SM1").status == "filed"
    told = (
        "The cellar door is 78 cm wide. [1]\n"
        "\n"
        "The boiler has to come in by the stairs, which turn left. [2][1]\n"
        "\n"
        '[1] Sam Porter, 14 Nov, 0:42 "…the cellar door is 78 cm wide…"\n'
        '[2] Ana Ruiz, 2 Mar 2025 "The stairs turn left."\n'
        "\n"
        '▶ Send "play 1" to hear source 1.'
    )
    assert asking.replies() == [told]


def test_a_question_is_asked_of_the_senders_own_company_in_their_one_conversation(asking: FakeApp) -> None:
    asking.deliver(ASKED)
    assert asking.answering
    (asked,) = asking.answering.asked
    assert (asked.company_id, asked.user, asked.conversation) == ("acme", "sam", "whatsapp")
    assert (asked.text, asked.languages) == ("How wide is the cellar door at Elm Street?", ("en",))


def test_a_question_in_another_language_than_the_companys_says_so(asking: FakeApp) -> None:
    analysis = asking.analyzer.analysis.model_copy(update={"language": "es-MX"})
    asked = questions.question(in_work(asking, ASKED), analysis)
    assert asked
    assert asked.languages == ("es-MX", "en")


def test_a_question_does_not_become_a_source_itself(asking: FakeApp) -> None:
    asking.deliver(ASKED)
    assert not asking.note("SM1").steps.keys() & {"indexed", "searchable"}


def test_notes_that_do_not_tell_are_told_so_without_sources(asking: FakeApp) -> None:
    asking.answering = FakeAnswering([SILENT])
    asking.deliver(ASKED)
    assert asking.replies() == ["The notes do not tell."]


def test_where_nothing_can_be_asked_a_question_is_kept_like_any_note(asking: FakeApp) -> None:
    asking.answering = None
    asking.deliver(ASKED)
    assert asking.replies() == ["🗂 Note kept: Door?"]


def test_an_extract_is_told_once_whole_in_its_source_line() -> None:
    said = "The stairs turn left. " + "The cellar is dry and has a light by the door. " * 4
    extract = Citation("SM8", 0, 61.0, 75.0, said.strip(), "Ana Ruiz", "2026-11-02T09:30:00.000Z")
    told = questions.reply(Answer((Statement(extract.quote, (extract,)),), "These are extracts.", "en", "x"), NOW)
    assert told == (
        f'These are extracts.\n\n[1] Ana Ruiz, 2 Nov, 1:01 "{extract.quote}"\n\n▶ Send "play 1" to hear source 1.'
    )


def test_two_sentences_of_one_extract_are_told_in_their_own_source_lines() -> None:
    measured = Citation("MM7", 2, 42.4, 45.0, "We measured the cellar door.", "Ana Ruiz", "2026-11-02T09:30:00.000Z")
    wide = replace(measured, segment=3, start=45.1, end=47.0, quote="It was 78 cm wide.")
    statement = Statement(f"{measured.quote} {wide.quote}", (measured, wide))
    told = questions.reply(Answer((statement,), "These are extracts.", "en", "x"), NOW)
    assert told == (
        'These are extracts.\n\n[1] Ana Ruiz, 2 Nov, 0:42 "We measured the cellar door."\n\n'
        '[2] Ana Ruiz, 2 Nov, 0:45 "It was 78 cm wide."\n\n▶ Send "play 1" to hear source 1.'
    )


@pytest.mark.parametrize(
    ("language", "day", "hint"),
    [
        ("es-MX", "14 nov", "reproduce 1"),
        ("de", "14. Nov.", "spiel 1"),
        ("fr", "14 nov.", "joue 1"),
        ("pt-BR", "14 nov", "toca 1"),
        ("nl", "14 nov.", "speel 1 af"),
        ("pl", "14 Nov", "play 1"),
    ],
)
def test_the_reply_speaks_the_questions_language(language: str, day: str, hint: str) -> None:
    told = questions.reply(Answer(ANSWER.statements, "", language, "fake"), NOW)
    assert f"Sam Porter, {day}, 0:42" in told
    assert hint in told


def test_days_are_told_in_the_companys_time_zone() -> None:
    late = replace(DOOR, received_at="2026-11-14T23:30:00.000Z")
    auckland = datetime(2026, 11, 27, tzinfo=zones.zone("Pacific/Auckland"))
    answer = Answer((Statement("Narrow.", (late,)),), "", "en", "fake")
    assert "Sam Porter, 15 Nov, 0:42" in questions.reply(answer, auckland)
    new_year = replace(DOOR, received_at="2025-12-31T11:30:00.000Z")
    answer = Answer((Statement("Narrow.", (new_year,)),), "", "en", "fake")
    assert "Sam Porter, 1 Jan, 0:42" in questions.reply(answer, auckland)


def test_the_reply_of_a_company_shows_its_days(asking: FakeApp) -> None:
    asking.lookup.known = IdentifiedSender(Customer("sam", "acme", "Sam"), replace(ACME, time_zone="Pacific/Auckland"))
    late = replace(DOOR, received_at="2026-11-14T23:30:00.000Z")
    asking.answering = FakeAnswering([Answer((Statement("Narrow.", (late,)),), "", "en", "fake")])
    asking.deliver(ASKED)
    assert "Sam Porter, 15 Nov" in asking.replies()[0]


def test_a_long_quote_is_cut_at_a_word() -> None:
    told_long = "when the two of us were there to see to the stairs, the lamp and the lock of the cellar"
    told_end = "for the old boiler"
    said = (
        f"On Tuesday, {told_long}, we measured that door twice and it is 78 cm wide, too narrow {told_end} in the yard"
    )
    cited = Citation("MM7", 0, 3.0, 9.0, said, "", "2026-11-14T09:30:00.000Z")
    told = questions.reply(Answer((Statement("Too narrow.", (cited,)),), "", "en", "fake"), NOW)
    quoted = told.splitlines()[2].removeprefix("[1] 14 Nov, 0:03 ")
    assert (
        quoted == f'"On Tuesday, {told_long}, we measured that door twice and it is 78 cm wide, too narrow {told_end}…"'
    )


SAFE = replace(
    DOOR,
    quote="the valve is safe to open",
    before="Do not assume that ",
    after=" before Monday, when the plumber has seen it.",
)


def test_a_quote_is_told_with_its_sentence_so_that_no_not_is_cut_off() -> None:
    told = questions.reply(Answer((Statement("Wait for the plumber.", (SAFE,)),), "", "en", "fake"), NOW)
    sentence = "Do not assume that the valve is safe to open before Monday, when the plumber has seen it."
    assert f'[1] Sam Porter, 14 Nov, 0:42 "{sentence}"' in told


def test_a_long_sentence_keeps_its_begin_and_its_quote() -> None:
    long = replace(SAFE, before="Do not assume, whatever the landlord and the caretaker say " + "of it " * 40 + "that ")
    told = questions.reply(Answer((Statement("Wait.", (long,)),), "", "en", "fake"), NOW)
    assert '"Do not assume, whatever the landlord and the caretaker say… the valve is safe to open…"' in told


def test_a_long_answer_keeps_its_first_statements_with_their_sources_and_says_that_there_is_more() -> None:
    answer = Answer(tuple(map(_statement, range(60))), "", "en", "fake")
    told = questions.reply(answer, NOW)
    paragraphs = told.split("\n\n")
    statements, sources = paragraphs[:-3], paragraphs[-3].splitlines()
    assert 10 < len(statements) == len(sources) < 20
    assert all(f"{statement} ".endswith(f"[{number}] ") for number, statement in enumerate(statements, 1))
    assert [source.partition(" ")[0] for source in sources] == [f"[{number + 1}]" for number in range(len(sources))]
    assert paragraphs[-2:] == [phrase("answer_goes_on", "en"), '▶ Send "play 1" to hear source 1.']
    assert len(split(told)) == 2


def test_a_statement_that_fills_a_book_is_shortened_with_as_many_of_its_sources_as_fit() -> None:
    citations = tuple(replace(DOOR, segment=number) for number in range(60))
    told = questions.reply(Answer((Statement("It is narrow. " * 900, citations),), "", "en", "fake"), NOW)
    statement, sources, more, _ = told.split("\n\n")
    assert statement.startswith("It is narrow. It")
    assert statement.endswith(f"[{len(sources.splitlines())}]")
    assert len(sources.splitlines()) > 10
    assert more == phrase("answer_goes_on", "en")
    assert len(split(told)) == 2


def test_a_quote_and_a_name_are_not_cut_inside_an_emoji() -> None:
    family = "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466"
    cited = replace(DOOR, quote="x" + family * 30, sender_name="y" + family * 30)
    told = questions.reply(Answer((Statement("Look.", (cited,)),), "", "en", "fake"), NOW)
    assert f"[1] y{family * 3}…, 14 Nov" in told
    assert f"x{family * 16}…" in told


def _statement(number: int) -> Statement:
    text = f"The door number {number} in the cellar is {number} cm wide."
    return Statement(text, (replace(DOOR, segment=number, quote=f"Sam says: {text}"),))


HOSTILE = '78 cm"\n\n[2] Your boss, 20 Nov "pay the invoice```\u202eat once\u2028[3] now'


def test_what_stands_in_notes_can_not_break_out_of_its_line() -> None:
    cited = Citation("MM7", 0, 3.0, 9.0, HOSTILE, "Eve\n[9] Boss", "2026-11-14T09:30:00.000Z")
    answer = Answer((Statement(f"It says {HOSTILE}", (cited,)), Statement(HOSTILE, (cited,))), "", "en", "fake")
    told = questions.reply(answer, NOW)
    lines = [line for line in told.splitlines() if line]
    assert len(lines) == 3
    assert [line.startswith("[") for line in lines] == [False, True, False]
    assert not set(told) & {"\u202e", "\u2028"}
    assert [mark for mark in ("[2]", "[3]", "[9]") if mark in told] == []
    assert lines[1].count('"') == 2


def test_an_answer_that_was_paid_for_is_not_bought_again(asking: FakeApp) -> None:
    assert asking.answering
    asking.answering.answers = [ANSWER, SILENT]
    asking.twilio.answers = [httpx.Response(503)]
    assert not asking.deliver(ASKED)
    assert asking.deliver(ASKED, attempt=2)
    assert (len(asking.answering.asked), asking.analyzer.calls) == (1, 1)
    assert asking.replies()[0].startswith("The cellar door is 78 cm wide. [1]")


def test_an_answering_that_fails_is_tried_again_and_one_that_is_refused_parks_the_question(asking: FakeApp) -> None:
    def outage() -> None:
        raise RetryLater("OpenAI answered 503")

    def refused() -> None:
        raise DeadLetter("OpenAI answered 401")

    assert asking.answering
    asking.answering.before = outage
    assert not asking.deliver(ASKED)
    asking.answering.before = refused
    assert asking.deliver(ASKED, attempt=2)
    assert "We have kept your message" in asking.replies()[0]
    assert len(asking.artifacts()) == 3


def test_a_statement_that_is_not_proven_says_so_before_it_also_when_it_is_shortened() -> None:
    long = Statement(f"Said, but not proven: {'the door is 87 cm wide ' * 90}.", (DOOR,), proven=False)
    told = questions.reply(replace(ANSWER, statements=(long,)), NOW)
    assert told.startswith("Said, but not proven: the door is 87 cm wide")
    assert '"…the cellar door is 78 cm wide…"' in told
