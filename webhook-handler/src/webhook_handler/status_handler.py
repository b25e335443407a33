"""The name by which templates call the entry for status callbacks."""

from webhook_handler.status.handler import handle

__all__ = ["handle"]
