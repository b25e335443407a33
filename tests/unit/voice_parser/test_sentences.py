"""Speech that is too long is cut at the best place, in every script."""

from ai_voice_shared.words.sentences import tokens
from voice_parser.speech.sentences import Token, grouped


def test_a_word_that_ends_in_a_vowel_sign_does_not_end_a_clause() -> None:
    text = "छत से पानी टपक रहा था और दीवार भी गीली, मिस्त्री को कल सुबह जल्दी बुलाना है फिर देखेंगे"
    placed = [Token(begin, end, float(place), place + 1.0) for place, (begin, end) in enumerate(tokens(text))]
    first, second = grouped(text, placed)
    assert text[first[0].begin : first[-1].end].endswith("गीली,")
    assert text[second[0].begin :].startswith("मिस्त्री")
