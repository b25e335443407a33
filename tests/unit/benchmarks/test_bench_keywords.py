"""The benchmark of keywords finds what was promised, in the half that was kept aside."""

import random

from benchmarks.keywords.judging import Counts, judged
from benchmarks.keywords.mishearing import misheard
from benchmarks.keywords.sentences import LANGUAGES, half


def test_keywords_are_found_in_misheard_speech() -> None:
    total = Counts()
    for rate in (0.1, 0.2):
        for language in LANGUAGES:
            total += judged(language, 1, rate)[0]
    assert total.recall >= 0.86
    assert total.precision >= 0.90


def test_the_halves_have_different_keywords() -> None:
    for language in LANGUAGES:
        tuned, kept = ({one.keyword for one in half(language, which)} - {""} for which in (0, 1))
        assert tuned.isdisjoint(kept)
        assert len(tuned) == len(kept)


def test_about_as_many_words_go_wrong_as_asked_for() -> None:
    words = [f"word{number}" for number in range(2_000)]
    heard = misheard(words, 0.2, ["other"], random.Random(1))  # noqa: S311 - repeatable
    assert 0.14 < 1 - len(set(words) & set(heard)) / len(words) < 0.2
    assert misheard(words, 0, ["other"], random.Random(1)) == words  # noqa: S311 - as above
