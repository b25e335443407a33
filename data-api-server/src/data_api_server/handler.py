"""The Lambda entry of the API: built once, at import."""

import asyncio

from mangum import Mangum

from data_api_server.app import create_app
from data_api_server.settings import Settings
from data_api_server.wiring import build

asyncio.set_event_loop(asyncio.new_event_loop())
# Mangum needs a current event loop, and Python no longer makes one by itself.

handle = Mangum(
    create_app(build(Settings.load())),
    lifespan="off",
    # All other types would be sent as base64.
    text_mime_types=["text/", "application/json", "application/problem+json", "image/svg+xml"],
)
