"""The platform these tests run against."""

from support.deployed import deployed

__all__ = ["deployed"]
