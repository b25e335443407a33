"""Words of time limit a question to days; no other words ever do."""

import unicodedata
from datetime import UTC, datetime

import pytest

from ai_voice_shared.search.model import Scope
from ai_voice_shared.times import zones
from ai_voice_shared.times.asked_days import AskedDays, checked, find, may_name_time, without_time
from ai_voice_shared.times.calendar_days import Seen
from ai_voice_shared.times.spans import LANGUAGES, folded, spans
from ai_voice_shared.times.zones import LocalTime

SATURDAY = LocalTime(datetime(2026, 11, 28, 12, tzinfo=UTC), UTC)
AUCKLAND, BERLIN = zones.zone("Pacific/Auckland"), zones.zone("Europe/Berlin")


def days(question: str, asked: LocalTime = SATURDAY, *usual: str) -> str:
    found = find(question, asked, usual)
    return f"{found.since or ''}/{found.until or ''}" if found else ""


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("What did we promise last week?", "2026-11-16/2026-11-23"),
        ("What did Sam say yesterday?", "2026-11-27/2026-11-28"),
        ("What did Sam say the day before yesterday?", "2026-11-26/2026-11-27"),
        ("What has come in since Monday?", "2026-11-23/"),
        ("What was said on Saturday?", "2026-11-21/2026-11-22"),
        ("What was said last Monday?", "2026-11-23/2026-11-24"),
        ("What did we order in May?", "2026-05-01/2026-06-01"),
        ("What did we order in December?", "2025-12-01/2026-01-01"),
        ("What did we agree before the summer?", "/2026-06-01"),
        ("What did we agree after the summer?", "2026-09-01/"),
        ("What was found this week?", "2026-11-23/2026-11-30"),
        ("What was found in the last three days?", "2026-11-25/2026-11-29"),
        ("What was found in the last 24 hours?", "2026-11-27/2026-11-29"),
        ("What did we do two weeks ago?", "2026-11-09/2026-11-16"),
        ("What did we do on 5 May?", "2026-05-05/2026-05-06"),
        ("What did we do on May 5th, 2025?", "2025-05-05/2025-05-06"),
        ("What did we do on 2026-05-04?", "2026-05-04/2026-05-05"),
        ("What did we do from Monday to Wednesday?", "2026-11-23/2026-11-26"),
        ("What did we do between Monday and Wednesday?", "2026-11-23/2026-11-26"),
        ("What did we say until Tuesday?", "/2026-11-25"),
        ("What did we say at the end of October?", "2026-10-22/2026-11-01"),
        ("What did Sam say yesterday about the visit next week?", "2026-11-27/2026-11-28"),
        ("Qué prometimos la semana pasada?", "2026-11-16/2026-11-23"),
        ("Qué dijo Ana ayer por la mañana?", "2026-11-27/2026-11-28"),
        ("Qué ha llegado desde el lunes?", "2026-11-23/"),
        ("Qué pedimos en mayo?", "2026-05-01/2026-06-01"),
        ("Qué acordamos antes del verano?", "/2026-06-01"),
        ("Was haben wir letzte Woche versprochen?", "2026-11-16/2026-11-23"),
        ("Was hat Ana gestern gesagt?", "2026-11-27/2026-11-28"),
        ("Was ist seit Montag gekommen?", "2026-11-23/"),
        ("Was haben wir im Mai bestellt?", "2026-05-01/2026-06-01"),
        ("Was haben wir vor dem Sommer vereinbart?", "/2026-06-01"),
        ("Was haben wir vor zwei Wochen gemacht?", "2026-11-09/2026-11-16"),
        ("Was wurde von Montag bis Mittwoch gesagt?", "2026-11-23/2026-11-26"),
        ("Qu'avons-nous promis la semaine dernière ?", "2026-11-16/2026-11-23"),
        ("Qu'est-ce qui a été dit hier ?", "2026-11-27/2026-11-28"),
        ("Qu'est-ce qui est arrivé depuis lundi ?", "2026-11-23/"),
        ("Qu'avons-nous commandé en mai ?", "2026-05-01/2026-06-01"),
        ("Qu’avons-nous convenu avant l’été ?", "/2026-06-01"),
        ("O que prometemos na semana passada?", "2026-11-16/2026-11-23"),
        ("O que a Ana disse ontem?", "2026-11-27/2026-11-28"),
        ("O que chegou desde segunda-feira?", "2026-11-23/"),
        ("O que dissemos na segunda?", "2026-11-23/2026-11-24"),
        ("O que pedimos em maio?", "2026-05-01/2026-06-01"),
        ("O que combinamos antes do verão?", "/2026-06-01"),
        ("Che cosa abbiamo promesso la settimana scorsa?", "2026-11-16/2026-11-23"),
        ("cosa abbiamo promesso la scorsa setimana", "2026-11-16/2026-11-23"),
        ("Che cosa ha detto Ana ieri mattina?", "2026-11-27/2026-11-28"),
        ("Cosa ha detto Ana l'altro ieri?", "2026-11-26/2026-11-27"),
        ("Che cosa è arrivato da lunedì?", "2026-11-23/"),
        ("Cosa è stato detto da lunedì a mercoledì?", "2026-11-23/2026-11-26"),
        ("Cosa è stato detto nella riunione di martedì?", "2026-11-24/2026-11-25"),
        ("Che cosa abbiamo ordinato a maggio?", "2026-05-01/2026-06-01"),
        ("Che cosa è stato detto in maggio?", "2026-05-01/2026-06-01"),
        ("Cosa abbiamo ordinato da marzo a maggio?", "2026-03-01/2026-06-01"),
        ("Che cosa abbiamo concordato prima dell'estate?", "/2026-06-01"),
        ("Che cosa abbiamo fatto due settimane fa?", "2026-11-09/2026-11-16"),
        ("Cosa abbiamo trovato negli ultimi tre giorni?", "2026-11-25/2026-11-29"),
        ("Chi ha chiamato il 5 giugno?", "2026-06-05/2026-06-06"),
        ("Chi ha chiamato lunedì scorso?", "2026-11-23/2026-11-24"),
        ("Che cosa è stato detto a fine ottobre?", "2026-10-22/2026-11-01"),
        ("Wat hebben we vorige week beloofd?", "2026-11-16/2026-11-23"),
        ("Wat heeft Ana gisteren gezegd?", "2026-11-27/2026-11-28"),
        ("Wat zei Ana gisterenmiddag over de ketel?", "2026-11-27/2026-11-28"),
        ("Wat heeft Ana eergisteren gezegd?", "2026-11-26/2026-11-27"),
        ("Wat is er sinds maandag binnengekomen?", "2026-11-23/"),
        ("Wat hebben we in mei besteld?", "2026-05-01/2026-06-01"),
        ("Wat hebben we vóór de zomer afgesproken?", "/2026-06-01"),
        ("Wat hebben we twee weken geleden gedaan?", "2026-11-09/2026-11-16"),
        ("Wat is er van maandag tot woensdag gezegd?", "2026-11-23/2026-11-26"),
        ("Wat hebben we de afgelopen drie dagen gevonden?", "2026-11-25/2026-11-29"),
        ("Wie heeft er op 5 juni gebeld?", "2026-06-05/2026-06-06"),
        ("Wie heeft er afgelopen maandag gebeld?", "2026-11-23/2026-11-24"),
        ("Wat is er eind oktober gezegd?", "2026-10-22/2026-11-01"),
        ("What did Sam say last week on Tuesday?", "2026-11-17/2026-11-18"),
        ("Was wurde letzte Woche Dienstag gesagt?", "2026-11-17/2026-11-18"),
        ("¿Qué se dijo el martes de la semana pasada?", "2026-11-17/2026-11-18"),
        ("Qu'est-ce qui a été dit mardi de la semaine dernière ?", "2026-11-17/2026-11-18"),
        ("O que foi dito na terça da semana passada?", "2026-11-17/2026-11-18"),
        ("Cosa è stato detto martedì della scorsa settimana?", "2026-11-17/2026-11-18"),
        ("Wat is er vorige week dinsdag gezegd?", "2026-11-17/2026-11-18"),
        ("What came in at the weekend?", "2026-11-28/2026-11-30"),
        ("yesterday", "2026-11-27/2026-11-28"),
    ],
)
def test_words_of_time_become_days(question: str, expected: str) -> None:
    assert days(question) == expected


@pytest.mark.parametrize(
    "question",
    [
        "What may we do in the second building?",
        "Is the march on so far?",
        "May I see who has the sun shade?",
        "2 may leak: which of them?",
        "Where does the 3/4 inch pipe go?",
        "Is version 1.2 in the 12.5 kg box?",
        "What is the plan for May?",
        "What did Mrs March and Miss May want?",
        "What happens every Monday?",
        "Where is the key?",
        "Was ist hier undicht?",
        "Wie viel Sonne ist am Morgen auf dem Dach?",
        "Wer ist von August Sommer?",
        "¿Quién mar, martillo, sol y so?",
        "¿Qué hacemos los lunes por la mañana?",
        "Qui a été au marché avec Mars ?",
        "Qu'est-ce qui a été vu ?",
        "Que faisons-nous le lundi ?",
        "Onde fica a segunda bomba, na quinta da serra?",
        "O que há na segunda bomba?",
        "Hvad skete i går?",
        "Mitä sanottiin toukokuussa?",
        "Dove sono i sei tubi di maggio?",
        "Che cosa si fa il lunedì?",
        "Chi porta le chiavi a Marzia?",
        "Waar ligt de sleutel, goede morgen?",
        "Wat is het plan voor mei?",
        "Hoeveel zegt Mei over de winterbanden?",
        "Wat gebeurt er elke maandag?",
        "泵在哪里",
        "",
        "?",
        "\x00 99999999/99/99 9999-99-99 31/02/2026",
        "in 999 years, 999 years ago",
    ],
)
def test_a_question_without_words_of_time_is_never_limited(question: str) -> None:
    assert days(question) == ""


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("What is due this week?", "2026-08-23/"),
        ("What is due next Monday?", "2026-08-28/"),
        ("What was due last week?", "2026-08-16/2026-11-23"),
        ("What must be done by Friday?", "2026-08-28/"),
        ("Was ist diese Woche fällig?", "2026-08-23/"),
        ("¿Qué vence esta semana?", "2026-08-23/"),
        ("Quelles échéances avons-nous cette semaine ?", "2026-08-23/"),
        ("O que vence esta semana?", "2026-08-23/"),
        ("Che cosa scade questa settimana?", "2026-08-23/"),
        ("Che cosa dobbiamo fare entro venerdì?", "2026-08-28/"),
        ("Welke termijnen hebben we deze week?", "2026-08-23/"),
        ("Wat moet er uiterlijk vrijdag gebeuren?", "2026-08-28/"),
        ("Che cosa succede la settimana prossima?", ""),
        ("Wat gebeurt er volgende week?", ""),
        ("What is due?", ""),
        ("What happens next week?", ""),
        ("What do we know about tomorrow?", ""),
    ],
)
def test_what_is_due_was_told_before_and_what_is_to_come_limits_nothing(question: str, expected: str) -> None:
    assert days(question) == expected


def test_the_day_is_the_companys() -> None:
    late = datetime(2026, 11, 27, 23, 30, tzinfo=UTC)
    assert days("What was said today?", LocalTime(late, UTC)) == "2026-11-27/2026-11-28"
    auckland = LocalTime(late, AUCKLAND)
    assert days("What was said today?", auckland) == "2026-11-28/2026-11-29"
    assert auckland.in_words == "Saturday, 2026-11-28, time zone Pacific/Auckland"
    assert auckland.local("2026-11-27T23:30:00.000Z") == "Saturday 2026-11-28T12:30+1300"


def test_summer_is_in_december_where_the_zone_is_in_the_south() -> None:
    assert days("What did we agree before the summer?", LocalTime(SATURDAY.moment, AUCKLAND)) == "/2025-12-01"
    assert days("What did we agree before the summer?", LocalTime(SATURDAY.moment, BERLIN)) == "/2026-06-01"


@pytest.mark.parametrize(
    ("moment", "since", "until"),
    [
        (datetime(2026, 3, 30, 12, tzinfo=UTC), "2026-03-28T23:00:00.000Z", "2026-03-29T22:00:00.000Z"),
        (datetime(2026, 10, 26, 12, tzinfo=UTC), "2026-10-24T22:00:00.000Z", "2026-10-25T23:00:00.000Z"),
    ],
)
def test_a_day_on_which_clocks_change_is_whole(moment: datetime, since: str, until: str) -> None:
    asked = LocalTime(moment, BERLIN)
    found = find("What was said yesterday?", asked)
    assert found is not None
    assert found.within(Scope(sender="sam"), BERLIN) == Scope(sender="sam", since=since, until=until)


def test_a_callers_own_limit_stays() -> None:
    found = find("What was said last week?", SATURDAY)
    assert found is not None
    scope = Scope(since="2026-11-18T00:00:00.000Z", until="2026-12-01T00:00:00.000Z")
    narrow = found.within(scope, UTC)
    assert (narrow.since, narrow.until) == ("2026-11-18T00:00:00.000Z", "2026-11-23T00:00:00.000Z")


def test_a_language_that_is_known_decides() -> None:
    assert days("hier", SATURDAY, "de") == ""
    assert days("hier", SATURDAY, "fr-CA", "de") == "2026-11-27/2026-11-28"
    assert days("What about 05/06 yesterday?", SATURDAY, "en") == "2026-11-27/2026-11-28"
    assert days("What was said on 05/06?", SATURDAY, "en") == ""
    assert days("What was said on 05/06?", SATURDAY, "en-US") == "2026-05-06/2026-05-07"
    assert days("What was said on 05/06?", SATURDAY, "en", "en-GB") == "2026-06-05/2026-06-06"


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("What did we promise Mr Smith last week?", "What did we promise Mr Smith ?"),
        ("Since Monday, what came?", ", what came?"),
        ("yesterday", "yesterday"),
        ("Where is the key?", "Where is the key?"),
        ("Was hat Ana über die Tür vor dem Sommer gesagt?", "Was hat Ana über die Tür gesagt?"),
    ],
)
def test_words_of_time_are_not_searched_for(text: str, rest: str) -> None:
    assert without_time(text, SATURDAY) == rest


PLAN = ("2026-11-16", "2026-11-23")


@pytest.mark.parametrize(
    ("words", "proposed", "question", "expected"),
    [
        ("i sidste uge", PLAN, "Hvad lovede vi i sidste uge?", "2026-11-16/2026-11-23"),
        ("I SIDSTE UGE", ("2026-11-16", None), "Hvad lovede vi i sidste uge?", "2026-11-16/"),
        ("i sidste uge", (None, "2026-11-23"), "Hvad lovede vi i sidste uge?", "/2026-11-23"),
        (None, PLAN, "Hvad lovede vi i sidste uge?", ""),
        ("", PLAN, "Hvad lovede vi?", ""),
        ("?", PLAN, "Hvad lovede vi?", ""),
        ("i sidste uge", PLAN, "Hvad lovede vi?", ""),
        ("i sidste uge", ("2026-11-23", "2026-11-16"), "Hvad lovede vi i sidste uge?", ""),
        ("i sidste uge", ("2026-11-16", "2026-11-16"), "Hvad lovede vi i sidste uge?", ""),
        ("i sidste uge", ("2026-12-01", "2026-12-02"), "Hvad lovede vi i sidste uge?", ""),
        ("i sidste uge", ("0001-01-01", "9999-12-31"), "Hvad lovede vi i sidste uge?", ""),
        ("i sidste uge", ("yesterday", "20261123"), "Hvad lovede vi i sidste uge?", ""),
        ("i sidste uge", (None, None), "Hvad lovede vi i sidste uge?", ""),
        ("last week", ("2025-01-01", "2025-02-01"), "What did we promise last week?", "2026-11-16/2026-11-23"),
        ("next week", PLAN, "What is planned in the next week?", "2026-08-28/"),
    ],
)
def test_a_models_days_count_as_far_as_they_hold(
    words: str | None, proposed: tuple[str | None, str | None], question: str, expected: str
) -> None:
    found = checked(words, proposed, [question], SATURDAY, ())
    assert (f"{found.since or ''}/{found.until or ''}" if found else "") == expected


def test_words_of_an_earlier_question_count_for_a_follow_up() -> None:
    said = ["And to Mr Smith?", "What did we promise yesterday?"]
    assert checked("yesterday", (None, None), said, SATURDAY, ()) == find("yesterday", SATURDAY)


def test_a_model_is_asked_where_the_rules_may_know_too_little() -> None:
    assert may_name_time("What did we promise last week?", SATURDAY, ("en",))
    assert may_name_time("Hvad lovede vi?", SATURDAY, ("da",))
    assert may_name_time("Mitä kattilasta on sanottu ja kuka sen sanoi?", SATURDAY, ())
    assert not may_name_time("Che cosa è stato detto della caldaia?", SATURDAY, ())
    assert not may_name_time("How wide is the door?", SATURDAY, ("en",))


@pytest.mark.parametrize(
    ("since", "until", "language", "told"),
    [
        ("2026-11-16", "2026-11-23", "en", "16 Nov – 22 Nov"),
        ("2026-11-27", "2026-11-28", "de-AT", "27. Nov."),
        ("2025-12-30", "2026-01-02", "en", "30 Dec 2025 – 1 Jan"),
        ("2026-11-23", None, "fr", "depuis le 23 nov."),
        (None, "2026-06-01", "es", "antes del 1 jun"),
    ],
)
def test_the_days_are_told(since: str | None, until: str | None, language: str, told: str) -> None:
    begin, end = (datetime.fromisoformat(one).date() if one else None for one in (since, until))
    assert AskedDays(begin, end).told(language, 2026) == told


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_names_the_same_days(language: str) -> None:
    """On the odd days of a calendar, too."""
    texts = {
        "en": "today tomorrow next month last year this summer, by the end of February, on 29 February",
        "es": "hoy, mañana, el próximo mes, el año pasado, este verano, antes de finales de febrero, el 29 de febrero",
        "de": "heute, morgen, nächsten Monat, letztes Jahr, diesen Sommer, bis Ende Februar, am 29. Februar",
        "fr": "aujourd'hui, demain, le mois prochain, l'année dernière, cet été, avant fin février, le 29 février",
        "it": "oggi, domani, il mese prossimo, l'anno scorso, quest'estate, entro fine febbraio, il 29 febbraio",
        "nl": "vandaag, morgen, volgende maand, vorig jaar, deze zomer, uiterlijk eind februari, op 29 februari",
        "pt": "hoje, amanhã, próximo mês, ano passado, neste verão, até o fim de fevereiro, no dia 29 de fevereiro",
    }
    for day in (datetime(2026, 12, 31), datetime(2027, 1, 1), datetime(2028, 2, 29), datetime(2026, 3, 31)):  # noqa: DTZ001
        seen = Seen(day.date(), ahead_of_us=True)
        named = [span.days for span in spans(texts[language], language, seen)]
        assert len(named) == 7
        assert None not in named
        assert named == [span.days for span in spans(texts["en"], "en", seen)]


@pytest.mark.parametrize("text", ["Straße ÄÉÎ", "e\u0301te\u0301", "İstanbul ﬁn", "\ud83d\udd27", "日曜日", ""])
def test_folding_keeps_every_place(text: str) -> None:
    assert len(folded(text)) == len(unicodedata.normalize("NFC", text))
