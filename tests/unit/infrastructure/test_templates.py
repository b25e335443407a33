"""The production templates are valid, and keep the promises that AWS does not check."""

import ast
import re
from collections import defaultdict
from pathlib import Path
from typing import Any, cast

import pytest
from support.stack_imports import imports

from ai_voice_local import templates
from data_api_server.app import create_app
from data_api_server.services import Services

ROOT = templates.INFRASTRUCTURE.parent


def resources(folder: str, kind: str) -> dict[str, dict[str, Any]]:
    """A stack's resources of one type: their properties, by logical id."""
    found = templates.read(folder)["Resources"]
    return {name: resource.get("Properties", {}) for name, resource in found.items() if resource["Type"] == kind}


def everywhere(kind: str) -> list[tuple[str, dict[str, Any]]]:
    """All stacks' resources of one type, as `folder/logical id` and properties."""
    return [
        (f"{folder}/{name}", found) for folder in templates.STACKS for name, found in resources(folder, kind).items()
    ]


def listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def test_every_template_is_a_stack_that_is_deployed() -> None:
    folders = {file.parent.name for file in templates.INFRASTRUCTURE.glob("*/template.yaml")}
    assert folders == set(templates.STACKS)


def test_a_stack_imports_only_what_an_earlier_one_exports() -> None:
    exported: set[str] = set()
    for folder in templates.STACKS:
        template = templates.read(folder)
        assert imports(template["Resources"]) <= exported, folder
        exported |= {
            output["Export"]["Name"]["Fn::Sub"] for output in template["Outputs"].values() if "Export" in output
        }


@pytest.mark.parametrize(("name", "function"), everywhere("AWS::Lambda::Function"))
def test_a_functions_handler_is_in_its_own_package(name: str, function: dict[str, Any]) -> None:
    folder = name.partition("/")[0]
    package, module, called = function["ImageConfig"]["Command"][0].split(".")
    source = ROOT / package.replace("_", "-") / "src" / package
    assert source.is_dir()
    assert folder in {source.parts[-3], "realtime"}  # which is in the data API's image
    assert module in {
        "handler",
        "authorizer",
        "indexer_handler",
        "live_handler",
        "sweep_handler",
        "status_handler",
        "voice_handler",
        "eraser_handler",
        "outbound_handler",
        "realtime_handler",
    }
    assert called == "handle"
    if (file := source / f"{module}.py").exists():
        assert called in top_level_names(file)


def top_level_names(file: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.parse(file.read_text(encoding="utf-8")).body:
        match node:
            case ast.FunctionDef(name=name):
                names.add(name)
            case ast.Assign(targets=targets):
                names |= {target.id for target in targets if isinstance(target, ast.Name)}
            case ast.AnnAssign(target=ast.Name(id=name)):
                names.add(name)
            case ast.ImportFrom(names=imported):
                names |= {alias.asname or alias.name for alias in imported}
            case _:
                pass
    return names


@pytest.mark.parametrize("folder", templates.STACKS)
def test_every_function_has_a_role_and_logs_of_its_own(folder: str) -> None:
    functions = resources(folder, "AWS::Lambda::Function")
    roles = {function["Role"]["Fn::GetAtt"][0] for function in functions.values()}
    groups = {function["LoggingConfig"]["LogGroup"]["Ref"] for function in functions.values()}
    assert roles == set(resources(folder, "AWS::IAM::Role"))
    assert len(roles) == len(functions)
    assert len(groups) == len(functions)


@pytest.mark.parametrize(("name", "group"), everywhere("AWS::Logs::LogGroup"))
def test_logs_are_not_kept_for_ever(name: str, group: dict[str, Any]) -> None:
    assert group["RetentionInDays"] == {"Ref": "LogRetentionDays"}, name


@pytest.mark.parametrize(("name", "role"), everywhere("AWS::IAM::Role"))
def test_no_role_may_do_everything_or_anything_everywhere(name: str, role: dict[str, Any]) -> None:
    assert "ManagedPolicyArns" not in role
    for policy in role["Policies"]:
        for statement in policy["PolicyDocument"]["Statement"]:
            assert "*" not in "".join(listed(statement["Action"])), name
            traces = all(action.startswith("xray:") for action in listed(statement["Action"]))
            assert traces or "*" not in listed(statement["Resource"]), name  # traces have no resources
            assert "NotAction" not in statement
            assert "NotResource" not in statement


@pytest.mark.parametrize("folder", ["voice-parser", "data-api-server", "realtime"])
def test_only_the_customer_lookup_can_read_the_customers_file(folder: str) -> None:
    (role,) = [role for role in resources(folder, "AWS::IAM::Role").values() if "NotTheCustomersFile" in str(role)]
    statements = role["Policies"][0]["PolicyDocument"]["Statement"]
    (denial,) = [statement for statement in statements if statement.get("Sid") == "NotTheCustomersFile"]
    assert denial["Effect"] == "Deny"
    assert "s3:GetObject" in denial["Action"]
    assert denial["Resource"]["Fn::Sub"][0] == "${BucketArn}/${CustomersKey}"


def test_failed_messages_of_a_batch_are_reported_one_by_one() -> None:
    mappings = dict(everywhere("AWS::Lambda::EventSourceMapping"))
    assert list(mappings) == [
        "voice-parser/NotesMapping",
        "voice-parser/IndexMapping",
        "voice-parser/CallsMapping",
        "webhook-handler/SenderMapping",
    ]
    for mapping in mappings.values():
        assert mapping["FunctionResponseTypes"] == ["ReportBatchItemFailures"]


def test_queues_in_order_keep_their_groups_apart() -> None:
    queues = resources("shared", "AWS::SQS::Queue")
    fifo = {name: queue for name, queue in queues.items() if queue.get("FifoQueue")}
    assert set(fifo) == {"IndexQueue", "IndexDeadLetterQueue", "CallsQueue", "CallsDeadLetterQueue"}
    for queue in fifo.values():
        assert (queue["DeduplicationScope"], queue["FifoThroughputLimit"]) == ("messageGroup", "perMessageGroupId")
        assert queue["QueueName"]["Fn::Sub"].endswith(".fifo")


@pytest.mark.parametrize(
    ("folder", "role"), [("voice-parser", "IndexerRole"), ("data-api-server", "Role")], ids=["indexer", "api"]
)
def test_who_corrects_or_indexes_writes_nothing_but_words_the_index_notes_and_tasks(folder: str, role: str) -> None:
    (policy,) = resources(folder, "AWS::IAM::Role")[role]["Policies"]
    allowed = [one for one in policy["PolicyDocument"]["Statement"] if one["Effect"] == "Allow"]
    for statement in allowed:
        actions, where = set(listed(statement["Action"])), listed(statement["Resource"])
        if "s3:PutObject" in actions:
            patterns = {place["Fn::Sub"][0] for place in where}
            corrected = ("segments.json", "full_text.txt", "analysis.json", "text_summary.txt")
            others = ("_index/*", "_receipts/*/UP*/upload-0", "_rules/*/compiled.json")
            words = {f"${{BucketArn}}/*_{name}" for name in corrected}
            assert patterns in (words, *({f"${{BucketArn}}/{other}"} for other in others))
        if "dynamodb:UpdateItem" in actions:
            keys = listed(statement["Condition"]["ForAllValues:StringLike"]["dynamodb:LeadingKeys"])
            assert set(keys) <= {
                "NOTE#*",
                "USAGE#*",
                "PACE#*",
                "GLOSSARY#*",
                "UPLOADS#*",
                "TEMPLATES#*",
                "RULES#*",
                *TASKS,
                *WEBHOOKS,
            }


TASKS = {"TASKS#*", "FEED#*", "FEEDS#*"}
WEBHOOKS = {"WEBHOOKS#*", "WEBHOOKSECRETS#*", "DELIVERIES#*"}
"""Where a company's own systems are, and what they were told: the API writes it, without words of notes."""


def test_only_the_eraser_deletes_for_good_and_only_two_may_ask_it() -> None:
    deleting, asking = set(), set()
    for name, role in everywhere("AWS::IAM::Role"):
        for statement in role["Policies"][0]["PolicyDocument"]["Statement"]:
            if statement["Effect"] == "Allow" and "s3:DeleteObjectVersion" in statement["Action"]:
                deleting.add(name)
            if "lambda:InvokeFunction" in statement["Action"] and "eraser" in str(statement["Resource"]).casefold():
                asking.add(name)
    assert deleting == {"voice-parser/EraserRole"}
    assert asking == {"voice-parser/Role", "data-api-server/Role"}


def test_an_unknown_caller_reaches_no_companys_data() -> None:
    routes = resources("data-api-server", "AWS::ApiGatewayV2::Route").values()
    guarded = {route["RouteKey"] for route in routes if route.get("AuthorizationType") == "CUSTOM"}
    open_to_all = {route["RouteKey"] for route in routes} - guarded
    pages = ("/health", "/docs", "/openapi.json", "/", "/console/{proxy+}", "/feeds/tasks/{name}")
    assert open_to_all == {f"{method} {page}" for method in ("GET", "HEAD") for page in pages}
    assert guarded == {f"{method} /v1/{{proxy+}}" for method in ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")}


def test_api_gateway_lets_through_and_offers_browsers_every_documented_method() -> None:
    paths = create_app(cast("Services", None)).openapi()["paths"]  # nothing is called to tell its routes
    documented = {method.upper() for path, methods in paths.items() if path.startswith("/v1/") for method in methods}
    routes = resources("data-api-server", "AWS::ApiGatewayV2::Route").values()
    assert {route["RouteKey"].split()[0] for route in routes} == documented | {"HEAD"}
    (api,) = [one for one in resources("shared", "AWS::ApiGatewayV2::Api").values() if "CorsConfiguration" in one]
    assert set(api["CorsConfiguration"]["AllowMethods"]) == documented | {"HEAD"}


def test_twilios_messages_their_states_and_calls_are_all_that_the_webhooks_take() -> None:
    routes = resources("webhook-handler", "AWS::ApiGatewayV2::Route").values()
    steps = ("", "/turn", "/wait", "/pin", "/note", "/status", "/transcription", "/recording")
    calls = [f"POST /twilio/voice{step}" for step in steps]
    assert [route["RouteKey"] for route in routes] == ["POST /twilio/message", "POST /twilio/status", *calls]


def test_who_notes_the_state_of_replies_writes_nothing_but_replies() -> None:
    (policy,) = resources("webhook-handler", "AWS::IAM::Role")["StatusRole"]["Policies"]
    written = {
        action: statement["Condition"]["ForAllValues:StringLike"]["dynamodb:LeadingKeys"]
        for statement in policy["PolicyDocument"]["Statement"]
        for action in statement["Action"]
        if action.startswith("dynamodb:") and action != "dynamodb:GetItem"
    }
    assert written == {"dynamodb:UpdateItem": ["MESSAGE#*"], "dynamodb:PutItem": ["REPLY#*"]}


@pytest.mark.parametrize(("name", "stage"), everywhere("AWS::ApiGatewayV2::Stage"))
def test_every_api_is_throttled(name: str, stage: dict[str, Any]) -> None:
    assert {"ThrottlingRateLimit", "ThrottlingBurstLimit"} <= stage["DefaultRouteSettings"].keys(), name


STAGES_WITH_LOGS = [found for found in everywhere("AWS::ApiGatewayV2::Stage") if found[0] != "realtime/Stage"]


@pytest.mark.parametrize(("name", "stage"), STAGES_WITH_LOGS)
def test_access_logs_hold_no_personal_data(name: str, stage: dict[str, Any]) -> None:
    kept = set(re.findall(r"[$]context[.](\w+)", stage["AccessLogSettings"]["Format"]))
    assert kept == {"requestId", "routeKey", "status", "responseLatency"}, name


def test_a_websocket_needs_no_role_set_for_the_whole_account() -> None:
    (stage,) = resources("realtime", "AWS::ApiGatewayV2::Stage").values()
    assert "AccessLogSettings" not in stage
    assert not resources("realtime", "AWS::ApiGateway::Account")


def test_all_that_happens_on_the_websocket_reaches_the_function_that_decides() -> None:
    (integration,) = resources("realtime", "AWS::ApiGatewayV2::Integration")
    routes = resources("realtime", "AWS::ApiGatewayV2::Route").values()
    assert {route["RouteKey"] for route in routes} == {"$connect", "$disconnect", "$default"}
    assert {route["Target"]["Fn::Sub"] for route in routes} == {f"integrations/${{{integration}}}"}


def test_a_live_answer_is_never_tried_again_and_never_begun_late() -> None:
    (config,) = resources("realtime", "AWS::Lambda::EventInvokeConfig").values()
    assert (config["MaximumRetryAttempts"], config["MaximumEventAgeInSeconds"]) == (0, 60)
    assert config["FunctionName"] == {"Ref": "Function"}


def test_live_answers_reach_the_connections_of_their_own_api_their_own_function_and_the_lookup_only() -> None:
    (role,) = resources("realtime", "AWS::IAM::Role").values()
    allowed: dict[str, list[Any]] = defaultdict(list)
    for one in role["Policies"][0]["PolicyDocument"]["Statement"]:
        allowed[listed(one["Action"])[0]].append(one["Resource"])
    (connections,) = allowed["execute-api:ManageConnections"]
    ways = {one["Fn::Sub"].partition(":${Api}/live/")[2] for one in connections}
    assert ways == {"POST/@connections/*", "DELETE/@connections/*"}
    (function,) = resources("realtime", "AWS::Lambda::Function").values()
    itself, lookup = allowed["lambda:InvokeFunction"]
    assert itself["Fn::Sub"].endswith(f":function:{function['FunctionName']['Fn::Sub']}")
    assert lookup["Fn::ImportValue"]["Fn::Sub"].endswith("-customer-lookup-function-arn")


def test_live_answers_write_nothing_but_what_is_theirs() -> None:
    (role,) = resources("realtime", "AWS::IAM::Role").values()
    written: dict[str, list[str]] = defaultdict(list)
    for statement in role["Policies"][0]["PolicyDocument"]["Statement"]:
        for action in set(statement["Action"]) & {"dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem"}:
            written[action] += statement["Condition"]["ForAllValues:StringLike"]["dynamodb:LeadingKeys"]
    assert written == {
        "dynamodb:PutItem": ["CONNECTION#*", "CONVERSATIONS#*", "ANSWERS#*", "WATCHERS#*", "USAGE#*"],
        "dynamodb:UpdateItem": ["TICKET#*", "USAGE#*", "PACE#*"],
        "dynamodb:DeleteItem": ["CONNECTION#*", "WATCHERS#*"],
    }


@pytest.mark.parametrize(("name", "secret"), everywhere("AWS::SecretsManager::Secret"))
def test_a_secret_is_created_without_a_value_and_never_deleted(name: str, secret: dict[str, Any]) -> None:
    folder, _, logical_id = name.partition("/")
    assert set(ast.literal_eval(secret["SecretString"]).values()) == {"unset"}
    assert templates.read(folder)["Resources"][logical_id]["DeletionPolicy"] == "Retain"


@pytest.mark.parametrize("kind", ["AWS::S3::Bucket", "AWS::SQS::Queue", "AWS::DynamoDB::Table", "AWS::ECR::Repository"])
def test_what_holds_data_outlives_its_stack(kind: str) -> None:
    for folder in templates.STACKS:
        for name, resource in templates.read(folder)["Resources"].items():
            if resource["Type"] == kind:
                assert resource["DeletionPolicy"] == "Retain", name
                assert resource["UpdateReplacePolicy"] == "Retain", name


@pytest.mark.parametrize(("name", "repository"), everywhere("AWS::ECR::Repository"))
def test_lambda_may_have_the_images_of_its_own_environment_and_nobody_else_may(
    name: str, repository: dict[str, Any]
) -> None:
    (statement,) = repository["RepositoryPolicyText"]["Statement"]
    assert statement["Principal"] == {"Service": "lambda.amazonaws.com"}, name
    assert statement["Action"] == ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
    source = statement["Condition"]["StringLike"]["aws:SourceArn"]["Fn::Sub"]
    assert source.endswith(":function:ai-voice-tool-${EnvironmentName}-*")


def own_sources() -> dict[str, set[str]]:
    """What each function may set itself off by: queues that feed it and that it may send to, and its own name."""
    found: dict[str, set[str]] = defaultdict(set)
    for folder in templates.STACKS:
        feeding: dict[str, set[str]] = defaultdict(set)
        for mapping in resources(folder, "AWS::Lambda::EventSourceMapping").values():
            feeding[mapping["FunctionName"]["Ref"]].add(str(mapping["EventSourceArn"]))
        for name, function in resources(folder, "AWS::Lambda::Function").items():
            role = resources(folder, "AWS::IAM::Role")[function["Role"]["Fn::GetAtt"][0]]
            allowed = [one for one in role["Policies"][0]["PolicyDocument"]["Statement"] if one["Effect"] == "Allow"]
            for statement in allowed:
                actions, places = set(listed(statement["Action"])), set(map(str, listed(statement["Resource"])))
                if "sqs:SendMessage" in actions:
                    found[f"{folder}/{name}"] |= feeding[name] & places
                if "lambda:InvokeFunction" in actions and any(
                    function["FunctionName"]["Fn::Sub"] in one for one in places
                ):
                    found[f"{folder}/{name}"].add("itself")
    return {name: sources for name, sources in found.items() if sources}


def test_a_function_that_may_send_to_its_own_queue_is_not_stopped_by_lambda_for_it() -> None:
    """AWS Lambda, "Use Lambda recursive loop detection": after some 16 turns the message goes astray otherwise."""
    feeding_themselves = own_sources()
    assert any("notes-queue-arn" in source for source in feeding_themselves["voice-parser/Function"])
    for name, function in everywhere("AWS::Lambda::Function"):
        sources = feeding_themselves.get(name, set())
        allowed = "Allow" if sources - {"itself"} else "Terminate" if sources else None
        assert function.get("RecursiveLoop") == allowed, name


def test_what_waits_is_brought_back_whether_or_not_twilios_list_is_swept() -> None:
    rules = resources("voice-parser", "AWS::Events::Rule")
    assert rules["WaitingRule"]["State"] == "ENABLED"
    (target,) = rules["WaitingRule"]["Targets"]
    assert target["Arn"] == {"Fn::GetAtt": ["SweepFunction", "Arn"]}
    assert ast.literal_eval(target["Input"]) == {"only": "waiting"}


def test_only_the_sweep_reads_whole_messages_out_of_an_index() -> None:
    reading = {
        name
        for name, role in everywhere("AWS::IAM::Role")
        for statement in role["Policies"][0]["PolicyDocument"]["Statement"]
        for resource in listed(statement["Resource"])
        if re.search(r"/index/(waiting|\*)", str(resource))
    }
    assert reading == {"voice-parser/SweepRole"}
