import pytest

from ai_voice_shared.keywords.rule import Refused
from ai_voice_shared.keywords.translating import translated


@pytest.mark.parametrize(
    ("expression", "why"),
    [
        (r"(?=a)b", "lookaround"),
        (r"(?<!a)b", "lookaround"),
        (r"(a)\1", "backreferences"),
        (r"(a)?b(?(1)c|d)", "conditions"),
        (r"(?>a)b", "atomic groups"),
        (r"ba++", "possessive repeats"),
        (r"a\Bb", r"\\B"),
        ("[\u4e00-\u9fff]", "200 characters at most, in addition to ASCII"),
        (r"(a", "not a regular expression: missing \\)"),
        (r"\p{L}", "not a regular expression"),
        (r"a*", "matches nothing"),
        (r"", "matches nothing"),
        (r"\b", "matches nothing"),
        ("a" * 201, "200 characters"),
        (r"(a{1,999}){1,999}", "too large"),
        ("(" * 90 + "a", "not a regular expression"),
    ],
)
def test_what_cannot_be_done_is_refused_with_its_name(expression: str, why: str) -> None:
    with pytest.raises(Refused, match=why):
        translated([expression])
