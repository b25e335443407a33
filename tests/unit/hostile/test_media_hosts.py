"""For every way to write a media URL, only Twilio's hosts are asked, and only they get our credentials."""

from dataclasses import dataclass, field

import httpx
import pytest
from support.account import Account
from support.app import FakeApp, FakeTwilio

TRICKS = [
    "https://evil.example\\@api.twilio.com/x",
    "https://api.twilio.com\\.evil.example/x",
    "https://evil.example#.twilio.com/x",
    "https://evil.example?.twilio.com/x",
    "https://evil.example\u3002twilio.com.evil.example/x",
    "https://eviltwilio.com/x",
    "https://.twilio.com.169.254.169.254/x",
    "https://169.254.169.254/api.twilio.com",
    "https://[::ffff:169.254.169.254]/.twilio.com",
    "https://0x7f000001/x",
    "https://2130706433/x",
    "https://localhost/x",
    "http://api.twilio.com/x",
    "file:///etc/passwd",
    "//evil.example/x",
    "https:/evil.example/x",
    "https://api.twilio.com%00.evil.example/x",
    "https://api.twilio.com%2eevil.example/x",
    "https://\u0430pi.twili\u043e.com/x",
]


@dataclass
class Watched(FakeTwilio):
    """Twilio, which remembers the hosts that were asked."""

    hosts: set[str] = field(default_factory=set)

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.hosts.add(request.url.host)
        return super().__call__(request)


@pytest.mark.parametrize("url", TRICKS)
@pytest.mark.parametrize("redirected", [False, True])
def test_only_twilios_hosts_are_ever_asked(account: Account, url: str, *, redirected: bool) -> None:
    twilio = Watched()
    app = FakeApp(account, twilio=twilio)
    job = app.voice(b"OggS")
    if redirected:
        twilio.answers = [httpx.Response(307, headers={b"location": url.encode()})]
    else:
        job.message["MediaUrl0"] = url
    app.deliver(job, attempt=3)
    assert all(host.endswith((".twilio.com", ".twiliocdn.com")) for host in twilio.hosts)
    assert twilio.authorized <= {"api.twilio.com"}
    assert app.note("MM1").status in {"parked", "refused"}
