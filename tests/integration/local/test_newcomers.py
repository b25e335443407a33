"""What CONTRIBUTING promises: an engine is one new file, an intent is one changed file, and everything else follows.

Both are added to a copy of the project, and asked about in processes that see the copy.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from support.waiting import HANGS

from ai_voice_operations.templates import ENGINES, INFRASTRUCTURE

ROOT = INFRASTRUCTURE.parent
SOURCES = (
    "shared-lib/src",
    "voice-parser/src",
    "data-api-server/src",
    "infrastructure/operations/src",
    "infrastructure/local/src",
)
PARTS = (*SOURCES[:3], "infrastructure", "tests/support", "tests/contract")
CONTRACT = "tests/contract/test_engines.py"
REQUIRED = (
    "QUEUE_URL",
    "DEAD_LETTER_QUEUE_URL",
    "INDEX_QUEUE_URL",
    "WEBHOOKS_QUEUE_URL",
    "BUCKET",
    "TABLE",
    "CUSTOMER_LOOKUP_FUNCTION",
    "ERASER_FUNCTION",
    "TWILIO_SECRET",
    "OPENAI_SECRET",
)
"""Variables that the worker's settings want."""
INTENTS = "shared-lib/src/ai_voice_shared/intents.py"

ECHO = '''\
"""Hears how long somebody speaks."""

from typing import Any

from ai_voice_shared.domain import RecognizedSpeech
from voice_parser.sound.audio import RATE


class Echo:
    name = "echo"
    longest_window = 25.0
    parallel = 1
    takes_hints = False

    def transcribe(self, samples: Any, hints: Any) -> RecognizedSpeech:
        return RecognizedSpeech(f"Please listen to these {len(samples) // RATE} seconds.", "en")


def build(_model: str, _connect: object) -> Echo:
    return Echo()
'''

SAFETY_REPORT = r'''
class SafetyReport(Intent):
    """The sender reports a danger."""

    filed_as = {"en": "⚠️ Safety report filed"}
    cues = {"en": r"\b(?:near miss|fell (?:off|down))\b"}

    intent: Literal["safety-report"]
    summary: str = Field(description="What happened.")
    hazards: list[str] = Field(description="What is dangerous, one each.")
    action_items: list[ActionItem]


AnyIntent = SafetyReport | '''

PROBE = """\
import json
from ai_voice_local import engines
from ai_voice_operations import templates
from ai_voice_operations.parameters import Parameters
from ai_voice_shared.artifacts import intent_prefix
from ai_voice_shared.domain import Company, Segment, Transcript
from data_api_server.app import create_app
from data_api_server.models.corrections import Correction
from voice_parser.replying import feedback
from voice_parser.settings import Settings
from voice_parser.understanding.analyzers.openai import instructions
from voice_parser.understanding.analyzers.rules import RulesAnalyzer
from voice_parser.understanding.understanding import Understanding

acme = Company("acme", "Acme", ("en",))
words = Transcript(text := "Sam fell off the ladder. Please order a new one.", (Segment(0, 5, text),), language="en")
understood = RulesAnalyzer().understand(words, acme)
api = create_app(None).openapi()
filter = next(one for one in api["paths"]["/v1/notes"]["get"]["parameters"] if one["name"] == "intent")
print(json.dumps({
    "prompt": instructions(acme),
    "schema": json.dumps(Understanding.model_json_schema()),
    "note": understood.note.model_dump(mode="json"),
    "folder": intent_prefix("acme", understood.note.intent),
    "filter": json.dumps(filter),
    "correctable": list(api["components"]["schemas"]["Correction"]["properties"]),
    "correction": Correction.model_validate({"hazards": [" ice "], "action_items": []}).structure(),
    "reply": feedback.answer(understood, acme, words),
    "allowed": templates.read("voice-parser")["Parameters"]["Transcriber"]["AllowedValues"],
    "here": engines.named({"TRANSCRIBER": "echo"}),
    "deployed": Parameters.read("dev").effective("voice-parser", "Transcriber"),
    "worker": Settings.load().transcriber,
}))
"""


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project with an engine and an intent more."""
    folder = tmp_path_factory.mktemp("newcomer")
    for part in PARTS:
        shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__", ".local"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    (folder / ENGINES["Transcriber"] / "echo.py").write_text(ECHO, encoding="utf-8")
    text = (ROOT / INTENTS).read_text(encoding="utf-8")
    assert text.count("\nAnyIntent = ") == 1
    changed = text.replace("\nAnyIntent = ", SAFETY_REPORT)
    (folder / INTENTS).write_text(changed, encoding="utf-8")
    file = folder / "infrastructure" / "parameters" / "dev.json"
    dev = json.loads(file.read_text(encoding="utf-8"))
    dev["voice-parser"]["Transcriber"] = "echo"
    file.write_text(json.dumps(dev), encoding="utf-8")
    return folder


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Python in the copy, which comes before what is installed."""
    variables = os.environ | dict.fromkeys(REQUIRED, "x")
    variables |= {"PYTHONPATH": os.pathsep.join(str(folder / source) for source in SOURCES), "TRANSCRIBER": "echo"}
    command = [sys.executable, *arguments]
    return subprocess.run(  # noqa: S603 - ours
        command, cwd=folder, env=variables, capture_output=True, text=True, check=False, timeout=HANGS
    )


@pytest.fixture(scope="module")
def told(copy: Path) -> dict[str, Any]:
    """What the copy says of itself."""
    asked = run(copy, "-c", PROBE)
    assert asked.returncode == 0, asked.stderr
    found: dict[str, Any] = json.loads(asked.stdout)
    return found


def test_a_new_engine_may_be_chosen_here_and_deployed(told: dict[str, Any]) -> None:
    assert "echo" in told["allowed"]
    assert told["here"] == {"voice-parser": {"Transcriber": "echo"}}
    assert (told["deployed"], told["worker"]) == ("echo", "echo")


def test_prompt_schema_folder_and_filter_follow_from_a_new_intent(told: dict[str, Any]) -> None:
    assert "- safety-report: The sender reports a danger." in told["prompt"]
    assert "What is dangerous, one each." in told["schema"]
    assert told["folder"] == "acme/safety-report/"
    assert "safety-report" in told["filter"]


def test_the_api_corrects_a_new_intents_own_fields(told: dict[str, Any]) -> None:
    assert "hazards" in told["correctable"]
    assert told["correction"] == {"hazards": ["ice"], "action_items": []}


def test_rules_find_fill_and_tell_a_new_intent(told: dict[str, Any]) -> None:
    note = told["note"]
    assert note["intent"] == "safety-report"
    assert note["hazards"] == ["Sam fell off the ladder."]
    assert [item["what"] for item in note["action_items"]] == ["Order a new one"]
    assert told["reply"].startswith("⚠️ Safety report filed: Sam fell off the ladder\n\n")


def test_the_contract_finds_both(copy: Path) -> None:
    asked = run(copy, "-m", "pytest", CONTRACT, "-v", "-p", "no:cacheprovider", "-k", "echo or safety")
    assert asked.returncode == 0, asked.stdout
    assert "test_a_transcriber_takes_silence[echo] PASSED" in asked.stdout
    for analyzer in ("openai", "rules"):
        assert f"filed_as[safety-report-{analyzer}] PASSED" in asked.stdout
