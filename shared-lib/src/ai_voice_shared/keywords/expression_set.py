"""Finds which of many expressions a sentence matches, and where, in one pass over it."""

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any

from ai_voice_shared.keywords.bordered import Bordered, bordered
from ai_voice_shared.keywords.translating import Translated, options
from ai_voice_shared.telemetry import metric

_MEMORY = 64 * 2**20
"""Bytes that all expressions of a company may take together, at most."""


class ExpressionSet:
    """Expressions of a company."""

    def __init__(self, translated: Translated) -> None:
        """Compiles them when the first sentence comes."""
        self._translated = translated
        self._alone: dict[int, Any] = {}

    def find(self, text: str) -> Iterator[tuple[int, int, int]]:
        """Each expression's number with the place (from, up to) of its first match."""
        if not self._translated.expressions:
            return
        marked = bordered(text, self._translated.alphabet)
        for number in self._matching(marked):
            if found := self._one(number).search(marked.text):
                yield number, *marked.place(*found.span())

    @property
    def fits(self) -> bool:
        """Whether they can be looked for in one pass."""
        return not self._translated.expressions or self._together is not None

    def _matching(self, marked: Bordered) -> Sequence[int]:
        """Those that match. RE2 answers nothing at all when its memory is full: then the first one is missing, too."""
        found = self._together.Match(marked.text) if self._together else ()
        if not found:
            metric("KeywordExpressionsAlone", reason="memory")
            return range(len(self._translated.expressions))
        return sorted(number - 1 for number in found if number)

    @cached_property
    def _together(self) -> Any:
        """All of them, after one that matches any text; None if they are too large together."""
        import re2  # noqa: PLC0415 - only where rules are matched

        chosen = options()
        chosen.max_mem = _MEMORY
        every = re2.Set.SearchSet(chosen)
        for one in ("", *self._translated.expressions):
            every.Add(one)
        try:
            every.Compile()
        except re2.error:
            return None
        return every

    def _one(self, number: int) -> Any:
        """An expression, compiled when it has first matched."""
        import re2  # noqa: PLC0415 - as above

        if number not in self._alone:
            self._alone[number] = re2.compile(self._translated.expressions[number], options())
        return self._alone[number]
