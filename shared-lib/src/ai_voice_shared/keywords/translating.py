"""Translates expressions for RE2, over texts whose words have marks at their borders, in an alphabet of few letters."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Any

from ai_voice_shared.keywords.alphabet import Alphabet, alphabet, is_word, lowered
from ai_voice_shared.keywords.expressions import characters, parsed, parser
from ai_voice_shared.keywords.rule import Refused

_MARK = r"\x01"
_SKIP = rf"{_MARK}*"


@dataclass(frozen=True)
class Translated:
    """Expressions for RE2, and the alphabet in which texts have to be written for them."""

    alphabet: Alphabet
    expressions: tuple[str, ...]


NOTHING = Translated(Alphabet(), ())


def translated(expressions: Sequence[str]) -> Translated:
    """The expressions; raises Refused."""
    trees = [parsed(one) for one in expressions]
    letters = alphabet(one for tree in trees for one in characters(tree))
    translation = _Translation(letters)
    return Translated(letters, tuple(_checked(translation.sequence(tree)) for tree in trees))


def options() -> Any:
    """How RE2 reads the translations."""
    import re2  # noqa: PLC0415 - only where rules are compiled or matched

    chosen = re2.Options()
    chosen.log_errors = False
    return chosen


def _checked(translation: str) -> str:
    import re2  # noqa: PLC0415 - as above

    try:
        re2.compile(translation, options())
    except re2.error as error:
        reason = error.args[0].decode() if isinstance(error.args[0], bytes) else error.args[0]
        raise Refused(f"This expression is too large for our engine (RE2): {reason}.") from None
    return translation


@dataclass(frozen=True)
class _Translation:
    letters: Alphabet

    def sequence(self, tree: Iterable[Any]) -> str:
        """Several borders in one place are one. Letters of one word need no marks to be skipped between them."""
        found = ""
        for boundary, some in groupby(tree, key=lambda node: str(node[1]) == "AT_BOUNDARY"):
            nodes = list(some)
            befores = [None, *nodes[:-1]]
            found += _MARK if boundary else "".join(map(self._node, nodes, befores))
        return found

    def _node(self, node: Any, before: Any) -> str:
        name, value = str(node[0]), node[1]
        if name == "LITERAL" and before is not None and _in_word(before) and _in_word(node):
            return _escaped(chr(value))
        return self._translations[name](value)

    @cached_property
    def _translations(self) -> dict[str, Callable[[Any], str]]:
        return {
            "LITERAL": lambda value: _SKIP + _escaped(chr(value)),
            "NOT_LITERAL": lambda value: self._class(self.letters.all - {lowered(chr(value))}),
            "ANY": lambda _: self._class(self.letters.all),
            "IN": self._in,
            "AT": self._at,
            "BRANCH": lambda value: f"(?:{'|'.join(map(self.sequence, value[1]))})",
            "SUBPATTERN": lambda value: f"(?:{self.sequence(value[3])})",
            "MAX_REPEAT": lambda value: self._repeat(value, ""),
            "MIN_REPEAT": lambda value: self._repeat(value, "?"),
        }

    def _at(self, value: Any) -> str:
        return r"\A" if str(value) in {"AT_BEGINNING", "AT_BEGINNING_STRING"} else rf"{_SKIP}\z"

    def _in(self, items: Sequence[Any]) -> str:
        negated = str(items[0][0]) == "NEGATE"
        inside: set[str] = set().union(*map(self._item, items[1:] if negated else items))
        return self._class(self.letters.all - inside if negated else inside)

    def _item(self, item: Any) -> Collection[str]:
        name, value = str(item[0]), item[1]
        if name == "LITERAL":
            return {lowered(chr(value))}
        if name == "RANGE":
            return {one for code in _covered(*value) if (one := lowered(chr(code))) in self.letters.all}
        known = {"WORD": self.letters.word, "DIGIT": self.letters.digits, "SPACE": self.letters.spaces}
        kind = str(value).removeprefix("CATEGORY_")
        return self.letters.all - known[kind.removeprefix("NOT_")] if kind.startswith("NOT_") else known[kind]

    def _class(self, inside: Collection[str]) -> str:
        """Any of these; an empty class matches nothing."""
        return f"{_SKIP}[{''.join(map(_escaped, sorted(inside)))}]" if inside else r"[^\x00-\x{10FFFF}]"

    def _repeat(self, value: Any, lazy: str) -> str:
        least, most, inside = value
        up_to = "" if most == parser().MAXREPEAT else most
        return f"(?:{self.sequence(inside)}){{{least},{up_to}}}{lazy}"


def _covered(first: int, last: int) -> range:
    return range(first, last + 1)


def _in_word(node: Any) -> bool:
    return str(node[0]) == "LITERAL" and is_word(chr(node[1]))


def _escaped(character: str) -> str:
    lower = lowered(character)
    return lower if lower.isascii() and lower.isalnum() else rf"\x{{{ord(lower):x}}}"
