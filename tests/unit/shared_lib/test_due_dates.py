"""When something is due comes from the words of the note; if they are not clear, they stay words."""

from datetime import UTC, datetime

import pytest

from ai_voice_shared.times.due_dates import resolved, words
from ai_voice_shared.times.zones import LocalTime, zone

THURSDAY = LocalTime(datetime(2026, 11, 26, 9, tzinfo=UTC), UTC)
MONDAY = LocalTime(datetime(2026, 11, 23, 9, tzinfo=UTC), UTC)


@pytest.mark.parametrize(
    ("language", "by_when", "due"),
    [
        ("en", "by Friday", "2026-11-27"),
        ("en", "Friday", "2026-11-27"),
        ("en", "by next Monday", "2026-11-30"),
        ("en", "by Thursday", "2026-12-03"),
        ("en", "before Friday", "2026-11-27"),
        ("en", "by Fri.", "2026-11-27"),
        ("en", "tomorrow", "2026-11-27"),
        ("en", "today", "2026-11-26"),
        ("en", "the day after tomorrow", "2026-11-28"),
        ("en", "in two weeks", "2026-12-10"),
        ("en", "within 3 days", "2026-11-29"),
        ("en", "this week", "2026-11-29"),
        ("en", "next week", "2026-12-06"),
        ("en", "before next week", "2026-11-30"),
        ("en", "by the end of the month", "2026-11-30"),
        ("en", "by the end of May", "2027-05-31"),
        ("en", "before May", "2027-05-01"),
        ("en", "before the summer", "2027-06-01"),
        ("en", "by 5 December", "2026-12-05"),
        ("en", "on May 5th", "2027-05-05"),
        ("en", "by 25/12", "2026-12-25"),
        ("en", "12/25/2026", "2026-12-25"),
        ("en", "by 2027-01-31", "2027-01-31"),
        ("en", "Friday, 27 November", "2026-11-27"),
        ("en", "from Monday to Wednesday", "2026-12-02"),
        ("en", "tomorrow at 3 pm", "2026-11-27T15:00:00+00:00"),
        ("en", "by 15:30 on Friday", "2026-11-27T15:30:00+00:00"),
        ("en", "by noon tomorrow", "2026-11-27T12:00:00+00:00"),
        ("en", "by 3 pm", "2026-11-26T15:00:00+00:00"),
        ("en", "by noon", "2026-11-26T12:00:00+00:00"),
        ("en", "tomorrow at 3:30", "2026-11-27"),
        ("en-GB", "by 05/06", "2027-06-05"),
        ("en-US", "by 05/06", "2027-05-06"),
        ("de", "bis Freitag", "2026-11-27"),
        ("de", "bis 5.6.", "2027-06-05"),
        ("de", "bis übermorgen um 15 Uhr", "2026-11-28T15:00:00+00:00"),
        ("de", "kommenden Montag", "2026-11-30"),
        ("es", "para el viernes", "2026-11-27"),
        ("es", "antes del 5/6", "2027-06-05"),
        ("es", "el lunes que viene", "2026-11-30"),
        ("fr", "d'ici vendredi", "2026-11-27"),
        ("fr", "lundi prochain", "2026-11-30"),
        ("fr", "demain à 15 h", "2026-11-27T15:00:00+00:00"),
        ("pt", "até sexta", "2026-11-27"),
        ("it", "da lunedì a mercoledì", "2026-12-02"),
        ("it", "entro l'8", "2026-12-08"),
        ("nl", "van maandag tot woensdag", "2026-12-02"),
        ("nl", "uiterlijk 5 december om 10 uur", "2026-12-05T10:00:00+00:00"),
        ("de", "ab Montag bis Mittwoch", "2026-12-02"),
        ("pt", "até segunda-feira às 15h", "2026-11-30T15:00:00+00:00"),
    ],
)
def test_words_become_the_day_they_mean(language: str, by_when: str, due: str) -> None:
    assert resolved(by_when, None, THURSDAY, language) == due


@pytest.mark.parametrize(
    ("at", "by_when"),
    [
        (THURSDAY, "before 05/06"),
        (THURSDAY, "05/06"),
        (THURSDAY, "5/6/2027"),
        (MONDAY, "by next Friday"),
        (THURSDAY, "by next week"),
        (THURSDAY, "by next month"),
        (THURSDAY, "by May"),
        (THURSDAY, "Friday or Saturday"),
        (THURSDAY, "Monday 27 November"),
        (THURSDAY, "31 February"),
        (THURSDAY, "yesterday"),
        (THURSDAY, "two days ago"),
        (THURSDAY, "by 5 May 2020"),
        (THURSDAY, "by 8 am"),
        (THURSDAY, "by 8"),
        (THURSDAY, "as soon as you may"),
        (THURSDAY, "soon"),
        (THURSDAY, "in 999 years"),
        (THURSDAY, "\x00" * 50),
        (THURSDAY, "12:" * 500),
        (THURSDAY, " .,"),
        (THURSDAY, ""),
        (THURSDAY, None),
    ],
)
def test_what_may_mean_two_days_or_none_stays_words(at: LocalTime, by_when: str | None) -> None:
    assert resolved(by_when, None, at, "en") is None


@pytest.mark.parametrize(
    "by_when", ["before 05/06", "Friday or Saturday", "by next week", "31 February", "yesterday", None]
)
def test_a_model_decides_nothing_that_the_words_leave_open(by_when: str | None) -> None:
    assert resolved(by_when, "2026-12-04", THURSDAY, "en") is None


@pytest.mark.parametrize(
    ("by_when", "proposed", "due"),
    [
        ("på fredag", "2026-11-27", "2026-11-27"),
        ("inden den 5. december", "2026-12-05", "2026-12-05"),
        ("inden den 5. december", "2026-12-06", None),
        ("om 3 dage", "2026-11-29", "2026-11-29"),
        ("kl. 15 på fredag", "2026-11-27T15:00", "2026-11-27T15:00:00+00:00"),
        ("på fredag", "2026-11-27T15:00", "2026-11-27"),
        ("på fredag", "2026-11-25", None),
        ("på fredag", "2099-11-27", None),
        ("på fredag", "tomorrow", None),
        ("på fredag", "0000-00-00", None),
        ("på fredag", "9999-12-31T23:59:59-14:00", None),
        ("på fredag", "", None),
        ("på fredag", None, None),
        ("inden 05/06", "2027-06-05", None),
        ("inden 25/12", "2026-12-25", "2026-12-25"),
        ("Friday, sagde hun", "2026-11-28", None),
        ("Friday, sagde hun", "2026-11-27", "2026-11-27"),
    ],
)
def test_a_models_day_counts_where_nothing_in_the_words_speaks_against_it(
    by_when: str, proposed: str | None, due: str | None
) -> None:
    assert resolved(by_when, proposed, THURSDAY, "da") == due


@pytest.mark.parametrize("proposed", ["2026-11-26", "2026-11-28", "2027-11-27", "2026-11-27T09:00"])
def test_code_counts_before_a_models_day(proposed: str) -> None:
    assert resolved("by Friday", proposed, THURSDAY, "en") == "2026-11-27"


@pytest.mark.parametrize(
    ("moment", "name", "by_when", "due"),
    [
        (datetime(2026, 11, 27, 23, 30, tzinfo=UTC), "Pacific/Auckland", "tomorrow", "2026-11-29"),
        (datetime(2026, 11, 27, 23, 30, tzinfo=UTC), "UTC", "tomorrow", "2026-11-28"),
        (datetime(2026, 11, 27, 3, 30, tzinfo=UTC), "America/New_York", "today", "2026-11-26"),
        # clocks go forward in the night to the 29th: 02:30 is skipped, and shown as 03:30
        (datetime(2026, 3, 28, 12, tzinfo=UTC), "Europe/Berlin", "tomorrow at 02:30", "2026-03-29T03:30:00+02:00"),
        (datetime(2026, 3, 28, 12, tzinfo=UTC), "Europe/Berlin", "tomorrow at 15:00", "2026-03-29T15:00:00+02:00"),
        # and back in the night to the 25th: 02:30 comes twice, and the first is meant
        (datetime(2026, 10, 24, 12, tzinfo=UTC), "Europe/Berlin", "tomorrow at 02:30", "2026-10-25T02:30:00+02:00"),
        (datetime(2026, 10, 24, 22, 30, tzinfo=UTC), "Europe/Berlin", "today", "2026-10-25"),
        (datetime(2026, 11, 28, 9, tzinfo=UTC), "Pacific/Auckland", "before the summer", "2026-12-01"),
    ],
)
def test_days_are_counted_in_the_zone_of_the_company(moment: datetime, name: str, by_when: str, due: str) -> None:
    assert resolved(by_when, None, LocalTime(moment, zone(name)), "en") == due


def test_a_companys_region_tells_what_a_language_does_not() -> None:
    assert resolved("by 05/06", None, THURSDAY, "en", ("en-US",)) == "2027-05-06"
    assert resolved("by 05/06", None, THURSDAY, "en", ("en-GB", "en")) == "2027-06-05"
    assert resolved("by 05/06", None, THURSDAY, "en", ("en-GB", "en-US")) is None


@pytest.mark.parametrize(
    ("language", "sentence", "found"),
    [
        ("en", "Order two valves by Friday, please.", "by Friday"),
        ("en", "Yesterday it leaked, call them by Monday.", "by Monday"),
        ("en", "Send it tomorrow at 3 p.m. to Ana.", "tomorrow at 3 p.m"),
        ("en", "Do not send it before 05/06.", "before 05/06"),
        ("en", "It has leaked since Monday, fix it.", None),
        ("en", "You may order the second valve.", None),
        ("de", "Rechnung schicken bis Montag", "bis Montag"),
        ("es", "Hay que cambiar la bomba mañana", "mañana"),
        ("fr", "Il faut changer la pompe d’ici vendredi", "d’ici vendredi"),
        ("pt-BR", "Compre duas válvulas até sexta", "até sexta"),
        ("da", "Bestil to ventiler inden fredag", None),
    ],
)
def test_the_words_are_kept_as_they_stand(language: str, sentence: str, found: str | None) -> None:
    assert words(sentence, language) == found
