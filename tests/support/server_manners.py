"""How servers that speak OpenAI's API differ from it: one entry for each kind, with where that is told.

Nothing here is a model: `support.modelless` answers, and the manners decide what a request may have, what stands around
the answer, and in which pieces it comes. Sources are named as repository and number of an issue or a pull request.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from support.modelless import Asked, Body

THOUGHTS = 'The sender wants something. Maybe {"language": "xx"} is the form? No: the schema says more.'
"""Thinking that looks like an answer for a moment."""

RUBBISH = "I am sorry, {as a language model} I can only talk about the weather. It is sunny ☀ today, isn't it?"

type Refusal = tuple[int, Any]
"""A status, and the body: JSON, or a text."""


@dataclass(frozen=True)
class Manners:
    """One kind of server.

    Attributes:
        about: what it does, and where that is told.
        refuse: how it refuses a request for an answer; None if it does not.
        refuse_texts: the same for a request for vectors.
        say: what stands in the message's content.
        thought: the field in which it thinks aloud; empty if it does not.
        astray: whether it puts the answer into that field, too, and leaves the content empty.
        unknown: what it answers about a path that it does not have.
        responses: whether it has the Responses API.
        odd: whether it streams in odd pieces.
    """

    about: str
    refuse: Callable[[Asked], Refusal | None] = lambda _asked: None
    refuse_texts: Callable[[Body], Refusal | None] = lambda _body: None
    say: Callable[[Asked], str] = Asked.answer
    thought: str = ""
    astray: bool = False
    unknown: Refusal = (404, {"detail": "Not Found"})
    responses: bool = False
    odd: bool = False

    def told(self, asked: Asked) -> tuple[str, str]:
        """The content of the message, and its thoughts."""
        return ("", self.say(asked)) if self.astray else (self.say(asked), THOUGHTS if self.thought else "")


def _fenced(asked: Asked) -> str:
    return f"```json\n{asked.answer()}\n```"


def _talkative(asked: Asked) -> str:
    return f"Here is the JSON object that you asked for {{as always}}:\n\n{_fenced(asked)}\n\nDo you need {{more}}?"


def _thinking(asked: Asked) -> str:
    return f"{THOUGHTS}</think>\n\n{asked.answer()}"


def _wilful(asked: Asked) -> str:
    """JSON of its own mind, then with fields missing, and right when it is asked again."""
    if asked.is_second_try:
        return asked.answer()
    if "<segments>" in asked.text:
        return json.dumps({"language": "en", "statements": [{"text": "It is so.", "source": "S1"}]})
    return json.dumps({"kind": "note", "text": asked.text[:40]}, ensure_ascii=False)


def _old_schema(asked: Asked) -> Refusal | None:
    if asked.format != "json_schema":
        return None
    said = 'response_format type must be one of "text" or "json_object", but got: json_schema'
    return 500, {"error": {"code": 500, "message": said, "type": "server_error"}}


def _schema_alone(asked: Asked) -> Refusal | None:
    if asked.format in {"", "json_schema", "text"}:
        return None
    return 400, {"error": "'response_format.type' must be 'json_schema' or 'text'"}


def _unsupported(fields: list[str], body: Body) -> Refusal | None:
    found = [name for name in fields if name in body]
    if not found:
        return None
    said = (
        f"litellm.UnsupportedParamsError: bedrock does not support parameters: {found}, for model={body['model']}. To "
        "drop these, set `litellm.drop_params=True` or for proxy:\n\n`litellm_settings:\n drop_params: true`\n"
    )
    return 400, {"error": {"message": said, "type": "None", "param": None, "code": "400"}}


def _extra_forbidden(asked: Asked) -> Refusal | None:
    body = asked.body
    if "store" in body:
        detail = {"type": "extra_forbidden", "loc": ["body", "store"], "msg": "Extra inputs are not permitted"}
        return 422, {"object": "Error", "detail": [detail | {"input": body["store"]}], "type": "invalid_request_error"}
    if "stream_options" in body:
        said = "Extra inputs are not permitted, field: 'stream_options'"
        return 400, {"error": {"object": "error", "type": "invalid_request_error", "message": said}}
    if asked.format == "json_schema":
        said = "This response_format type is unavailable now"
        return 400, {"error": {"message": said, "type": "invalid_request_error", "param": None, "code": "invalid"}}
    if asked.format == "json_object" and "json" not in f"{asked.system} {asked.text}".casefold():
        said = "Prompt must contain the word 'json' in some form to use 'response_format' of type 'json_object'."
        return 400, {"error": {"message": said, "type": "invalid_request_error"}}
    return None


def _no_format(asked: Asked) -> Refusal | None:
    if any(message["role"] == "system" for message in asked.body.get("messages", ())):
        return 400, _as_vllm("System role not supported")
    if not asked.format:
        return None
    said = "Validation error at #/response_format: Extra inputs are not permitted"
    return 400, {"error": {"code": "BadRequest", "message": said}}


def _one_length(body: Body) -> Refusal | None:
    if "dimensions" not in body:
        return None
    said = f'Model "{body["model"]}" does not support matryoshka representation, changing output dimensions will lead '
    return 400, _as_vllm(f"{said}to poor results.")


def _old_vectors(body: Body) -> Refusal | None:
    if body.get("encoding_format") == "base64":
        return 400, _as_vllm("base64 encoding is not currently supported")
    return (400, _as_vllm("dimensions is currently not supported")) if "dimensions" in body else None


def _as_vllm(said: str) -> Body:
    return {"object": "error", "message": said, "type": "BadRequestError", "param": None, "code": 400}


def _litellm_vectors(body: Body) -> Refusal | None:
    if "dimensions" not in body:
        return None
    said = (
        "litellm.UnsupportedParamsError: Setting dimensions is not supported for OpenAI `text-embedding-3` and later "
        "models. To drop it from the call, set `litellm.drop_params = True`."
    )
    return 400, {"error": {"message": said, "type": "None", "param": None, "code": "400"}}


SERVERS: dict[str, Manners] = {
    "ollama": Manners(
        "Ollama: unknown fields are ignored. Some models put the JSON into a code block although a schema is asked for "
        "(ollama/ollama 15595), and it tells their thoughts in a field `reasoning`. A path it does not have is a plain "
        "page of its web framework.",
        say=_fenced,
        thought="reasoning",
        unknown=(404, "404 page not found"),
    ),
    "llama.cpp": Manners(
        "llama.cpp's server, as it was before it knew schemas (ikawrakow/ik_llama.cpp 778: status 500). Thoughts are "
        "told in `reasoning_content` (its README, `--reasoning-format`).",
        refuse=_old_schema,
        thought="reasoning_content",
        unknown=(404, {"error": {"code": 404, "message": "File Not Found", "type": "not_found_error"}}),
    ),
    "vllm": Manners(
        "vLLM without a reasoning parser: thoughts stand in the content, without their first mark, which is part of "
        "the prompt (tonyd2wild/DeepSeek-v4-Flash-Vision-Exp-DSpark-1M-NVFP4-KV-2x-DGX-Spark 16); a schema is not kept "
        "to then. Vectors have one length (vllm-project/vllm 16331).",
        refuse_texts=_one_length,
        say=_thinking,
    ),
    "lm-studio": Manners(
        "LM Studio: schemas, but no JSON mode (lmstudio-ai/lmstudio-bug-tracker 189). Its Responses API keeps to no "
        "schema and writes code blocks (2403, 1396). A path it does not have is answered with 200 (618).",
        refuse=_schema_alone,
        unknown=(200, {"error": "Unexpected endpoint or method. (POST /v1/unknown)"}),
        responses=True,
    ),
    "litellm": Manners(
        "LiteLLM before a model of Bedrock's: every field that the model does not have is refused, all of them in one "
        "message (BerriAI/litellm 29618); `dimensions`, too (26787).",
        refuse=lambda asked: _unsupported(["store", "response_format"], asked.body),
        refuse_texts=_litellm_vectors,
    ),
    "bedrock": Manners(
        "A gateway to Bedrock: it has no `response_format` and ignores it (aws-samples/bedrock-access-gateway 162, "
        "schema.py), so a model writes as it likes; `dimensions` is not used. A gateway's stream may have no end mark "
        "(agentgateway/agentgateway 1490).",
        say=_talkative,
        odd=True,
    ),
    "strict": Manners(
        "Servers that refuse what they do not know, one thing after the other: `store` in Mistral's words (partITech/"
        "php-mistral 76), `stream_options` in those of Fireworks (FlowiseAI/Flowise 2866), a schema in those of "
        "DeepSeek (llm-exe/llm-exe 662), whose JSON mode wants the word JSON (browserbase/stagehand 1204). Vectors as "
        "an older vLLM makes them (vllm-project/vllm 6174, 15465).",
        refuse=_extra_forbidden,
        refuse_texts=_old_vectors,
    ),
    "plain": Manners(
        "A server without `response_format`, in the words of Azure (microsoft/semantic-kernel 10510), whose model has "
        "no message of the system (vllm-project/vllm 2964).",
        refuse=_no_format,
        say=_talkative,
    ),
    "wilful": Manners(
        "A server that takes a schema and keeps to none (ggml-org/llama.cpp 24097, 24096; Ollama's cloud: "
        "pydantic/pydantic-ai 4160). It is right when it is asked again.",
        say=_wilful,
    ),
    "odd": Manners(
        "Odd streams: cut inside of characters (api7/aisix 111), comments to keep the connection (StanfordSpezi/"
        "SpeziLLM 151), a first piece without choices (meilisearch/meilisearch 6477), one with the role alone, no "
        "figures about tokens, no end mark.",
        odd=True,
    ),
    "astray": Manners(
        "vLLM with the wrong reasoning parser: the answer is told as thoughts, the content is null (vllm-project/vllm "
        "17609).",
        thought="reasoning_content",
        astray=True,
    ),
    "rubbish": Manners("A model that never answers what it is asked.", say=lambda _asked: RUBBISH),
}
"""By name, each kind of server."""
