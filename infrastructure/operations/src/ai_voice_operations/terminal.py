"""How a command talks to its operator: lines, tables, questions, and hidden input for secrets."""

import getpass
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from ai_voice_operations.problems import Refused

_AS_WIDE_AS_NEEDED = 100_000
_BETWEEN = 3
_SENTENCE = 40
"""The least number of columns for a reason."""


def visible(text: str) -> str:
    """The text with "?" in place of what would control a terminal: texts of senders, AWS and logs may have anything."""
    return "".join(sign if sign.isprintable() else "?" for sign in text)


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
    sys.stdout.write(f"{visible(line)}\n")
    sys.stdout.flush()


def _write_note(sentence: str) -> None:
    sys.stderr.write(f"{visible(sentence)}\n")


def _is_watched() -> bool:
    return sys.stdout.isatty()


@dataclass(frozen=True)
class Terminal:
    """The operator.

    Attributes:
        agreed: whether they agreed to changes beforehand (YES=1); this is never enough if data would be deleted.
        say: writes a line; control characters become "?".
        note: like `say`, but not in the output: for lines that a script should not read.
        ask: asks, and reads a line; raises Refused if nobody is there.
        ask_hidden: like `ask`, without showing what is typed.
        pretty: whether a person reads the output, so that tables and colours help.
    """

    agreed: bool = False
    say: Callable[[str], None] = _write_line
    note: Callable[[str], None] = _write_note
    ask: Callable[[str], str] = _read_line
    ask_hidden: Callable[[str], str] = _read_hidden
    pretty: bool = field(default_factory=_is_watched)

    def agrees(self, question: str) -> bool:
        """Whether the operator says yes, now or beforehand."""
        return self.agreed or self.ask(f"{question} [y/N] ").lower() in {"y", "yes"}

    def types(self, word: str, question: str) -> bool:
        """Whether the operator types exactly this word; nothing that was said beforehand counts."""
        return self.ask(f"{question} Type {word} to go on: ") == word

    def table(self, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Shows a table with these names to a person; to a script, columns with two or more spaces between them."""
        if self.pretty and rows:
            _draw(columns, rows)
            return
        widths = [max(map(len, cells)) for cells in zip(*rows, strict=True)]
        for row in rows:
            self.say("  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)).rstrip())

    def paint(self, line: str, style: str) -> None:
        """Like `say`, in a colour if a person reads the output."""
        if not (self.pretty and style):
            self.say(line)
            return
        from rich.console import Console  # noqa: PLC0415 - a script needs no colours
        from rich.text import Text  # noqa: PLC0415 - as above

        Console(highlight=False).print(Text(visible(line), style), soft_wrap=True)


def _narrowest(cells: Sequence[str]) -> int:
    """The least width at which no word is broken, and a sentence takes only a few lines."""
    words = [len(word) for cell in cells for word in cell.split()]
    return max([*words, min(_SENTENCE, max(map(len, cells)))])


def _draw(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Draws a table. Its cells are texts, so rich reads no markup in them. No word is broken: an id can be copied."""
    from rich import box  # noqa: PLC0415 - a script needs no tables
    from rich.console import Console  # noqa: PLC0415 - as above
    from rich.table import Table  # noqa: PLC0415 - as above
    from rich.text import Text  # noqa: PLC0415 - as above

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name in columns[:-1]:
        table.add_column(name, no_wrap=True)
    table.add_column(columns[-1], min_width=_narrowest([row[-1] for row in rows]), overflow="fold")
    for row in rows:
        table.add_row(*(Text(visible(cell)) for cell in row))
    console = Console(highlight=False)
    needed = console.measure(table, options=console.options.update(width=_AS_WIDE_AS_NEEDED)).minimum
    console.width = max(console.width, needed + _BETWEEN * len(columns))  # rich leaves these spaces out
    console.print(table)
