"""The name by which templates call the entry for calls."""

from webhook_handler.voice.handler import handle

__all__ = ["handle"]
