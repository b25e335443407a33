"""What all parts of a customers file have in common: strict models, and numbers as people write them."""

import re
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, PlainValidator
from pydantic_core import PydanticCustomError

from customer_lookup_server.identities import Identity

OURS = "customers_file"
"""The type of our own errors. Their messages are written after the place."""

_E164 = re.compile(r"\+[1-9][0-9]{6,14}")


class Entry(BaseModel):
    """A part of the file: nothing unknown, nothing converted."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")


def identity(value: object) -> Identity:
    """The identity that is written there; raises PydanticCustomError."""
    if not isinstance(value, str):
        raise PydanticCustomError("string_type", "Input should be a valid string")
    return Identity.of(value)


def _phone_number(number: Identity) -> Identity:
    if not _E164.fullmatch(number.written):
        raise PydanticCustomError(OURS, "is not an international number: write it with + and country code")
    return number


type PhoneNumber = Annotated[Identity, PlainValidator(identity), AfterValidator(_phone_number)]
"""An international number, in any spelling."""
