"""Runs a function's handler under AWS's own runtime client, by the secret path of its Runtime API (server.py).

AWS's client has two parts. The part in C puts the variable's value before each path, also a secret path. The part in
Python, which reports that a handler cannot be imported, expects only host and port.
"""

import os
import sys
from typing import Any

from awslambdaric import __main__ as client
from awslambdaric.lambda_runtime_client import BaseLambdaRuntimeClient  # the part in C has read the variable by now

_VARIABLE = "AWS_LAMBDA_RUNTIME_API"


def main() -> None:
    """Serves events until the process is ended; the handler's name is the only argument."""
    os.environ[_VARIABLE], slash, secret = os.environ[_VARIABLE].partition("/")
    call = BaseLambdaRuntimeClient.call_rapid

    def call_with_secret(self: Any, method: str, path: str, *arguments: Any, **named: Any) -> None:
        call(self, method, f"{slash}{secret}{path}", *arguments, **named)

    BaseLambdaRuntimeClient.call_rapid = call_with_secret
    client.main(sys.argv)


if __name__ == "__main__":
    main()
