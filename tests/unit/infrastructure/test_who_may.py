"""What functions may do according to SECURITY.md is what their roles allow; and the tests that it names exist."""

import re
from collections.abc import Iterator

from ai_voice_operations import templates

ROOT = templates.INFRASTRUCTURE.parent
DOCUMENT = (templates.INFRASTRUCTURE / "SECURITY.md").read_text(encoding="utf-8")
SECTION = DOCUMENT.partition("## Who may do what")[2].partition("\n## ")[0]

WORDS = {
    "Bucket": {
        "list": {"s3:ListBucket", "s3:ListBucketVersions", "s3:ListMultipartUploadParts"},
        "read": {"s3:GetObject", "s3:GetObjectVersion"},
        "write": {"s3:PutObject", "s3:AbortMultipartUpload"},
        "delete": {"s3:DeleteObject", "s3:DeleteObjectVersion"},
    },
    "Ledger": {
        "read": {"dynamodb:GetItem", "dynamodb:Query"},
        "write": {"dynamodb:PutItem", "dynamodb:UpdateItem"},
        "delete": {"dynamodb:DeleteItem", "dynamodb:BatchWriteItem"},
    },
    "Queues": {
        "receive": {"sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:ChangeMessageVisibility", "sqs:GetQueueAttributes"},
        "send": {"sqs:SendMessage"},
    },
    "Secrets": {"read": {"secretsmanager:GetSecretValue"}},
    "Other functions": {"call": {"lambda:InvokeFunction"}},
}
"""The table's columns, and which actions each word of theirs stands for."""

OF_EVERY_FUNCTION = re.compile(r"(logs|xray|execute-api):")
"""Its own log, its traces, and answers over the WebSocket: in no column."""


def granted() -> Iterator[tuple[str, set[str]]]:
    """Each role by its function, and all actions that it grants."""
    for folder in templates.STACKS:
        for resource in templates.read(folder)["Resources"].values():
            if resource["Type"] == "AWS::IAM::Role":
                policies = resource["Properties"]["Policies"]
                statements = [one for policy in policies for one in policy["PolicyDocument"]["Statement"]]
                actions = {action for one in statements for action in one["Action"] if one["Effect"] == "Allow"}
                yield resource["Properties"]["RoleName"]["Fn::Sub"].partition("${EnvironmentName}-")[2], actions


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip("|").split("|")]


def told() -> dict[str, list[str]]:
    """The rows of the table of functions."""
    table = SECTION.partition("| Function |")[2]
    return {name.strip("`"): row for name, *row in map(cells, re.findall(r"^\| `.+\|$", table, flags=re.MULTILINE))}


def test_the_table_tells_of_each_function_what_its_role_grants() -> None:
    expected = {
        function: [", ".join(word for word, of in words.items() if actions & of) for words in WORDS.values()]
        for function, actions in granted()
    }
    assert told() == expected


def test_every_action_that_is_granted_has_a_word() -> None:
    known = {action for words in WORDS.values() for actions in words.values() for action in actions}
    everything = set[str]().union(*(actions for _, actions in granted()))
    assert {action for action in everything - known if not OF_EVERY_FUNCTION.match(action)} == set()


def test_the_columns_are_those_that_are_compared() -> None:
    (heading,) = re.findall(r"^\| Function \|.+$", SECTION, flags=re.MULTILINE)
    assert cells(heading)[1:] == list(WORDS)


def test_what_is_said_to_try_it_is_there() -> None:
    named = re.findall(r"`(tests/[\w/]+\.py)`", SECTION)
    assert len(named) >= 9
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_every_route_of_the_data_api_that_asks_for_no_key_is_written_down() -> None:
    found = templates.read("data-api-server")["Resources"].values()
    routes = [one["Properties"] for one in found if one["Type"] == "AWS::ApiGatewayV2::Route"]
    public = {one["RouteKey"].partition(" ")[2] for one in routes if "AuthorizerId" not in one}
    part = SECTION.partition("that ask for no key")[2].partition("\n###")[0]
    named = [line.partition(":")[0] for line in part.splitlines() if line.startswith("- ")]
    told = {name for line in named for name in re.findall(r"`(/[^`]*)`", line)}
    assert told == public
    assert all(one["RouteKey"].partition(" ")[2].startswith("/v1/") for one in routes if "AuthorizerId" in one)
