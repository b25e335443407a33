"""The command tells whether a customers file is good before it is put."""

from pathlib import Path

import pytest

from ai_voice_operations.__main__ import main


def test_a_good_file_is_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "customers.json"
    file.write_text('{"companies": [{"company_id": "acme", "name": "Acme"}], "customers": []}')
    assert main(["customers-check", str(file)]) == 0
    assert capsys.readouterr().out == "1 companies, 0 customers: good\n"


def test_what_may_be_a_mistake_is_remarked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "customers.json"
    ann = '{"customer_id": "ann", "company_id": "acme", "name": "Ann", "phone_numbers": ["+1 555 010 0001"]}'
    file.write_text(f'{{"companies": [{{"company_id": "acme", "name": "Acme"}}], "customers": [{ann}]}}')
    assert main(["customers-check", str(file)]) == 0
    first, second = capsys.readouterr().out.splitlines()
    assert first.endswith("in no range that is known to be in use: 1, the first is customers[0].phone_numbers[0]")
    assert second == "1 companies, 1 customers: good"


def test_a_language_nobody_registered_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "customers.json"
    file.write_text('{"companies": [{"company_id": "acme", "name": "Acme", "languages": ["xx"]}], "customers": []}')
    assert main(["customers-check", str(file)]) == 1
    assert "companies[0].languages[0] is not in the registry of languages" in capsys.readouterr().err


def test_a_broken_file_is_told_in_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "customers.json"
    file.write_text('{"companies": []}')
    assert main(["customers-check", str(file)]) == 1
    assert capsys.readouterr() == ("", f"{file}: customers is missing: add it.\n")


def test_an_unreadable_file_is_told_in_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["customers-check", str(tmp_path / "absent.json")]) == 1
    assert capsys.readouterr().err == f"{tmp_path / 'absent.json'} cannot be read: No such file or directory.\n"
