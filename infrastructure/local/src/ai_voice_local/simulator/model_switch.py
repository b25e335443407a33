"""The simulator's switch "Model rate-limited": with it, the platform's models answer 429 until it is off again."""

from collections.abc import Iterator
from contextlib import contextmanager

from ai_voice_local import engines
from ai_voice_local.simulator.model_proxy import ModelProxy
from ai_voice_operations import templates
from ai_voice_operations.doctor import model_server
from twilio_in_a_box.box import TwilioInABox
from twilio_in_a_box.control.switches import HostSwitch

MODEL_RATE_LIMITED = "model_rate_limited"
_LABEL = "Model rate-limited"


@contextmanager
def switched(twilio: TwilioInABox, chosen: engines.Choice, *, wanted: bool) -> Iterator[engines.Choice]:
    """The parameters of all stacks with a proxy before the model server, for the length of the block.

    Where no model is asked, or none is `wanted` to be switched, they stay as they are, and the switch says why.
    """
    worker = templates.parameters("voice-parser", "local") | chosen["voice-parser"]
    asks = any(worker.get(engine) == "openai" for engine in templates.ENGINES)
    if not (asks and wanted):
        twilio.add_switch(HostSwitch(MODEL_RATE_LIMITED, _LABEL, _why_not(asks=asks), enabled=False))
        yield chosen
        return
    given = worker.get("OpenAiBaseUrl", "")
    with ModelProxy(given or model_server.OPENAI) as proxy:
        twilio.add_switch(HostSwitch(MODEL_RATE_LIMITED, _LABEL, "429 until switched off", act=proxy.limit))
        yield _through(proxy, chosen, itself=not given)


def _why_not(*, asks: bool) -> str:
    if asks:
        return "Only with make up"
    return "No model is asked here. Set OPENAI_API_KEY and start again"


def _through(proxy: ModelProxy, chosen: engines.Choice, *, itself: bool) -> engines.Choice:
    """With the proxy in place of the server. OpenAI itself is asked over the API that it is asked over without one."""
    values = {"OpenAiBaseUrl": proxy.base_url} | ({"OpenAiDialect": "responses"} if itself else {})
    more = engines.everywhere(values)
    return {folder: more.get(folder, {}) | chosen.get(folder, {}) | _url(more, folder) for folder in {*more, *chosen}}


def _url(more: engines.Choice, folder: str) -> dict[str, str]:
    return {name: value for name, value in more.get(folder, {}).items() if name == "OpenAiBaseUrl"}
