"""The application: its routes, problems and documentation."""

from fastapi import Depends, FastAPI
from fastapi.middleware.gzip import GZipMiddleware
from fastapi.telemetry import TelemetryConfig

from data_api_server.analyses import routes as routes_analyses
from data_api_server.analyses import template_routes as routes_templates
from data_api_server.calls import routes as routes_calls
from data_api_server.console import page
from data_api_server.gateway import docs, openapi, problems
from data_api_server.gateway.middleware import Edge
from data_api_server.gateway.parameters import declared_only
from data_api_server.models import examples
from data_api_server.models.models import Health
from data_api_server.routes import ask as routes_ask
from data_api_server.routes import files as routes_files
from data_api_server.routes import glossary as routes_glossary
from data_api_server.routes import keys as routes_keys
from data_api_server.routes import note_actions as routes_note_actions
from data_api_server.routes import notes as routes_notes
from data_api_server.routes import persons as routes_persons
from data_api_server.routes import search as routes_search
from data_api_server.routes import session as routes_session
from data_api_server.routes import task_files as routes_task_files
from data_api_server.routes import tasks as routes_tasks
from data_api_server.routes import tickets as routes_tickets
from data_api_server.routes import uploads as routes_uploads
from data_api_server.routes import usage as routes_usage
from data_api_server.routes import webhooks as routes_webhooks
from data_api_server.rules import routes as routes_rules
from data_api_server.services import Services

_NO_TELEMETRY: TelemetryConfig = {"tracing": False, "metrics": False, "logs": False, "auto_configure": False}
"""FastAPI's own one would log the text of a failure, which may quote a note."""

_WORTH_COMPRESSING = 1000
"""Bytes of an answer."""

_COMPRESSION = 6
"""Of gzip's levels. A list of 40 notes becomes a tenth; the best level saves 2% and takes longer."""


def create_app(services: Services) -> FastAPI:
    """The API over these services."""
    app = FastAPI(
        title="AI voice tool: data API",
        version="1",
        description=openapi.DESCRIPTION,
        servers=[{"url": "."}],  # relative to openapi.json, so that a stage in the path does not matter
        root_path_in_servers=False,
        redirect_slashes=False,
        docs_url=None,  # ours is below: FastAPI's own page runs a script from another site
        redoc_url=None,
        openapi_url=None,  # also ours: openapi.py adds what all routes answer
        dependencies=[Depends(declared_only)],
        generate_unique_id_function=lambda route: route.name,
        telemetry=_NO_TELEMETRY,
    )
    app.state.services = services
    problems.install(app)
    app.add_middleware(GZipMiddleware, minimum_size=_WORTH_COMPRESSING, compresslevel=_COMPRESSION)
    app.add_middleware(Edge)
    app.add_api_route("/health", _health, tags=["health"], responses=examples.shown(examples.HEALTH), name="health")
    openapi.install(app)
    app.add_api_route("/docs", docs.docs, include_in_schema=False)
    page.install(app)
    app.include_router(routes_notes.router)
    app.include_router(routes_note_actions.router)
    app.include_router(routes_files.router)
    app.include_router(routes_ask.router)
    app.include_router(routes_tickets.router)
    app.include_router(routes_search.router)
    app.include_router(routes_usage.router)
    app.include_router(routes_glossary.router)
    app.include_router(routes_keys.router)
    app.include_router(routes_persons.router)
    app.include_router(routes_persons.exports)
    app.include_router(routes_session.router)
    app.include_router(routes_task_files.router)
    app.add_api_route("/feeds/tasks/{name}", routes_task_files.read_feed, include_in_schema=False)
    app.include_router(routes_tasks.router)
    app.include_router(routes_webhooks.router)
    app.include_router(routes_uploads.router)
    app.include_router(routes_templates.router)
    app.include_router(routes_analyses.router)
    app.include_router(routes_calls.router)
    app.include_router(routes_rules.router)
    return app


async def _health() -> Health:
    """Says that the API answers. It is public, and calls no other service."""
    return Health()
