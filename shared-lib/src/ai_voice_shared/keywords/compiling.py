"""Makes of rules what sentences are compared with: stems and expressions for RE2, as JSON."""

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass

from ai_voice_shared.keywords.expressions import translated
from ai_voice_shared.keywords.phrases import Phrase
from ai_voice_shared.keywords.rule import LANGUAGES, Refused, Rule, from_fields
from ai_voice_shared.keywords.tokens import primary, stem, stems, tokens

_VERSION = 1


@dataclass(frozen=True)
class Compiled:
    """Rules, ready to be found.

    Attributes:
        expressions: for each, its rule's number, how it was written, and its translation.
    """

    rules: tuple[Rule, ...] = ()
    phrases: tuple[Phrase, ...] = ()
    expressions: tuple[tuple[int, str, str], ...] = ()

    def to_json(self) -> bytes:
        """As it is stored."""
        rules = [asdict(rule) for rule in self.rules]
        kept = {"version": _VERSION, "rules": rules, "phrases": self.phrases, "expressions": self.expressions}
        return json.dumps(kept, ensure_ascii=False, separators=(",", ":")).encode()


def compiled(rules: Sequence[Rule]) -> Compiled:
    """The rules, compiled; raises Refused for one that cannot be."""
    numbered = list(enumerate(rules))
    return Compiled(
        tuple(rules),
        tuple(phrase for number, rule in numbered for phrase in _phrases(number, rule)),
        tuple((number, one, translated(one)) for number, rule in numbered for one in rule.expressions),
    )


def from_json(stored: bytes) -> Compiled:
    """What was stored."""
    kept = json.loads(stored)
    rules = tuple(map(from_fields, kept["rules"]))
    phrases = (Phrase(tuple(of), tuple(languages), rule, text) for of, languages, rule, text in kept["phrases"])
    return Compiled(rules, tuple(phrases), tuple((one[0], one[1], one[2]) for one in kept["expressions"]))


def _phrases(number: int, rule: Rule) -> Iterator[Phrase]:
    """Each form of each phrase once, with the languages that share it."""
    languages = tuple(dict.fromkeys(map(primary, rule.languages))) or (*LANGUAGES, "")
    for text in rule.words:
        forms: dict[tuple[str, ...], list[str]] = defaultdict(list)
        for language in languages:
            for form in _forms(text, language):
                forms[form].append(language)
        for form, of in forms.items():
            yield Phrase(form, tuple(of), number, text)


def _forms(text: str, language: str) -> Iterator[tuple[str, ...]]:
    """The stems of its words; two words are also found as one."""
    found = stems(text, language)
    if not found:
        raise Refused(f"“{text}” has no word in it.")
    yield found
    if len(found) == 2:  # noqa: PLR2004 - as above
        yield (stem("".join(one.word for one in tokens(text, language)), language),)
