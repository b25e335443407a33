"""How much code a note, a question and an erasure go through: modules, changes of module, calls of AWS."""

import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import CodeType
from typing import Any

from chaos.effects import Request, called
from chaos.gates import Recorder
from chaos.kinds import KINDS
from chaos.trials import Trial
from chaos.world import world

_OURS = ("voice_parser", "ai_voice_shared")
AWS = ("DynamoDB", "SQS", "S3", "Lambda", "Secrets Manager")
_SHOWN = ("text job", "voice", "question", "forget that")
"""The kinds whose ways are told."""


@dataclass
class Walker(Recorder):
    """Lets everything through, and follows the worker from module to module.

    Attributes:
        asked: each call, reads included: of which service, and for what.
        entered: how often each of our modules was.
        changes: how often a function of another module began than the one before it, in the same thread.
    """

    asked: list[tuple[str, str]] = field(default_factory=list)
    entered: Counter[str] = field(default_factory=Counter)
    changes: int = 0

    def begin(self) -> None:
        """The interpreter tells of each function that begins (sys.monitoring)."""
        last: dict[int, str] = {}

        def began(code: CodeType, _offset: int) -> object:
            module = _module(code.co_filename)
            if not module or code.co_name == "<module>":
                return sys.monitoring.DISABLE
            thread = threading.get_ident()
            if last.get(thread) != module:
                self.changes += thread in last
                self.entered[module] += 1
                last[thread] = module
            return None

        monitoring = sys.monitoring
        monitoring.use_tool_id(monitoring.PROFILER_ID, "ways")
        monitoring.register_callback(monitoring.PROFILER_ID, monitoring.events.PY_START, began)
        monitoring.set_events(monitoring.PROFILER_ID, monitoring.events.PY_START)

    def through(self, request: Request, send: Callable[[], Any]) -> Any:
        """Sends it."""
        self.asked.append(called(request))
        return super().through(request, send)


def _module(file: str) -> str:
    """Our module's name, empty for another's."""
    parts = Path(file).with_suffix("").parts
    start = next((place for place, part in enumerate(parts) if part in _OURS and parts[place - 1] == "src"), None)
    return ".".join(parts[start:]) if start else ""


def main() -> None:
    """Goes each way once, after everything is imported."""
    with tempfile.TemporaryDirectory() as folder, world(Path(folder)) as made:
        for kind in KINDS:
            if kind.name not in _SHOWN:
                continue
            with Trial(made, kind) as trial:
                walker = trial.walked(Walker())
            calls = Counter(service for service, _ in walker.asked if service in AWS)
            told = ", ".join(f"{name} {count}" for name, count in sorted(calls.items()))
            line = f"{kind.name:<12} modules {len(walker.entered):>3}, changes of module {walker.changes:>4}"
            sys.stdout.write(f"{line}, AWS calls {sum(calls.values()):>3} ({told})\n")
            if "--calls" in sys.argv:
                sys.stdout.writelines(f"    {service} {what}\n" for service, what in walker.asked)
            sys.stdout.flush()


if __name__ == "__main__":
    main()
