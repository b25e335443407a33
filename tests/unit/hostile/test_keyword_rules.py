"""Any sentence and any expression: what is found lies in the sentence, and is what Python's own engine finds."""

import re
from contextlib import suppress

from hypothesis import given
from hypothesis import strategies as st
from unit.hostile.bounded import bounded

from ai_voice_shared.keywords.alphabet import MARK, alphabet
from ai_voice_shared.keywords.bordered import bordered
from ai_voice_shared.keywords.compiling import compiled
from ai_voice_shared.keywords.expression_set import ExpressionSet
from ai_voice_shared.keywords.matching import Matcher
from ai_voice_shared.keywords.rule import Refused, Rule
from ai_voice_shared.keywords.translating import translated

_ATOMS = st.sampled_from(
    ["a", "b", "é", " ", r"\b", r"\w", r"\W", r"\s", r"\d", ".", "[aé]", "[^a]", r"[\w-]", "_", "1"]
)
_PARTS = st.builds(
    lambda atom, many: f"{atom}{many}" if atom != r"\b" else atom, _ATOMS, st.sampled_from(["", "", "+"])
)
_EXPRESSIONS = st.recursive(
    st.lists(_PARTS, min_size=1, max_size=4).map("".join),
    lambda inner: st.builds("(?:{}|{})".format, inner, inner) | st.builds("(?:{}){{1,2}}".format, inner),
    max_leaves=4,
)
_SENTENCES = st.text(alphabet="abé1_ -\n", max_size=12)
_ANY = st.text(max_size=40)


@bounded(400)
@given(_EXPRESSIONS, _SENTENCES)
def test_an_expression_finds_what_python_finds(expression: str, sentence: str) -> None:
    try:
        translation = translated([expression])
    except Refused:
        return
    found = list(ExpressionSet(translation).find(sentence))
    expected = re.search(expression, sentence, re.IGNORECASE | re.DOTALL)
    assert bool(found) == bool(expected)
    if expected:
        assert found[0][1] == expected.start()


@bounded(400)
@given(_ANY, _ANY, _ANY)
def test_what_is_found_lies_in_the_sentence(words: str, expression: str, sentence: str) -> None:
    for rule in (Rule("a", "A", (words,)), Rule("b", "B", (), (re.escape(expression),))):
        with suppress(Refused):
            for text in (sentence, f"{sentence} {words}{expression}"):
                for one in Matcher(compiled([rule])).find(text, ("en", ""), ""):
                    assert 0 <= one.begin < one.stop <= len(text)


@bounded(400)
@given(_ANY, _ANY)
def test_a_phrase_is_found_in_itself(words: str, before: str) -> None:
    with suppress(Refused):
        matcher = Matcher(compiled([Rule("a", "A", (words,))]))
        assert matcher.find(f"{before} . {words}", ("en",), "")


@bounded(400)
@given(_ANY)
def test_a_bordered_text_is_the_text(text: str) -> None:
    marked = bordered(text, alphabet(text[::2]))
    assert len(marked.text) == len(marked.begins) == len(marked.stops)
    kept = [text[begin:stop] for one, begin, stop in zip(*vars(marked).values(), strict=True) if one != MARK]
    assert "".join(dict.fromkeys(kept)) or not text
