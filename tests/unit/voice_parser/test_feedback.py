"""What a sender reads of a filed note."""

import pytest
from support.app import ACME, JOB, FakeApp, job

from ai_voice_shared.domain import Company, Segment, Transcript
from ai_voice_shared.intents import INTENTS, ActionItem, AnyIntent, JobToBeDone, KnowledgeDocument, Other
from ai_voice_shared.phrases import phrase
from ai_voice_shared.stored.stored_notes import paragraphs
from voice_parser.replying import feedback
from voice_parser.replying.clusters import units
from voice_parser.replying.splitting import split
from voice_parser.understanding.analyzers.rules import RulesAnalyzer
from voice_parser.understanding.understanding import Analysis

NOTE = Analysis(language="es-MX", note=JOB, engine="fake")
FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466"
PUMP = "The pump in building seven runs at fifty two degrees. "
WHERE = phrase("whole_is_filed", "en")


def said(text: str) -> Transcript:
    """A transcript of a recording."""
    return Transcript(text, (Segment(0.0, 9.0, text),), duration=9.0)


def written(text: str) -> Transcript:
    """A text note."""
    return Transcript(text, paragraphs(text))


def told(note: AnyIntent, transcript: Transcript, company: Company = ACME) -> list[str]:
    """The messages about a note in English."""
    return split(feedback.answer(Analysis(language="en", note=note, engine="fake"), company, transcript))


def keyless(text: str) -> list[str]:
    """The messages about a text note that the rules understand."""
    analysis = RulesAnalyzer().understand(written(text), ACME)
    return split(feedback.answer(analysis, ACME, written(text)))


def knowledge(summary: str, points: list[str]) -> KnowledgeDocument:
    """A note that tells something."""
    return KnowledgeDocument(intent="knowledge-document", title="Pump", tag="pump", summary=summary, key_points=points)


def tasks(count: int, summary: str = "") -> JobToBeDone:
    """A note that asks for so much."""
    items = [ActionItem(what=f"Order the valve {number}", who="Maria", by_when=None) for number in range(count)]
    return JobToBeDone(intent="job-to-be-done", title="Valves", tag="valves", summary=summary, action_items=items)


def test_the_heading_is_in_the_notes_language() -> None:
    assert feedback.answer(NOTE, ACME, said("Pide válvulas")).startswith("✅ Tarea archivada: Order valves")


def test_a_company_may_want_one_line_or_only_problems() -> None:
    short, problems = Company("a", "A", feedback="short"), Company("a", "A", feedback="problems-only")
    assert feedback.answer(NOTE, short, said("…")) == "✅ Tarea archivada: Order valves"
    assert feedback.answer(NOTE, problems, said("…")) == ""
    unsure = NOTE.model_copy(update={"certain": False})
    assert feedback.answer(unsure, problems, said("…")) == phrase("understood_by_rules", "es")


def test_what_may_be_misheard_is_told_in_the_notes_language_by_every_company() -> None:
    sentence = "No estamos seguros de haber oído bien todas las partes. Revíselo y envíe de nuevo lo que esté mal."
    problems_only = Company("a", "A", feedback="problems-only")
    misheard = Transcript("Pide válvulas", (Segment(0, 1, "Pide válvulas", uncertain=True),))
    assert feedback.answer(NOTE, ACME, misheard).endswith(f"\n\n{sentence}")
    assert feedback.answer(NOTE, problems_only, misheard) == sentence


def test_every_intent_can_be_told_in_english() -> None:
    assert all("en" in intent.filed_as for intent in INTENTS)


def test_a_knowledge_note_lists_its_points() -> None:
    (message,) = told(knowledge("It runs.", ["52 bar", "cellar"]), said("So the pump runs"))
    assert message == "📄 Knowledge filed: Pump\n\nIt runs.\n\n• 52 bar\n• cellar"


def test_what_was_said_is_told_whole_where_two_messages_hold_it() -> None:
    note = knowledge(PUMP * 30, [f"Point {number} of it." for number in range(30)])
    messages = told(note, said("…"))
    text = "".join(
        "".join(message.removeprefix(f"({number}/2) ").split()) for number, message in enumerate(messages, 1)
    )
    assert text == "📄Knowledgefiled:Pump" + "".join("".join(note.told()).split())


def test_what_two_messages_do_not_hold_is_shortened_and_the_last_sentence_tells_where_the_whole_is() -> None:
    messages = told(knowledge(PUMP * 300, [f"Point {number} of it." for number in range(300)]), said("…"))
    assert len(messages) == 2
    paragraphs = "\n\n".join(messages).split("\n\n")
    assert paragraphs[1].endswith("degrees. …") or paragraphs[1].endswith("degrees.")
    assert paragraphs[-2].splitlines()[-1].startswith("… and 2")
    assert paragraphs[-1] == WHERE
    assert sum(map(units, messages)) > 2400


def test_a_long_summary_leaves_room_for_every_task() -> None:
    text = "\n\n".join(told(tasks(12, PUMP * 300), said("…")))
    assert text.count("• Maria: Order the valve") == 12
    assert "more" not in text


@pytest.mark.parametrize("language", ["en", "es", "de", "fr", "pt"])
def test_of_many_tasks_the_first_are_told_and_how_many_more_there_are(language: str) -> None:
    analysis = Analysis(language=language, note=tasks(400), engine="fake")
    (message,) = split(feedback.answer(analysis, ACME, written("All of it")))
    listed = message.count("• Maria: Order the valve")
    assert listed > 10
    assert phrase("and_more", language, count=str(400 - listed)) in message
    assert message.endswith(phrase("whole_is_filed", language))


def test_a_text_that_is_its_own_summary_is_not_sent_back() -> None:
    assert keyless(PUMP) == ["📄 Knowledge filed: The pump in building seven runs at fifty two…"]


def test_a_summary_in_other_words_than_the_senders_is_told() -> None:
    (message,) = told(knowledge("Its temperature is 52 °C.", []), written(PUMP))
    assert message.endswith("\n\nIts temperature is 52 °C.")


def test_what_was_said_is_told_though_words_were_written_beside_it() -> None:
    transcript = Transcript(PUMP, (*paragraphs("For Sam"), Segment(0.0, 4.0, PUMP)), duration=4.0)
    assert PUMP.strip() in told(knowledge(PUMP, []), transcript)[0]


def test_a_written_task_is_confirmed_in_whatever_words() -> None:
    (message,) = keyless("Please call the client on Elm Street.")
    assert message == "✅ Job filed: Call the client on Elm Street"
    (message,) = keyless("Please call the client on Elm Street by noon.")
    assert message == "✅ Job filed: Call the client on Elm Street\n\n• Call the client on Elm Street (by noon)"


@pytest.mark.parametrize(
    "text",
    [
        PUMP * 1100,
        "".join(f"The pump number {number} runs at {number} degrees.\n" for number in range(1400)),
        "".join(f"Please order the valve {number} by Friday. " for number in range(1400)),
        "Please order " + "valve " * 10_000,
        "ordervalve" * 6_000,
        "这个泵在七号楼运行。" * 6_000,
    ],
    ids=["sentences", "lines", "tasks", "one sentence", "one word", "without spaces"],
)
def test_a_long_text_without_a_language_model_gets_one_short_reply(text: str) -> None:
    (message,) = keyless(text)
    assert units(message) <= 800


def test_a_long_text_is_told_where_it_is() -> None:
    assert keyless(PUMP * 1100) == [f"📄 Knowledge filed: The pump in building seven runs at fifty two…\n\n{WHERE}"]


def test_a_title_is_short_and_not_cut_inside_an_emoji() -> None:
    (message,) = keyless("Team: " + FAMILY * 900)
    assert message == f"🗂 Note kept: Team: {FAMILY * 12}…"


def test_a_note_that_rules_understood_says_so_whatever_else_is_told() -> None:
    note = Analysis(language="en", note=tasks(400, PUMP * 300), engine="fake", certain=False)
    messages = split(feedback.answer(note, ACME, said("…")))
    assert len(messages) == 2
    assert messages[-1].endswith(phrase("understood_by_rules", "en"))


def test_a_reply_leaves_nothing_out_of_the_artifacts(app: FakeApp) -> None:
    summary = "".join(f"Sentence {number} of a long report. " for number in range(900))
    app.analyzer.analysis = Analysis(language="en", note=knowledge(summary, ["52 bar"]), engine="fake")
    app.deliver(job("SM1", Body="Here is the whole report on the pump."))
    (key,) = [key for key in app.artifacts() if key.endswith("text_summary.txt")]
    assert summary in app.account.store.get(key).body.decode()
    assert len(app.replies()) == 1
    assert app.replies()[0].endswith(f"• 52 bar\n\n{WHERE}")


def test_other_notes_are_told_by_their_title() -> None:
    assert told(Other(intent="other", title="Thanks", tag="thanks"), written("Thanks!")) == ["🗂 Note kept: Thanks"]


@pytest.mark.parametrize(
    ("by_when", "due", "year", "line"),
    [
        ("by Friday", "2026-11-27", 2026, "• Order (by Friday, 27 Nov)"),
        ("by Friday", "2027-01-01", 2026, "• Order (by Friday, 1 Jan 2027)"),
        ("by Friday at 3 pm", "2026-11-27T15:00:00+13:00", 2026, "• Order (by Friday at 3 pm, 27 Nov)"),
        ("by 27 November", "2026-11-27", 2026, "• Order (by 27 November)"),
        ("before 05/06", None, 2026, "• Order (before 05/06)"),
        (None, None, 2026, "• Order"),
    ],
)
def test_a_due_day_is_told_where_the_words_do_not_name_it(
    by_when: str | None, due: str | None, year: int, line: str
) -> None:
    item = ActionItem(what="Order", who=None, by_when=by_when, due=due)
    note = JobToBeDone(intent="job-to-be-done", title="Valves", tag="valves", summary="", action_items=[item])
    analysis = Analysis(language="en", note=note, engine="fake")
    assert line in feedback.answer(analysis, ACME, said("…"), year).splitlines()


def test_a_note_from_before_has_no_due_days_and_is_read() -> None:
    item = ActionItem.model_validate({"what": "Order", "who": None, "by_when": "by Friday"})
    assert item.due is None
