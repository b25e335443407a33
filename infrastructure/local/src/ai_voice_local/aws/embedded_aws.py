"""How the embedded AWS is started, checked and stopped, so that all of its processes end with its starter.

The server (server.py) runs under a guard (guard.py). When our end of a pipe closes, the guard ends the server and
everything that it has started. Only its starter can use it: a secret key, new in each run, signs all requests
(gate.py), and no other user of the machine may read its files.
"""

import http.client
import os
import secrets
import signal
import ssl
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO, Final

import boto3
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from ai_voice_local import private
from ai_voice_local.aws import guard
from ai_voice_local.ports import LOOPBACK, free_port, is_free

ACCOUNT = "123456789012"
"""The account id, and also the access key's id: ministack knows accounts by it."""
REGION: Final = "eu-west-1"

_HEALTH = "/_ministack/health"
_START_SECONDS = 300.0
"""Seconds. A dead server is noticed at once; this is for one that hangs."""
_PASSED_ON = ("PATH", "HOME", "SSL_CERT_FILE", "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE")
_PASSED_ON_PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")
_LAMBDAS_OWN: Final = {"LANG": "en_US.UTF-8", "TZ": ":UTC"}
"""As Lambda sets them, in any language of this machine. (AWS Lambda, "Defined runtime environment variables")

In Turkish, for example, lower case is different, and AWS's runtime client does not find its own headers.
"""


class EmbeddedAwsError(Exception):
    """The embedded AWS cannot be started; the message is one sentence for the operator."""


@dataclass(frozen=True)
class EmbeddedAws:
    """A running embedded AWS.

    Attributes:
        process_group: of all its processes.
        certificate: the certificate that its clients have to trust, if it uses TLS.
        secret: the access key's secret half.
    """

    port: int
    process_group: int
    certificate: Path | None = None
    secret: str = field(default_factory=secrets.token_urlsafe, repr=False)

    @property
    def endpoint(self) -> str:
        """The endpoint URL for AWS clients."""
        return f"{'https' if self.certificate else 'http'}://{LOOPBACK}:{self.port}"

    @property
    def client_environment(self) -> dict[str, str]:
        """The variables with which a process's AWS clients use it."""
        trusted = {"AWS_CA_BUNDLE": str(self.certificate)} if self.certificate else {}
        return {
            "AWS_ENDPOINT_URL": self.endpoint,
            "AWS_ACCESS_KEY_ID": ACCOUNT,
            "AWS_SECRET_ACCESS_KEY": self.secret,
            "AWS_DEFAULT_REGION": REGION,
            **trusted,
        }

    @property
    def session(self) -> boto3.Session:
        """Makes clients for this endpoint; they need no variable except `AWS_CA_BUNDLE`."""
        return boto3.Session(ACCOUNT, self.secret, region_name=REGION)


@contextmanager
def embedded_aws(
    log: Path, *, port: int | None = None, state: Path | None = None, enforce_iam: bool = False
) -> Iterator[EmbeddedAws]:
    """An embedded AWS, healthy, for the length of the block.

    Args:
        log: the file for its output, and for the functions' output.
        port: where it listens on the loopback interface; a free port if it is not given.
        enforce_iam: whether functions may do only what their roles allow. Then it uses TLS, because the policies of
            buckets and queues refuse requests without it, and records all calls. Needs `openssl`.
        state: a folder that keeps its state from a normal stop to the next start. Queue URLs contain the port, so a
            folder belongs to the port of its first use, which is then the default.

    Raises:
        EmbeddedAwsError: the port is in use, or the server does not start.
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    port = _usable(port or _remembered(state))
    _remember(state, port)
    scratch_folder = tempfile.TemporaryDirectory(prefix="ai-voice-", ignore_cleanup_errors=True)
    with scratch_folder as scratch, private.created(log) as output:
        certificate = Path(scratch) / "ministack-tls" / "server.crt" if enforce_iam else None
        starting = EmbeddedAws(port, 0, certificate)
        process = _start(_environment(starting, state, scratch), output)
        try:
            running = replace(starting, process_group=process.pid)
            _wait_until_healthy(running, process, log)
            yield running
        finally:
            _stop(process, patience=0 if enforce_iam and not state else 2 * guard.GRACE_SECONDS)


def _remembered(state: Path | None) -> int | None:
    try:
        return int((state / "port").read_text()) if state else None
    except FileNotFoundError:
        return None


def _remember(state: Path | None, port: int) -> None:
    if state is None:
        return
    if _remembered(state) not in {None, port}:
        raise EmbeddedAwsError(
            f"The state in {state} belongs to port {_remembered(state)}: use that port, or another folder."
        )
    private.folder(state)
    (state / "port").write_text(str(port))


def _usable(port: int | None) -> int:
    if port and not is_free(port):
        raise EmbeddedAwsError(f"Port {port} of {LOOPBACK} is in use: stop what listens there, or choose another port.")
    return port or free_port()


def _environment(server: EmbeddedAws, state: Path | None, scratch: str) -> dict[str, str]:
    """Few variables are passed on: functions inherit them, and a missing variable in a template would be hidden."""
    proxies = (*_PASSED_ON_PROXIES, *(name.lower() for name in _PASSED_ON_PROXIES))
    passed_on = {name: os.environ[name] for name in (*_PASSED_ON, *proxies) if name in os.environ}
    kept = {"PERSIST_STATE": "1", "STATE_DIR": str(state), "S3_PERSIST": "1", "S3_DATA_DIR": f"{state}/s3"}
    enforcing = {"AUTH": "true", "USE_SSL": "1", "CLOUDTRAIL_RECORDING": "1"}
    return {
        **passed_on,
        **_LAMBDAS_OWN,
        **server.client_environment,
        **dict.fromkeys(("NO_PROXY", "no_proxy"), _past_proxies()),
        "PYTHONUNBUFFERED": "1",
        "TMPDIR": scratch,
        "BIND_HOST": LOOPBACK,
        "GATEWAY_PORT": str(server.port),
        "MINISTACK_ACCOUNT_ID": ACCOUNT,
        "MINISTACK_REGION": REGION,
        "IOT_MTLS_ENABLED": "0",  # it and SFTP would open ports of their own
        "SFTP_ENABLED": "0",
        **(kept if state else {}),
        **(enforcing if server.certificate else {}),
    }


def _past_proxies() -> str:
    given = os.environ.get("no_proxy") or os.environ.get("NO_PROXY", "")
    return ",".join(filter(None, (given, LOOPBACK, "localhost")))


def _start(environment: dict[str, str], output: IO[bytes]) -> subprocess.Popen[bytes]:
    server = [sys.executable, "-m", "ai_voice_local.aws.server"]
    return subprocess.Popen(  # noqa: S603 - our own interpreter and modules
        [sys.executable, "-m", guard.__name__, *server],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=output,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        umask=private.UMASK,
    )


def _wait_until_healthy(server: EmbeddedAws, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while not _healthy(server):
        if process.poll() is not None or time.monotonic() > deadline:
            raise EmbeddedAwsError(f"The embedded AWS did not start: {log} tells why.")
        time.sleep(0.02)


def _healthy(server: EmbeddedAws) -> bool:
    """Whether it accepts this run's key. Another server that took the port a moment before does not know the key."""
    request = AWSRequest("GET", f"{server.endpoint}{_HEALTH}")
    SigV4Auth(Credentials(ACCOUNT, server.secret), "sts", REGION).add_auth(request)
    try:
        connection = _connection(server)
    except OSError:
        return False  # its certificate does not exist yet
    try:
        connection.request("GET", _HEALTH, headers=dict(request.headers))
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _connection(server: EmbeddedAws) -> http.client.HTTPConnection:
    if server.certificate is None:
        return http.client.HTTPConnection(LOOPBACK, server.port, timeout=10)
    trusting = ssl.create_default_context(cafile=server.certificate)
    return http.client.HTTPSConnection(LOOPBACK, server.port, timeout=10, context=trusting)


def _stop(process: subprocess.Popen[bytes], patience: float) -> None:
    """Over TLS it would wait for each idle client to disconnect. This is useful only if state is kept."""
    if process.stdin:
        process.stdin.close()
    with suppress(subprocess.TimeoutExpired):
        process.wait(patience)
    with suppress(ProcessLookupError, PermissionError):  # nobody left, or (macOS) only the dead
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
