"""What an operator looks at, and what calls them, exists."""

import json
import re
from typing import Any

import pytest

from ai_voice_local import templates

RESOURCES = templates.read("observability")["Resources"]
ALARMS = {name: one["Properties"] for name, one in RESOURCES.items() if one["Type"] == "AWS::CloudWatch::Alarm"}
SOURCES = [
    path.read_text(encoding="utf-8")
    for path in templates.INFRASTRUCTURE.parent.glob("*/src/**/*.py")
    if ".venv" not in path.parts
]
EMITTED = set(re.findall(r'metric\(\s*"(\w+)"', "\n".join(SOURCES))) | set(
    re.findall(r'metric="(\w+)"', "\n".join(SOURCES))
)


def substituted(value: Any) -> str:
    """A Fn::Sub with every variable put in."""
    if isinstance(value, dict):
        (value,) = value.values()
        value = value if isinstance(value, str) else value[0]
    return re.sub(r"\$\{([^}]*)\}", r"\1", value)


def dashboard() -> dict[str, Any]:
    body: dict[str, Any] = json.loads(substituted(RESOURCES["Dashboard"]["Properties"]["DashboardBody"]))
    return body


def ours(metrics: list[Any]) -> set[str]:
    """The names of our own metrics in a widget."""
    return {one[1] for one in metrics if isinstance(one[0], str) and one[0].startswith("AiVoiceTool")}


@pytest.mark.parametrize("name", ALARMS)
def test_an_alarm_tells_what_it_means_and_reaches_the_topic(name: str) -> None:
    alarm = ALARMS[name]
    assert len(substituted(alarm["AlarmDescription"])) > 40
    assert "alarm-topic-arn" in json.dumps(alarm["AlarmActions"])


@pytest.mark.parametrize("name", ALARMS)
def test_an_alarm_on_our_own_metric_has_one_that_the_code_writes(name: str) -> None:
    alarm = ALARMS[name]
    if substituted(alarm["Namespace"]).startswith("AiVoiceTool"):
        assert alarm["MetricName"] in EMITTED


def test_the_dashboard_shows_only_metrics_that_the_code_writes() -> None:
    shown = set().union(*(ours(widget["properties"].get("metrics", [])) for widget in dashboard()["widgets"]))
    assert shown <= EMITTED
    assert {"NoteSettled", "AttemptFailed", "NoteSeconds", "AudioSeconds"} <= shown


def test_the_dashboards_widgets_do_not_cover_each_other() -> None:
    taken: set[tuple[int, int]] = set()
    for widget in dashboard()["widgets"]:
        place = {
            (x, y)
            for x in range(widget["x"], widget["x"] + widget["width"])
            for y in range(widget["y"], widget["y"] + widget["height"])
        }
        assert not taken & place
        assert max(x for x, _ in place) < 24
        taken |= place


def test_every_function_writes_its_metrics_where_the_dashboard_looks() -> None:
    for folder in templates.STACKS:
        for resource in templates.read(folder)["Resources"].values():
            if resource["Type"] == "AWS::Lambda::Function":
                namespace = resource["Properties"]["Environment"]["Variables"]["METRICS_NAMESPACE"]
                assert namespace == {"Fn::Sub": "AiVoiceTool/${EnvironmentName}"}
