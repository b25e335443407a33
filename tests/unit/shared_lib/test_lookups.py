"""A search for exactly what was said, in any spelling, finds that note first."""

from pathlib import Path

from benchmarks.lookups import LOOKUPS, NOTES, firsts


def test_what_is_typed_comes_first(tmp_path: Path) -> None:
    wrong = [
        (typed, found) for found, (typed, wanted) in zip(firsts(tmp_path), LOOKUPS, strict=True) if found != wanted
    ]
    assert wrong == []


def test_there_are_enough_of_them_and_each_names_a_note() -> None:
    assert len(set(LOOKUPS)) == len(LOOKUPS) >= 60
    assert {wanted for _, wanted in LOOKUPS} <= set(NOTES)
