"""The metrics of the dashboard and the alarms exist."""

import ast
import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from support.metric_search import Metric, search

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


ENVIRONMENT = "EnvironmentName"
"""What `substituted` makes of the environment's name."""

AWS_METRICS = {
    "AWS/Lambda": ("FunctionName", ("Invocations", "Errors", "Throttles", "Duration")),
    "AWS/SQS": ("QueueName", ("ApproximateNumberOfMessagesVisible", "ApproximateAgeOfOldestMessage")),
    "AWS/ApiGateway": ("ApiId", ("Count", "4xx", "5xx", "Latency")),
}
"""What AWS itself reports, and by what (each service's page of metrics and dimensions)."""


def names(kind: str, named_by: str) -> set[str]:
    """The names of all stacks' resources of a type, in the environment of `substituted`."""
    stacks = [templates.read(folder)["Resources"].values() for folder in templates.STACKS]
    return {
        substituted(one["Properties"][named_by]) for resources in stacks for one in resources if one["Type"] == kind
    }


@cache
def written() -> set[Metric]:
    """Our own metrics, with the dimensions that the code gives them."""
    calls = [
        node
        for source in SOURCES
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "metric"
    ]
    found = {Metric(f"AiVoiceTool/{ENVIRONMENT}", name) for name in EMITTED}
    for call in calls:
        of = next((one.value for one in call.keywords if one.arg == "of"), None)
        if isinstance(of, ast.Dict) and isinstance(call.args[0], ast.Constant):
            dimensions = [str(key.value) for key in of.keys if isinstance(key, ast.Constant)]
            name = str(call.args[0].value)
            found.discard(Metric(f"AiVoiceTool/{ENVIRONMENT}", name))
            found.add(Metric(f"AiVoiceTool/{ENVIRONMENT}", name, tuple((one, "any value") for one in dimensions)))
    return found


@cache
def reported() -> set[Metric]:
    """All metrics of an account in which this environment runs beside another one and somebody else's functions."""
    ours = {
        "AWS/Lambda": names("AWS::Lambda::Function", "FunctionName"),
        "AWS/SQS": names("AWS::SQS::Queue", "QueueName"),
        "AWS/ApiGateway": {"WebhookApi", "DataApi"},
    }
    others = {"AWS/Lambda": {"ai-voice-tool-another-webhook-handler", "billing"}, "AWS/SQS": {"billing-notes"}}
    return written() | {
        Metric(namespace, name, ((dimension, value),))
        for namespace, (dimension, metrics) in AWS_METRICS.items()
        for name in metrics
        for value in ours[namespace] | others.get(namespace, set())
    }


def searches() -> list[str]:
    """The dashboard's search expressions."""
    metrics = [one for widget in dashboard()["widgets"] for one in widget["properties"].get("metrics", [])]
    expressions = [one[0]["expression"] for one in metrics if isinstance(one[0], dict)]
    return [expression for expression in expressions if "SEARCH" in expression]


def plain(metrics: list[list[Any]]) -> Iterator[Metric]:
    """A widget's metrics that are no expressions; "..." and "." repeat the line before ("Dashboard body structure")."""
    before: list[str] = []
    for one in metrics:
        line = [part for part in one if isinstance(part, str)]
        if not line:
            continue
        if line[0] == "...":
            line = before[: -len(line) + 1] + line[1:]
        before = [before[at] if part == "." else part for at, part in enumerate(line)]
        namespace, name, *dimensions = before
        yield Metric(namespace, name, tuple(zip(dimensions[::2], dimensions[1::2], strict=True)))


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


@pytest.mark.parametrize("expression", searches())
def test_a_search_of_the_dashboard_finds_this_environments_metrics_and_nobody_elses(expression: str) -> None:
    found = search(expression, reported())
    assert found
    if "AWS/Lambda" in expression:
        functions = {dict(one.dimensions)["FunctionName"] for one in found}
        assert functions == names("AWS::Lambda::Function", "FunctionName")
        assert len({one.name for one in found}) == 1


def test_every_metric_that_a_widget_or_an_alarm_names_is_reported_under_these_dimensions() -> None:
    shown = [one for widget in dashboard()["widgets"] for one in plain(widget["properties"].get("metrics", []))]
    watched = [
        Metric(
            substituted(alarm["Namespace"]),
            alarm["MetricName"],
            tuple((one["Name"], dimension(one["Value"])) for one in alarm.get("Dimensions", [])),
        )
        for alarm in ALARMS.values()
    ]
    assert len(shown) > len(ALARMS)
    assert [one for one in (*shown, *watched) if one not in reported()] == []


def dimension(value: Any) -> str:
    """The value of an alarm's dimension; an API's id is imported."""
    match value:
        case {"Fn::ImportValue": {"Fn::Sub": str() as name}}:
            return "WebhookApi" if "webhook" in name else "DataApi"
        case _:
            return substituted(value)


DOCUMENTED = [
    ("CustomCount", "CustomCount1", True),
    ("Count1", "CustomCount1", True),
    ("count", "CustomCount1", True),
    ("COUNT", "CustomCount1", True),
    ("couNT", "CustomCount1", False),
    ("customcount", "CustomCount1", False),
    ("sdb", "SDBFailure", True),
    ("trial", "Project2-trial333", True),
    ('"CustomCount1"', "CustomCount1", True),
    ('"customcount1"', "CustomCount1", False),
    ('"Custom"', "CustomCount1", False),
    ('"Network-Errors-2"', "Network-Errors-2", True),
    ('"Network_Errors_2"', "Network-Errors-2", False),
    ("Network_Errors", "Network-Errors-2", True),
    ("micro", "t2.micro", True),
    ('"t2.micro"', "t2.micro", True),
]
"""The examples of Amazon CloudWatch, "CloudWatch search expression syntax"."""


@pytest.mark.parametrize(("term", "name", "finds"), DOCUMENTED)
def test_a_search_matches_as_cloudwatchs_own_page_says(term: str, name: str, *, finds: bool) -> None:
    metric = Metric("Mine", "Other", (("Thing", name),))
    for expression in (f"SEARCH('{{Mine,Thing}} {term}', 'Sum', 300)", f"SEARCH(' Thing={term} ', 'Sum')"):
        assert (search(expression, {metric}) == {metric}) == finds
    assert search(f"SEARCH('{{Mine,Thing,More}} {term}', 'Sum')", {metric}) == set()


@pytest.mark.parametrize(
    "expression",
    [
        "SEARCH('{My/Own,Thing} x', 'Sum', 300)",  # not quoted
        "SEARCH('{Mine} a OR b', 'Sum')",
        "SEARCH('{Mine} (a b)', 'Sum')",
        "SEARCH('{Mine} \"a', 'Sum')",
        "SEARCH({Mine} a, 'Sum')",
        f"SEARCH('{{Mine}} {'a' * 1100}', 'Sum')",
    ],
)
def test_a_search_that_cloudwatch_refuses_or_that_is_not_judged_here_is_refused(expression: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        search(expression, set())


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
