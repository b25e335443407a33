"""Makes of rules what sentences are compared with: stems and expressions for RE2, as JSON."""

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass

from ai_voice_shared.keywords.alphabet import Alphabet
from ai_voice_shared.keywords.phrases import Phrase
from ai_voice_shared.keywords.rule import LANGUAGES, Refused, Rule, from_fields
from ai_voice_shared.keywords.tokens import primary, stem
from ai_voice_shared.keywords.translating import NOTHING, Translated, translated
from ai_voice_shared.words.text_words import plain, written_words

_VERSION = 1


@dataclass(frozen=True)
class Compiled:
    """Rules, ready to be found.

    Attributes:
        written: each expression as it was written, after its rule's number.
        translated: the same ones, for RE2.
    """

    rules: tuple[Rule, ...] = ()
    phrases: tuple[Phrase, ...] = ()
    written: tuple[tuple[int, str], ...] = ()
    translated: Translated = NOTHING

    def to_json(self) -> bytes:
        """As it is stored."""
        rules = [asdict(rule) for rule in self.rules]
        letters = "".join(sorted(self.translated.alphabet.own))
        kept = {"version": _VERSION, "rules": rules, "phrases": self.phrases}
        kept |= {"written": self.written, "letters": letters, "expressions": self.translated.expressions}
        return json.dumps(kept, ensure_ascii=False, separators=(",", ":")).encode()


def compiled(rules: Sequence[Rule]) -> Compiled:
    """The rules, compiled; raises Refused for one that cannot be."""
    numbered = list(enumerate(rules))
    phrases = tuple(phrase for number, rule in numbered for phrase in _phrases(number, rule))
    written = tuple((number, one) for number, rule in numbered for one in rule.expressions)
    return Compiled(tuple(rules), phrases, written, translated([one for _, one in written]))


def from_json(stored: bytes) -> Compiled:
    """What was stored."""
    kept = json.loads(stored)
    rules = tuple(map(from_fields, kept["rules"]))
    phrases = (Phrase(tuple(of), tuple(languages), rule, text) for of, languages, rule, text in kept["phrases"])
    written = tuple((number, one) for number, one in kept["written"])
    expressions = Translated(Alphabet(frozenset(kept["letters"])), tuple(kept["expressions"]))
    return Compiled(rules, tuple(phrases), written, expressions)


def _phrases(number: int, rule: Rule) -> Iterator[Phrase]:
    """Each form of each phrase once, with the languages that share it."""
    languages = tuple(dict.fromkeys(map(primary, rule.languages))) or (*LANGUAGES, "")
    for text in rule.words:
        written = written_words(text)
        if not written:
            raise Refused(f"“{text}” has no word in it.")
        forms: dict[tuple[str, ...], list[str]] = defaultdict(list)
        for language in languages:
            for form in _forms(written, language):
                forms[form].append(language)
        for form, of in forms.items():
            yield Phrase(form, tuple(of), number, text)


def _forms(written: Sequence[str], language: str) -> Iterator[tuple[str, ...]]:
    """The stems of the words; two words are also found as one."""
    yield tuple(stem(word, language) for word in written)
    if len(written) == 2:  # noqa: PLR2004 - as above
        yield (stem("".join(map(plain, written)), language),)
