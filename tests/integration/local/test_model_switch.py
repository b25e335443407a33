"""The simulator's switch for the models: what it does to the stacks' parameters, and when it cannot be used."""

from pathlib import Path

import pytest
from support.openai_server import OpenAiServer, serving

from ai_voice_local import engines, templates
from ai_voice_local.simulator.model_switch import MODEL_RATE_LIMITED, switched
from ai_voice_shared.errors import RetryLater
from ai_voice_shared.openai.api import OpenAi
from twilio_in_a_box.box import TwilioInABox

WITH_A_KEY = engines.everywhere(dict.fromkeys(templates.ENGINES, "openai"))


@pytest.fixture
def box(tmp_path: Path) -> TwilioInABox:
    return TwilioInABox(tmp_path)


def test_without_a_model_the_switch_says_why_it_cannot_be_used(box: TwilioInABox) -> None:
    chosen: engines.Choice = {"voice-parser": {"Analyzer": "rules"}}
    with switched(box, chosen, wanted=True) as parameters:
        switch = box.switches.everyone[MODEL_RATE_LIMITED]
        assert (parameters, switch.enabled, "OPENAI_API_KEY" in switch.hint) == (chosen, False, True)
        with pytest.raises(ValueError, match="cannot be used"):
            box.switches.change({"everyone": {MODEL_RATE_LIMITED: True}})


def test_a_run_without_the_simulator_asks_its_models_directly(box: TwilioInABox) -> None:
    with switched(box, WITH_A_KEY, wanted=False) as parameters:
        assert parameters == WITH_A_KEY
        assert not box.switches.everyone[MODEL_RATE_LIMITED].enabled


def test_every_stack_that_asks_openai_asks_it_through_the_proxy_over_the_same_api(box: TwilioInABox) -> None:
    with switched(box, WITH_A_KEY, wanted=True) as parameters:
        through = {values["OpenAiBaseUrl"] for values in parameters.values() if "OpenAiBaseUrl" in values}
        assert len(through) == 1
        assert through.pop().startswith("http://127.0.0.1:")
        for folder in ("voice-parser", "data-api-server", "realtime"):
            assert parameters[folder]["OpenAiDialect"] == "responses"
            assert parameters[folder].items() >= WITH_A_KEY.get(folder, {}).items()


def test_the_switch_makes_a_server_of_ones_own_answer_429_and_no_more(box: TwilioInABox) -> None:
    with serving(OpenAiServer("heard", None)) as server:
        chosen = engines.everywhere({"OpenAiBaseUrl": server.url, "Embedder": "openai"})
        with switched(box, chosen, wanted=True) as parameters:
            assert "OpenAiDialect" not in parameters["voice-parser"]
            model = OpenAi("sk-local", parameters["voice-parser"]["OpenAiBaseUrl"])
            box.switches.change({"everyone": [{"id": MODEL_RATE_LIMITED, "on": True}]})
            with pytest.raises(RetryLater):
                model.embed(["valve"], model="m")
            box.switches.change({"everyone": {MODEL_RATE_LIMITED: False}})
            assert model.embed(["valve"], model="m").vectors
            assert server.asked == {"/v1/embeddings": 1}
