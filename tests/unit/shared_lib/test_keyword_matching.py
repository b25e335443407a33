import json

import pytest

from ai_voice_shared.keywords import expression_set
from ai_voice_shared.keywords.compiling import compiled, from_json
from ai_voice_shared.keywords.matching import Matcher
from ai_voice_shared.keywords.rule import Refused, Rule

_NOW = "2026-11-29T12:00:00.000Z"


def _matcher(*rules: Rule) -> Matcher:
    return Matcher(from_json(compiled(rules).to_json()))


def _found(text: str, *languages: str, rule: Rule) -> list[str]:
    return [text[one.begin : one.stop] for one in _matcher(rule).find(text, languages, _NOW)]


@pytest.mark.parametrize(
    ("language", "words", "text", "found"),
    [
        ("en", "cancel the contract", "I am cancelling the contracts today", "cancelling the contracts"),
        ("de", "Kündigung", "zwei Kündigungen kamen", "Kündigungen"),
        ("de-AT", "Rechnung", "Die Rechnungen fehlen", "Rechnungen"),
        ("es", "factura", "Faltan las facturas de mayo", "facturas"),
        ("fr", "garantie", "Où sont nos garanties", "garanties"),
        ("pt", "reclamação", "As reclamações dele", "reclamações"),
        ("it", "garanzia", "Le garanzie sono scadute", "garanzie"),
        ("nl", "garantie", "Zijn er nog garanties", "garanties"),
        ("fr", "avocat", "la lettre de l'avocat", "avocat"),
    ],
)
def test_a_word_is_found_in_any_inflection(language: str, words: str, text: str, found: str) -> None:
    assert _found(text, language, rule=Rule("r", "R", (words,))) == [found]


@pytest.mark.parametrize(
    ("language", "words", "text", "found"),
    [
        ("en", "warranty", "is there a waranty left", "waranty"),
        ("de", "Kostenvoranschlag", "der Kosten Voranschlag fehlt", "Kosten Voranschlag"),
        ("en", "credit note", "one creditnote is missing", "creditnote"),
        ("en", "out of order", "it is out off order", "out off order"),
        ("es", "nota de crédito", "la nota de vive crédito", "nota de vive crédito"),
        ("de", "Ende des Monats", "am Ende Monats zahlen wir", "Ende Monats"),
        ("fr", "hors service", "la grue est hos service", "hos service"),
    ],
)
def test_a_misheard_word_is_found(language: str, words: str, text: str, found: str) -> None:
    assert _found(text, language, rule=Rule("r", "R", (words,))) == [found]


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("art", "the party starts"),
        ("note", "he goes home"),
        ("credit note", "a note about credit"),
        ("refund", ""),
        ("credit card", "the card was lost, and the credit"),
    ],
)
def test_another_word_is_not_found(words: str, text: str) -> None:
    assert _found(text, "en", rule=Rule("r", "R", (words,))) == []


def test_a_rule_holds_in_its_languages_only() -> None:
    rule = Rule("r", "R", ("Garantie",), (r"\d+ euros?",), languages=("de",))
    assert _found("die Garantie kostet 9 Euro", "de", rule=rule) == ["Garantie"]
    assert _found("la garantie coûte 9 euros", "fr", rule=rule) == []


def test_an_unknown_language_finds_the_words_as_they_are() -> None:
    assert _found("the warranty", rule=Rule("r", "R", ("warranty",))) == ["warranty"]
    assert _found("the warranty", "xx", rule=Rule("r", "R", ("warranty",))) == ["warranty"]


def test_a_rule_holds_in_its_time_only() -> None:
    rule = Rule("r", "R", ("sale",), valid_from="2026-11-27T00:00:00.000Z", valid_until="2026-11-30T00:00:00.000Z")
    matcher = _matcher(rule)
    days = ("2026-11-26", "2026-11-27", "2026-11-29", "2026-11-30")
    assert [bool(matcher.find("a sale", ["en"], f"{day}T00:00:00.000Z")) for day in days] == [False, True, True, False]


def test_the_most_important_rule_comes_first_and_each_once() -> None:
    low, high = Rule("a", "A", ("pump",), priority=1), Rule("b", "B", ("valve",), priority=9)
    found = _matcher(low, high).find("the pump, a valve, another valve and a pump", ["en"], _NOW)
    assert [(one.rule.rule_id, one.begin) for one in found] == [("b", 12), ("a", 4)]


@pytest.mark.parametrize(
    ("expression", "text", "found"),
    [
        (r"\bcaf\w+\b", "le café noir", "café"),
        (r"\bcaf\w+\b", "un decaféine", None),
        (r"\bêtre\b", "d'être là", "être"),
        (r"\bêtre\b", "le hêtre", None),
        (r"straße\s+\d{1,3}", "in der Straße 12", "Straße 12"),
        (r"^hello|bye$", "good bye", "bye"),
        (r"[^\d]\d{3}\b", "room x123", "x123"),
        (r"n[^x]t", "a nut", "nut"),
        (r"\W\w\W", "see a b", " a "),
        (r"[^\W\d]+ß\b", "1Spaß", "Spaß"),
        ("[\u0430-\u044f]{3,}", "\u042d\u0442\u043e 7", "\u042d\u0442\u043e"),
        ("x\u0661", "room X\u0661 and x1", "X\u0661"),
        (r"x\d", "room x\u0661", "x\u0661"),
        (r"a\sb", "a\u00a0b", "a\u00a0b"),
        (r"(?:\bno\b )?\bcredit\b", "no credit", "no credit"),
        (r"colou?r.{0,9}?blue", "the COLOR is blue, or blue", "COLOR is blue"),
        (r"(\bone)\b\b", "one", "one"),
        ("cafe\u0301", "un caf\u00e9", "caf\u00e9"),
        ("caf\u00e9", "un cafe\u0301!", "cafe\u0301"),
    ],
)
def test_an_expression_knows_the_borders_of_all_words(expression: str, text: str, found: str | None) -> None:
    assert _found(text, "fr", rule=Rule("r", "R", (), (expression,))) == ([found] if found else [])


def test_expressions_that_are_too_large_together_are_tried_alone(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(expression_set, "_MEMORY", 20_000)
    rule = Rule("r", "R", (), ("[ab]{9,40}x", "number .{0,60}seven"))
    assert _found("number 1 or seven", "en", rule=rule) == ["number 1 or seven"]
    assert "KeywordExpressionsAlone" in capsys.readouterr().out


def test_words_without_a_letter_are_refused() -> None:
    with pytest.raises(Refused, match="has no word in it"):
        compiled([Rule("r", "R", ("?!",))])


def test_what_is_stored_can_be_read_again() -> None:
    rules = (
        Rule("a", "A", ("pump", "credit note"), (r"\bx\b",), ("en",), 7, 9, "2026", "2027", "# Say"),
        Rule("b", "B"),
    )
    stored = compiled(rules).to_json()
    assert from_json(stored) == compiled(rules)
    assert json.loads(stored)["version"] == 1
