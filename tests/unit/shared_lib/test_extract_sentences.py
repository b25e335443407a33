"""Without a language model, the sentence that answers is told, with the one that it needs; or that there is none."""

from collections.abc import Sequence

import pytest

from ai_voice_shared.answering import citing
from ai_voice_shared.answering.extracts import choosing
from ai_voice_shared.answering.passages import Found
from ai_voice_shared.domain import Segment
from ai_voice_shared.search.model import IndexedNote
from ai_voice_shared.stored.sentence_groups import groups

RECEIVED = "2026-11-20T10:00:00.000Z"

CELLAR = (
    "Elm Street 12. We measured the cellar door. It was 78 cm wide. Mrs Keller keeps the key under the blue pot. "
    "The boiler comes on 4 March because the stairs are not ready. Daniel pays 1,450 euros for it. Six steps are loose."
)
KELLER = (
    "Lindenstraße 17. Herr Brandt hat die Fliesen bei Huber bestellt. Geliefert werden sie am 3. Dezember. "
    "Die Fliesen kosten 389 Euro. Der Schlüssel liegt im Flur hinter der Tür. Wir brauchen zwölf Pakete Fliesen. "
    "Die Wand ist nass, weil das Rohr leckt."
)
HORNO = (
    "El horno no calienta porque la resistencia está quemada. La pieza cuesta 120 euros. Javier la instala el martes. "
    "La llave está debajo de la mesa. Faltan tres tornillos."
)
PNEUS = (
    "La camionnette est au garage. Il faut quatre pneus neufs. Un pneu coûte 95 euros. "
    "Le rendez-vous est le 12 janvier. Les clés sont dans le tiroir. Marc ne roule pas parce que les freins sont usés."
)
CEMENTO = (
    "Mancano trenta sacchi di cemento. Un sacco costa 8 euro. Il camion arriva venerdì. Ha firmato Ferri. "
    "La chiave è sotto il vaso. L'ascensore è fermo perché manca la corrente."
)
KETEL = (
    "De ketel lekt omdat de klep stuk is. Jeroen vervangt de klep. Een klep kost 64 euro. De monteur komt op maandag. "
    "De sleutel ligt onder de mat. Er liggen 42 panelen op het dak."
)
PORTAS = (
    "Faltam doze portas. Uma porta custa 45 euros. O eletricista vem na quarta-feira. Joana tem a lista. "
    "A chave está na gaveta. O portão está fechado porque a fechadura avariou."
)


def typed(text: str, language: str = "en", sender: str = "Kim") -> list[Found]:
    """A note as it is filed, cut into groups of sentences."""
    written = tuple(Segment(0, 0, text[one.begin : one.end], written=True) for one in groups(text))
    return _found(written, language, sender)


def spoken(text: str, language: str = "en", sender: str = "Kim") -> list[Found]:
    """A note whose segments are separated by bars, each five seconds long."""
    return _found(
        tuple(Segment(at * 5.0, at * 5 + 4.0, said) for at, said in enumerate(text.split("|"))), language, sender
    )


def _found(segments: tuple[Segment, ...], language: str, sender: str) -> list[Found]:
    note = IndexedNote(f"{sender}{language}", "other", sender.casefold(), sender, RECEIVED, language, segments)
    return [Found(note, place) for place in range(len(segments))]


def told(question: str, found: Sequence[Found], language: str = "en") -> list[str]:
    return [one.text for one in choosing.best(question, found, languages=(language,))]


@pytest.mark.parametrize(
    ("language", "said", "question", "answer"),
    [
        ("en", CELLAR, "Where is the key of Mrs Keller?", "Mrs Keller keeps the key under the blue pot."),
        ("en", CELLAR, "When does the boiler come?", "The boiler comes on 4 March because the stairs are not ready."),
        ("en", CELLAR, "How many steps are loose?", "Six steps are loose."),
        ("de", KELLER, "Wer hat die Fliesen bestellt?", "Herr Brandt hat die Fliesen bei Huber bestellt."),
        ("de", KELLER, "Was kosten die Fliesen?", "Die Fliesen kosten 389 Euro."),
        ("de", KELLER, "Wie viele Pakete Fliesen brauchen wir?", "Wir brauchen zwölf Pakete Fliesen."),
        ("de", KELLER, "Wo liegt der Schlüssel?", "Der Schlüssel liegt im Flur hinter der Tür."),
        ("de", KELLER, "Warum ist die Wand nass?", "Die Wand ist nass, weil das Rohr leckt."),
        ("es", HORNO, "¿Cuánto cuesta la pieza?", "La pieza cuesta 120 euros."),
        ("es", HORNO, "¿Por qué no calienta el horno?", "El horno no calienta porque la resistencia está quemada."),
        ("es", HORNO, "¿Dónde está la llave?", "La llave está debajo de la mesa."),
        ("es", HORNO, "¿Cuántos tornillos faltan?", "Faltan tres tornillos."),
        ("fr", PNEUS, "Combien de pneus faut-il ?", "Il faut quatre pneus neufs."),
        ("fr", PNEUS, "Combien coûte un pneu ?", "Un pneu coûte 95 euros."),
        ("fr", PNEUS, "Quand est le rendez-vous ?", "Le rendez-vous est le 12 janvier."),
        ("fr", PNEUS, "Où sont les clés ?", "Les clés sont dans le tiroir."),
        ("it", CEMENTO, "Quanti sacchi mancano?", "Mancano trenta sacchi di cemento."),
        ("it", CEMENTO, "Quando arriva il camion?", "Il camion arriva venerdì."),
        ("it", CEMENTO, "Chi ha firmato?", "Ha firmato Ferri."),
        ("nl", KETEL, "Wie vervangt de klep?", "Jeroen vervangt de klep."),
        ("nl", KETEL, "Hoeveel kost een klep?", "Een klep kost 64 euro."),
        ("nl", KETEL, "Wanneer komt de monteur?", "De monteur komt op maandag."),
        ("pt", PORTAS, "Quantas portas faltam?", "Faltam doze portas."),
        ("pt", PORTAS, "Quando vem o eletricista?", "O eletricista vem na quarta-feira."),
        ("pt", PORTAS, "Por que o portão está fechado?", "O portão está fechado porque a fechadura avariou."),
    ],
)
def test_the_sentence_that_answers_is_told_and_not_the_note(
    language: str, said: str, question: str, answer: str
) -> None:
    assert told(question, typed(said, language), language)[0] == answer


def test_the_wanted_kind_of_thing_counts_more_than_more_words() -> None:
    notes = spoken("The new pump of the Harbour project is loud.|The pump for it costs 389 euros.")
    assert told("What does the new pump of the Harbour project cost?", notes) == ["The pump for it costs 389 euros."]


def test_a_sentence_that_begins_with_a_pronoun_comes_with_the_one_before_it() -> None:
    assert told("How wide is the cellar door?", typed(CELLAR)) == [
        "We measured the cellar door. It was 78 cm wide.",
    ]


def test_two_spoken_sentences_are_quoted_at_their_own_seconds() -> None:
    found = spoken("We measured the cellar door.|It was 78 cm wide.|The stairs turn left.")
    (extract,) = choosing.best("How wide is the cellar door?", found)
    statement = citing.extract(extract)
    assert statement.text == "We measured the cellar door. It was 78 cm wide."
    assert [(one.segment, one.start, one.quote) for one in statement.citations] == [
        (0, 0.0, "We measured the cellar door."),
        (1, 5.0, "It was 78 cm wide."),
    ]


@pytest.mark.parametrize("found", [typed(CELLAR), spoken(CELLAR.replace(". ", ".|"))])
@pytest.mark.parametrize("question", ["Who pays the euros?", "How wide is the door?", "When does the boiler come?"])
def test_each_part_stands_in_the_segment_that_it_cites(found: list[Found], question: str) -> None:
    for extract in choosing.best(question, found):
        statement = citing.extract(extract)
        assert statement.text == " ".join(one.quote for one in statement.citations)
        for one in statement.citations:
            assert one.quote in found[one.segment].segment.text


def test_a_repeat_is_left_out_and_another_figure_is_told() -> None:
    notes = [
        *spoken("The boiler pump costs 389 euros.", sender="Ann"),
        *spoken("So the boiler pump costs 389 euros.", sender="Ben"),
        *spoken("The boiler pump costs 420 euros.", sender="Sam"),
    ]
    assert told("What does the boiler pump cost?", notes) == [
        "The boiler pump costs 389 euros.",
        "The boiler pump costs 420 euros.",
    ]


@pytest.mark.parametrize(
    "question",
    [
        "How much does the crane cost?",
        "When does the window cleaner come to Elm Street?",
        "How many lamps hang in the cellar of the school?",
        "What is the phone number of Daniel's dentist?",
    ],
)
def test_unrelated_sentences_are_not_told(question: str) -> None:
    assert told(question, typed(CELLAR)) == []


def test_a_sentence_that_goes_on_in_the_next_segment_is_told_whole() -> None:
    found = spoken("The stairs are steep. The cellar door is|78 cm wide and 2 m high. The lamp is broken.")
    assert told("How wide is the cellar door?", found) == ["The cellar door is 78 cm wide and 2 m high."]


def test_segments_without_any_marks_are_told_alone() -> None:
    found = spoken("the cellar door is 78 cm wide|we measure the stairs on tuesday")
    assert told("When do we measure the stairs?", found) == ["we measure the stairs on tuesday"]


def test_a_question_may_have_another_form_of_an_irregular_word() -> None:
    notes = spoken("Daniel bought a ladder for 89 euros.|Marco took the old one to the dump.")
    assert told("Who takes the old one to the dump?", notes) == ["Marco took the old one to the dump."]
    assert told("When are the machines delivered?", spoken("The machines come on Thursday.")) == [
        "The machines come on Thursday."
    ]


def test_a_stem_of_another_language_is_no_word_of_this_one() -> None:
    english, french = spoken("It should be nine degrees."), spoken("Il faut quatre pneus.", "fr")
    assert told("How many bees are there?", [*english, *french]) == []


@pytest.mark.parametrize("question", ["What does the new router cost?", "When do we need the old lamp?"])
def test_words_that_say_little_find_nothing_alone(question: str) -> None:
    assert told(question, spoken("The new pump costs 389 euros.|We need the old one on Monday.")) == []


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("What colour is the fence?", "The fence is dark green."),
        ("Which supplier has the tiles?", "The tiles come from Keramo."),
        ("What is the phone number of the tile supplier?", "The tile supplier has the number 0161 555 0142."),
    ],
)
def test_which_and_what_look_for_a_name_a_colour_or_a_number(question: str, answer: str) -> None:
    notes = spoken(
        "The fence is long.|The fence is dark green.|The tiles are too small.|The tiles come from Keramo."
        "|The tile supplier has the number 0161 555 0142."
    )
    assert told(question, notes)[0] == answer
