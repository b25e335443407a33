"""Which parameters a route accepts: those that it declares, each once. All others are refused, on every route.

`company_id=` must not look as if it did something, and a filter with a typing error must not list everything.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from types import GenericAlias
from typing import Any, get_args, get_origin

from fastapi import Request
from fastapi.dependencies.models import Dependant
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from pydantic import BaseModel

from data_api_server.gateway import bodies


@dataclass(frozen=True)
class _Declared:
    """The names a route takes in the query, and those of them that may be repeated."""

    names: frozenset[str]
    repeated: frozenset[str]


async def declared_only(request: Request) -> None:
    """A dependency of the whole application; raises RequestValidationError for an unknown parameter."""
    route = request.scope["route"]
    if not isinstance(route, APIRoute):
        return
    takes = _declared(route)
    sent = request.query_params.multi_items()
    names = [name for name, _ in sent]
    problems = [
        _problem("query", name, "Is not a parameter of this route") for name in names if name not in takes.names
    ]
    once = takes.names - takes.repeated
    problems += [_problem("query", name, "Should be here only once") for name in sorted(once) if names.count(name) > 1]
    if route.body_field is None and not await bodies.takes_none(request):
        problems.append(_problem("body", "", "This route accepts no body"))
    if problems:
        raise RequestValidationError(problems)


def _problem(place: str, name: str, told: str) -> dict[str, Any]:
    return {"loc": (place, name) if name else (place,), "msg": told, "type": "refused"}


def _declared(route: APIRoute) -> _Declared:
    fields = list(_fields(route.dependant))
    repeated = frozenset(name for name, annotation in fields if _is_list(annotation))
    return _Declared(frozenset(name for name, _ in fields), repeated)


def _fields(dependant: Dependant) -> Iterator[tuple[str, Any]]:
    """Name and type of each query parameter, of the route and of its dependencies."""
    for one in dependant.query_params:
        model = one.field_info.annotation
        if isinstance(model, type) and not isinstance(model, GenericAlias) and issubclass(model, BaseModel):
            yield from ((info.alias or name, info.annotation) for name, info in model.model_fields.items())
        else:
            yield one.alias, model
    for other in dependant.dependencies:
        yield from _fields(other)


def _is_list(annotation: Any) -> bool:
    return get_origin(annotation) is list or any(map(_is_list, get_args(annotation)))
