"""How a command talks to its operator: lines out, questions, and secrets that are never shown."""

import getpass
import sys
from collections.abc import Callable
from dataclasses import dataclass

from ai_voice_operations.problems import Refused


def _read_line(question: str) -> str:
    sys.stderr.write(question)
    sys.stderr.flush()
    line = sys.stdin.readline()
    if not line:
        sys.stderr.write("\n")
        raise Refused("Nobody is here to answer: run it in a terminal, or pass YES=1 where that is enough.")
    return line.strip()


def _read_hidden(question: str) -> str:
    try:
        return getpass.getpass(question)
    except EOFError:
        raise Refused("Nobody is here to answer: pass the secrets as JSON on standard input.") from None


def _write_line(line: str) -> None:
    """What AWS or a log tells may hold anything, so nothing that steers a terminal gets through."""
    sys.stdout.write("".join(sign if sign.isprintable() else "?" for sign in line) + "\n")
    sys.stdout.flush()


@dataclass(frozen=True)
class Console:
    """The operator.

    Attributes:
        agreed: whether they agreed to changes beforehand (YES=1); never enough where data would go.
        say: writes a line; what is no sign of a text becomes "?".
        ask: asks, and reads a line; raises Refused when nobody is there.
        ask_hidden: as `ask`, without showing what is typed.
    """

    agreed: bool = False
    say: Callable[[str], None] = _write_line
    ask: Callable[[str], str] = _read_line
    ask_hidden: Callable[[str], str] = _read_hidden

    def agrees(self, question: str) -> bool:
        """Whether the operator says yes, now or beforehand."""
        return self.agreed or self.ask(f"{question} [y/N] ").lower() in {"y", "yes"}

    def types(self, word: str, question: str) -> bool:
        """Whether the operator types this very word; nothing said beforehand counts."""
        return self.ask(f"{question} Type {word} to go on: ") == word
