"""The name by which templates call the entry for messages."""

from webhook_handler.message.handler import handle

__all__ = ["handle"]
