"""What rules take from a note: each thing to do, who has to do it and by when; the title, the tag and the summary."""

import pytest

from ai_voice_shared.domain import Company, Transcript
from ai_voice_shared.intents import AnyIntent, JobToBeDone, KnowledgeDocument
from voice_parser.understanding.analyzers.rules import RulesAnalyzer

Item = tuple[str, str | None]


def noted(text: str, language: str = "en") -> AnyIntent:
    return RulesAnalyzer().understand(Transcript(text, language=language), Company("a", "A")).note


def items(text: str, language: str) -> list[Item]:
    return [(item.what, item.who) for item in noted(text, language).tasks]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("de", "Lackier den Zaun und reinige danach die Pinsel", ["Lackier den Zaun", "Reinige danach die Pinsel"]),
        ("en", "Varnish the fence, then clean the brushes.", ["Varnish the fence", "Clean the brushes"]),
        ("es", "Barniza la valla y limpia las brochas", ["Barniza la valla", "Limpia las brochas"]),
        ("fr", "Vernis la clôture et nettoie les pinceaux", ["Vernis la clôture", "Nettoie les pinceaux"]),
        ("it", "Vernicia il recinto e pulisci i pennelli", ["Vernicia il recinto", "Pulisci i pennelli"]),
        ("nl", "Lak het hek en maak de kwasten schoon", ["Lak het hek", "Maak de kwasten schoon"]),
        ("pt", "Enverniza a cerca e limpa os pincéis", ["Enverniza a cerca", "Limpa os pincéis"]),
        ("de", "Zu erledigen: Zaun lackieren, Pinsel reinigen", ["Zaun lackieren", "Pinsel reinigen"]),
        ("en", "To do: varnish the fence, clean the brushes", ["Varnish the fence", "Clean the brushes"]),
        (
            "en",
            "Order the paint and have it delivered to the farm",
            ["Order the paint and have it delivered to the farm"],
        ),
        ("en", "plase varnish the fence", ["Varnish the fence"]),
        ("en", "The fence is bare, please varnish it", ["The fence is bare, varnish it"]),
    ],
)
def test_each_thing_to_do_is_an_item(language: str, text: str, expected: list[str]) -> None:
    assert [what for what, _ in items(text, language)] == expected


@pytest.mark.parametrize(
    ("language", "text", "item"),
    [
        ("de", "Omar soll bitte die Hecke schneiden", ("Die Hecke schneiden", "Omar")),
        ("de", "Die Hecke muss von Omar geschnitten werden", ("Die Hecke muss von Omar geschnitten werden", "Omar")),
        ("en", "Ask Omar to trim the hedge", ("Trim the hedge", "Omar")),
        ("en", "Mr Hill has to trim the hedge", ("Trim the hedge", "Mr Hill")),
        ("en", "Omar, trim the hedge please", ("Trim the hedge", "Omar")),
        ("en", "Somebody has to trim the hedge", ("Trim the hedge", None)),
        ("en", "Hi Ana, could you please trim the hedge?", ("Trim the hedge", "Ana")),
        ("es", "Dile a Omar que pode el seto", ("Pode el seto", "Omar")),
        ("es", "Que Omar pode el seto", ("Pode el seto", "Omar")),
        ("fr", "Demande à Omar de tailler la haie", ("Tailler la haie", "Omar")),
        ("fr", "Il faut que Omar taille la haie", ("Taille la haie", "Omar")),
        ("it", "Omar deve potare la siepe", ("Potare la siepe", "Omar")),
        ("nl", "Vraag Omar om de heg te snoeien", ("De heg te snoeien", "Omar")),
        ("pt", "O Omar precisa podar a sebe", ("Podar a sebe", "Omar")),
    ],
)
def test_the_person_who_has_to_do_it_is_named_apart(language: str, text: str, item: Item) -> None:
    assert items(text, language) == [item]


@pytest.mark.parametrize(
    ("language", "text", "what", "by_when"),
    [
        ("de", "Kannst du heute noch die Hecke schneiden?", "Die Hecke schneiden", "heute noch"),
        ("de", "Die Hecke bitte am 4. Dezember schneiden", "Die Hecke schneiden", "am 4. Dezember"),
        ("en", "Remind me tomorrow at 8 am to trim the hedge", "Trim the hedge", "tomorrow at 8 am"),
        ("en", "Do not trim the hedge before Monday", "Do not trim the hedge", "before Monday"),
        ("en", "Trim the hedge asap", "Trim the hedge", "asap"),
        ("en", "Tell him that we come on Monday morning", "Tell him that we come", "on Monday morning"),
        ("fr", "Taille la haie lundi matin", "Taille la haie", "lundi matin"),
        ("fr", "Peux-tu tailler la haie avant vendredi ?", "Tailler la haie", "avant vendredi"),
        ("pt", "Não podes a sebe antes de segunda-feira", "Não podes a sebe", "antes de segunda-feira"),
    ],
)
def test_the_time_stands_in_the_notes_words_and_not_twice(language: str, text: str, what: str, by_when: str) -> None:
    (item,) = noted(text, language).tasks
    assert (item.what, item.by_when) == (what, by_when)


@pytest.mark.parametrize(
    ("language", "text", "title", "tag"),
    [
        (
            "en",
            "Good morning all, please trim the hedge at the chapel",
            "Trim the hedge at the chapel",
            "trim-hedge-chapel",
        ),
        ("en", "Hi team, so the hedge is trimmed", "The hedge is trimmed", "hedge-trimmed"),
        (
            "de",
            "Moin, die Hecke an der Kapelle ist geschnitten",
            "Die Hecke an der Kapelle ist geschnitten",
            "hecke-kapelle",
        ),
        ("es", "Hola, ¿quién podó el seto de la capilla?", "¿Quién podó el seto de la capilla?", "podo-seto-capilla"),
        (
            "en",
            "The hedge at the chapel is trimmed, but the apple trees have to wait",
            "The hedge at the chapel is trimmed…",
            "",
        ),
        (
            "en",
            "No hedge was trimmed this week because of all the rain",
            "No hedge was trimmed this week…",
            "",
        ),
        ("en", "Good morning", "Good morning", ""),
    ],
)
def test_a_title_has_no_greeting_and_ends_where_it_may(language: str, text: str, title: str, tag: str) -> None:
    note = noted(text, language)
    assert note.title == title
    assert note.tag.startswith(tag)


def test_a_job_is_summed_up_by_why() -> None:
    note = noted("Hello team. The hedge hides the sign. Please trim the hedge by Friday. Thanks a lot!")
    assert isinstance(note, JobToBeDone)
    assert (note.title, note.summary) == ("Trim the hedge", "The hedge hides the sign.")
    assert note.told() == ["The hedge hides the sign.", "• Trim the hedge (by Friday)"]


def test_a_job_that_another_sentence_names_has_its_title() -> None:
    note = noted("The hedge hides the sign. Please trim it by Friday.")
    assert note.title == "The hedge hides the sign"
    assert note.told() == ["• Trim it (by Friday)"]


def test_a_short_note_is_told_once() -> None:
    note = noted("The hedge is trimmed.")
    assert isinstance(note, KnowledgeDocument)
    assert (note.summary, note.key_points, note.told()) == ("The hedge is trimmed.", [], [""])


def test_a_long_note_is_summed_up_by_what_tells_most() -> None:
    day = "We came at eight. Lunch was late. The hedge hides the sign. The chapel has a new sign. It rained at noon. "
    most = "The hedge at the chapel hides the new sign of the chapel."
    note = noted(day + most + "".join(f" Bay {at} is dry." for at in range(20)))
    assert isinstance(note, KnowledgeDocument)
    assert most in note.summary
    assert len(note.summary) <= 200
    assert len(note.key_points) == 7
    assert all(point.startswith("Bay") for point in note.key_points)


def test_one_endless_sentence_is_cut_at_a_word() -> None:
    note = noted("the hedge " * 100)
    assert isinstance(note, KnowledgeDocument)
    assert note.summary.endswith(" the hedge…")
    assert len(note.summary) <= 201


@pytest.mark.parametrize(
    ("language", "text", "what"),
    [
        ("en", "We are out of gloves and masks, get some more", ["We are out of gloves and masks, get some more"]),
        ("de", "Mir fehlen noch Schrauben, bring die bitte mit", ["Mir fehlen noch Schrauben, bring die mit"]),
        ("de", "Hof kehren, Kübel gießen, Wege harken", ["Hof kehren", "Kübel gießen", "Wege harken"]),
        ("nl", "Hof vegen, bakken gieten, paden harken", ["Hof vegen", "Bakken gieten", "Paden harken"]),
    ],
)
def test_what_is_lacking_is_one_order_and_verbs_in_a_row_are_several(language: str, text: str, what: list[str]) -> None:
    assert [item.what for item in noted(text, language).tasks] == what
