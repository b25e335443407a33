"""The name by which templates call the entry that sends a company's webhooks."""

from webhook_handler.outbound.handler import handle

__all__ = ["handle"]
