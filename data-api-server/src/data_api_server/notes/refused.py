"""How a correction is refused that the note cannot take."""

from fastapi.exceptions import RequestValidationError


def refused(problem: str, *fields: str) -> RequestValidationError:
    """The same problem for each of these fields of the body, or for the whole body."""
    places: list[tuple[str, ...]] = [("body", field) for field in fields] or [("body",)]
    return RequestValidationError([{"loc": place, "msg": problem, "type": "refused"} for place in places])
