"""A URL has one spelling here, also if it was set in another one."""

import pytest

from ai_voice_shared.environment import normalized_url, url
from ai_voice_shared.errors import Misconfigured


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("", ""),
        ("https://hooks.example.com", "https://hooks.example.com"),
        ("HTTPS://Hooks.Example.COM/", "https://hooks.example.com"),
        ("https://hooks.example.com:443", "https://hooks.example.com"),
        ("http://hooks.example.com:80/", "http://hooks.example.com"),
        ("https://hooks.example.com:8443/", "https://hooks.example.com:8443"),
        ("https://hooks.example.com//Acme//In/", "https://hooks.example.com/Acme/In"),
        ("http://127.0.0.1:4566/_aws/execute-api/a1/$default", "http://127.0.0.1:4566/_aws/execute-api/a1/$default"),
        ("http://[::1]:80/x", "http://[::1]/x"),
        ("https://User:Secret@Hooks.example.com/", "https://User:Secret@hooks.example.com"),
    ],
)
def test_what_the_standard_takes_for_one_url_is_written_in_one_way(given: str, kept: str) -> None:
    assert normalized_url(given) == kept
    assert normalized_url(kept) == kept


@pytest.mark.parametrize(
    "given",
    ["hooks.example.com", "ftp://hooks.example.com", "https://", "https://x:port", "https://x/?a=1", "https://x/#rc=3"],
)
def test_what_is_no_url_of_ours_is_named_with_its_variable(monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    monkeypatch.setenv("PUBLIC_URL", given)
    with pytest.raises(Misconfigured, match=r"^PUBLIC_URL is not usable: "):
        url("PUBLIC_URL")
