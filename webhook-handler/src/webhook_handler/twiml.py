"""What we answer Twilio in its own language (TwiML for messaging)."""

CONTENT_TYPE = "text/xml"

_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>'

NOTHING = f"{_DECLARATION}<Response/>"
"""The message is taken; the worker answers the sender."""

NOT_REGISTERED = (
    f"{_DECLARATION}<Response><Message>"
    "Thank you for your message. We could not keep it, because this number is not registered with us. "
    "Please ask your company's administrator to register it, then send your message again."
    "</Message></Response>"
)
