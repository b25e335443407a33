"""What a sender reads."""

from hypothesis import given
from hypothesis import strategies as st
from support.app import ACME, JOB

from ai_voice_shared.domain import Company
from ai_voice_shared.intents import INTENTS, KnowledgeDocument
from voice_parser import feedback
from voice_parser.understanding import Understood

NOTE = Understood(language="es-MX", note=JOB, engine="fake")


def test_the_heading_is_in_the_notes_language() -> None:
    assert feedback.answer(NOTE, ACME).startswith("✅ Tarea archivada: Order valves")


def test_a_company_may_want_one_line_or_only_problems() -> None:
    assert feedback.answer(NOTE, Company("a", "A", feedback="short")) == "✅ Tarea archivada: Order valves"
    assert feedback.answer(NOTE, Company("a", "A", feedback="problems-only")) == ""


def test_what_may_be_misheard_is_told_in_the_notes_language_by_every_company() -> None:
    sentence = "No estamos seguros de haber oído bien todas las partes. Revíselo y envíe de nuevo lo que esté mal."
    problems_only = Company("a", "A", feedback="problems-only")
    assert feedback.answer(NOTE, ACME, uncertain=True).endswith(f"\n\n{sentence}")
    assert feedback.answer(NOTE, problems_only, uncertain=True) == sentence


def test_every_intent_can_be_told_in_english() -> None:
    assert all("en" in intent.filed_as for intent in INTENTS)


def test_a_long_answer_is_cut_between_paragraphs() -> None:
    parts = feedback.split("\n\n".join(["a" * 900, "b" * 500, "c" * 300]))
    assert [part[-1] for part in parts] == ["b", "c"]
    assert [part[:6] for part in parts] == ["(1/2) ", "(2/2) "]


@given(st.text(alphabet=st.sampled_from("ab .\n😀é"), max_size=400), st.integers(min_value=30, max_value=80))
def test_splitting_loses_nothing_and_keeps_the_limit(text: str, limit: int) -> None:
    parts = feedback.split(text, limit)
    assert all(len(part.encode("utf-16-le")) // 2 <= limit for part in parts)
    bare = [part.partition(") ")[2] if len(parts) > 1 else part for part in parts]
    assert "".join("".join(bare).split()) == "".join(text.split())


def test_a_knowledge_note_lists_its_points() -> None:
    note = KnowledgeDocument(
        intent="knowledge-document", title="Pump", tag="pump", summary="It runs.", key_points=["52 bar", "cellar"]
    )
    told = feedback.answer(Understood(language="en", note=note, engine="fake"), ACME)
    assert told == "📄 Knowledge filed: Pump\n\nIt runs.\n\n• 52 bar\n• cellar"
