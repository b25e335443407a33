"""Tells listeners what happens, as it happens: the pages that are open, over server-sent events."""

import asyncio
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Literal

type Kind = Literal["event", "message", "status", "typing", "switches", "phones", "call", "end"]

_MOST_WAITING = 1000
"""A listener that is so many behind is let go; the page comes back and reads everything again."""


@dataclass(eq=False)
class Listener:
    """One page; it reads in its own event loop."""

    loop: asyncio.AbstractEventLoop
    waiting: asyncio.Queue[tuple[Kind, Any]] = field(default_factory=lambda: asyncio.Queue(_MOST_WAITING))

    def put(self, kind: Kind, content: Any) -> None:
        """Adds what happened; called from any thread."""
        with suppress(RuntimeError):  # its loop has ended, and nobody reads there any more
            self.loop.call_soon_threadsafe(self._put, kind, content)

    def _put(self, kind: Kind, content: Any) -> None:
        if self.waiting.full():
            self.waiting.get_nowait()
            kind = "end"
        self.waiting.put_nowait((kind, content))


@dataclass
class Feed:
    """All that listen now."""

    _listeners: set[Listener] = field(default_factory=set)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def publish(self, kind: Kind, content: Any) -> None:
        """Tells everybody."""
        with self._lock:
            for listener in self._listeners:
                listener.put(kind, content)

    def join(self) -> Listener:
        """A new listener of the running event loop."""
        listener = Listener(asyncio.get_running_loop())
        with self._lock:
            self._listeners.add(listener)
        return listener

    def leave(self, listener: Listener) -> None:
        """Forgets a listener."""
        with self._lock:
            self._listeners.discard(listener)
