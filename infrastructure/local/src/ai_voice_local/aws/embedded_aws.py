"""How the embedded AWS is started, found healthy and stopped, so that none of its processes outlives its starter.

The server (server.py) runs under a guard (guard.py), which ends it with all it has started when our end of a pipe
closes. It belongs to its starter alone: a secret key, drawn for each run, signs all requests (gate.py), and nobody
else on the machine may read its files.
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
"""The account id, and the access key's id too: that is how ministack tells accounts apart."""
REGION: Final = "eu-west-1"

_HEALTH = "/_ministack/health"
_START_SECONDS = 300.0
"""A dead server is noticed at once; this is for one that hangs."""
_PASSED_ON = ("PATH", "HOME", "SSL_CERT_FILE", "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE")
_PASSED_ON_PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")
_LAMBDAS_OWN: Final = {"LANG": "en_US.UTF-8", "TZ": ":UTC"}
"""As Lambda sets them, whatever this machine speaks. (AWS Lambda, "Defined runtime environment variables")

Where small letters are other ones, as in Turkish, AWS's runtime client does not know its own headers.
"""


class EmbeddedAwsError(Exception):
    """The embedded AWS can not be started; the message is one sentence for the operator."""


@dataclass(frozen=True)
class EmbeddedAws:
    """A running embedded AWS.

    Attributes:
        process_group: of all its processes.
        certificate: what its clients have to trust, when it speaks TLS.
        secret: the access key's secret half.
    """

    port: int
    process_group: int
    certificate: Path | None = None
    secret: str = field(default_factory=secrets.token_urlsafe, repr=False)

    @property
    def endpoint(self) -> str:
        """The URL that AWS clients take as their endpoint."""
        return f"{'https' if self.certificate else 'http'}://{LOOPBACK}:{self.port}"

    @property
    def client_environment(self) -> dict[str, str]:
        """The variables that lead a process's AWS clients to it."""
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
        """Makes clients that need no variables but `AWS_CA_BUNDLE`, given this endpoint."""
        return boto3.Session(ACCOUNT, self.secret, region_name=REGION)


@contextmanager
def embedded_aws(
    log: Path, *, port: int | None = None, state: Path | None = None, enforce_iam: bool = False
) -> Iterator[EmbeddedAws]:
    """An embedded AWS, healthy, for the length of the block.

    Args:
        log: the file its output, the functions' included, is written to.
        port: where it listens on the loopback interface; a free one when not given.
        enforce_iam: whether functions may do only what their roles allow. It speaks TLS then, as the buckets' and
            queues' policies refuse whatever comes without, and keeps a trail of all calls. Needs `openssl`.
        state: a folder that keeps its state from a graceful stop to the next start. Queue URLs hold the port, so a
            folder belongs to the port it was first used with, and that is the default then.

    Raises:
        EmbeddedAwsError: the port is in use, or the server does not come up.
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
    """Little of ours is passed on: functions inherit it, and a variable missing in a template would go unnoticed."""
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
    """Whether it answers to this run's key: another server that took the port a moment before does not know it."""
    request = AWSRequest("GET", f"{server.endpoint}{_HEALTH}")
    SigV4Auth(Credentials(ACCOUNT, server.secret), "sts", REGION).add_auth(request)
    try:
        connection = _connection(server)
    except OSError:
        return False  # its certificate is not there yet
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
    """Over TLS it would wait for each idle client to say goodbye, which is worth it only where state is kept."""
    if process.stdin:
        process.stdin.close()
    with suppress(subprocess.TimeoutExpired):
        process.wait(patience)
    with suppress(ProcessLookupError, PermissionError):  # nobody left, or (macOS) only the dead
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
