"""What the OpenAI SDK raises, turned into what happens next."""

from collections.abc import Iterator
from contextlib import contextmanager

import httpx2
import openai

from ai_voice_shared.errors import RetryLater
from ai_voice_shared.openai.answers import NAME, code_of
from ai_voice_shared.vendor_failures import given_up

_STUMBLES = (AttributeError, IndexError, KeyError, RuntimeError, TypeError, ValueError)
"""What the SDK raises of an answer, or an event, that is none: it checks nothing that it reads."""


@contextmanager
def openai_failures() -> Iterator[None]:
    """Turns what the SDK raises into RetryLater or DeadLetter; an answer's status, and what it is, `check` settles.

    The SDK would retry an exhausted quota like any 429, which is pointless; so it retries nothing and the queue does.
    """
    try:
        yield
    except openai.APIConnectionError as error:
        raise RetryLater(f"{NAME} unreachable, or gone before the end") from error
    except openai.APIError as error:
        raise given_up(NAME, code_of(error.body)) from error
    except (httpx2.HTTPError, *_STUMBLES) as error:
        raise RetryLater(f"{NAME}'s answer is unreadable ({type(error).__name__})") from error
