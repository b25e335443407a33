"""Finds a company's rules in sentences. The cost of a sentence does not depend on how many rules there are."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from ai_voice_shared.keywords.compiling import Compiled
from ai_voice_shared.keywords.expression_set import ExpressionSet
from ai_voice_shared.keywords.phrases import Phrases
from ai_voice_shared.keywords.rule import Rule
from ai_voice_shared.keywords.tokens import primary


@dataclass(frozen=True)
class Found:
    """A rule in a sentence.

    Attributes:
        phrase: the word, phrase or expression of the rule, as it was written.
        begin: of what was found, in characters of the sentence; it ends before `stop`.
    """

    rule: Rule
    phrase: str
    begin: int
    stop: int


@dataclass(frozen=True)
class Matcher:
    """Compiled rules. It is made once and used for many sentences."""

    compiled: Compiled

    def find(self, text: str, languages: Sequence[str], moment: str) -> list[Found]:
        """The rules that hold at the moment (ISO 8601, UTC) in a sentence, the most important one first.

        Each rule once, at its first place there.

        Args:
            text: the sentence.
            languages: BCP 47; in which it may be said. Empty: words are compared as they are.
            moment: when it was said.
        """
        spoken = tuple(dict.fromkeys(map(primary, languages)))
        first: dict[str, Found] = {}
        valid = (one for one in self._every(text, spoken) if one.rule.is_valid(moment))
        for one in sorted(valid, key=lambda found: (found.begin, -found.stop)):
            first.setdefault(one.rule.rule_id, one)
        return sorted(first.values(), key=lambda found: (-found.rule.priority, found.begin, found.rule.rule_id))

    def _every(self, text: str, spoken: Sequence[str]) -> Iterator[Found]:
        for language in {one if one in self._known else "" for one in spoken or ("",)}:
            for phrase, begin, stop in self._in(language).find(text):
                yield Found(self.compiled.rules[phrase.rule], phrase.text, begin, stop)
        yield from self._expressed(text, spoken)

    def _expressed(self, text: str, spoken: Sequence[str]) -> Iterator[Found]:
        for number, begin, stop in self._expressions.find(text):
            place, written = self.compiled.written[number]
            rule = self.compiled.rules[place]
            if not rule.languages or not set(map(primary, rule.languages)).isdisjoint(spoken):
                yield Found(rule, written, begin, stop)

    def _in(self, language: str) -> Phrases:
        if language not in self._of_languages:
            self._of_languages[language] = Phrases(self.compiled.phrases, language)
        return self._of_languages[language]

    @cached_property
    def _known(self) -> frozenset[str]:
        """The languages in which rules have words. In all others, words are compared as they are."""
        return frozenset(language for phrase in self.compiled.phrases for language in phrase.languages)

    @cached_property
    def _of_languages(self) -> dict[str, Phrases]:
        """The phrases of each language in which something was said."""
        return {}

    @cached_property
    def _expressions(self) -> ExpressionSet:
        return ExpressionSet(self.compiled.translated)
