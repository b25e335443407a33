"""Whether an environment's parameters fit the templates, each other, and what is deployed."""

from collections.abc import Iterator

from ai_voice_operations import templates
from ai_voice_operations.doctor.environment import EVERY_STACK, OURS, Environment
from ai_voice_operations.doctor.finding import Finding, fail, ok, warn

_VISIBLE = (("NotesVisibilitySeconds", "TimeoutSeconds", 1), ("IndexVisibilitySeconds", "IndexerTimeoutSeconds", 6))
"""Times the function's timeout: once at least (Lambda refuses less), six times where no heartbeat hides what is in work
(AWS Lambda, "Creating and configuring an Amazon SQS event source mapping")."""
_RECEIVED = (("NotesMaxReceiveCount", "MaxAttempts"), ("IndexMaxReceiveCount", "IndexerMaxAttempts"))
_THE_SAME = ("PublicUrl", "OurNumbers", "FollowUpTemplateSid", "Embedder", "EmbeddingModel")
"""One value for all stacks: what one writes or calls, another reads or answers."""

_CHOSEN = "ImageTag"
"""A deployment sets it by itself, to what it has built."""

_PARKING = 2
"""Receives more than attempts: the worker parks by itself, the queue is the last resort (infrastructure/README.md)."""


def file(environment: Environment) -> Iterator[Finding]:
    """Compares the parameters file with the templates."""
    name = f"parameters/{environment.name}.json"
    found = [*_sections(environment, name), *_stacks(environment, name)]
    yield from found or [ok(f"{name} fits the templates")]


def pairs(environment: Environment) -> Iterator[Finding]:
    """Checks parameters of different stacks that belong together."""
    shared, worker = environment.wanted("shared"), environment.wanted("voice-parser")
    found = [*_too_short(shared, worker), *_parked_wrongly(shared, worker), *_unlike(environment)]
    yield from found or [ok("parameters that belong together fit one another")]


def deployed(environment: Environment) -> Iterator[Finding]:
    """Compares what is deployed with the file; before a stack is deployed, there is nothing to compare."""
    found: list[Finding] = []
    for folder, stack in environment.stacks.items():
        aim = environment.wanted(folder)
        for name in sorted((aim.keys() | stack.parameters.keys()) - {_CHOSEN}):
            now = stack.parameters.get(name)
            if now != aim.get(name) and not _set_by_the_run(environment, folder, name):
                found.append(_differs(environment, folder, name, now, aim.get(name)))
    yield from found or [ok("what is deployed has the parameters of the file")]


def _set_by_the_run(environment: Environment, folder: str, name: str) -> bool:
    """Whether `make up` sets it: what the file does not set, and the engines that somebody chose for this run."""
    return environment.name == "local" and (name not in environment.section(folder) or name in templates.ENGINES)


def _differs(environment: Environment, folder: str, name: str, now: str | None, aim: str | None) -> Finding:
    told = f"deployed {_shown(now)}, file and defaults {_shown(aim)}"
    return warn(f"{folder} {name}: {told}", f"{environment.deploy} makes them one")


def _shown(value: str | None) -> str:
    return "not there" if value is None else f"'{value}'"


def _sections(environment: Environment, file_name: str) -> Iterator[Finding]:
    for section, values in environment.file.items():
        if section == OURS and isinstance(values, str):
            continue
        if section not in {EVERY_STACK, *templates.STACKS}:
            yield fail(f"{file_name}: {section} is no stack", f"one of {EVERY_STACK}, {', '.join(templates.STACKS)}")
        elif not isinstance(values, dict) or not all(isinstance(value, str) for value in values.values()):
            yield fail(f"{file_name}: {section} has to be an object of texts", "put numbers in quotes too")
    if environment.section(EVERY_STACK).get("EnvironmentName") != environment.name:
        yield fail(f"{file_name}: EnvironmentName is not {environment.name}", f"set it under {EVERY_STACK}")
    declared = set[str]().union(*(environment.declared(folder) for folder in templates.STACKS))
    for name in sorted(environment.section(EVERY_STACK).keys() - declared):
        yield fail(f"{file_name}: no template declares {name}", f"correct or remove it under {EVERY_STACK}")


def _stacks(environment: Environment, file_name: str) -> Iterator[Finding]:
    for folder in templates.STACKS:
        declared, aim = environment.declared(folder), environment.wanted(folder)
        for name in sorted(aim.keys() - declared.keys()):
            yield fail(f"{file_name}: {folder} declares no {name}", f"correct or remove it under {folder}")
        for name in sorted(declared.keys() - aim.keys() - {_CHOSEN}):
            yield fail(f"{file_name}: {folder} needs {name}", f"set it under {folder}")
        for name in sorted(declared.keys() & aim.keys()):
            if problem := templates.refusal(declared[name], aim[name]):
                yield fail(f"{file_name}: {folder} {name} is '{aim[name]}'", problem)


def _too_short(shared: dict[str, str], worker: dict[str, str]) -> Iterator[Finding]:
    for hidden, timeout, times in _VISIBLE:
        seconds, longest = templates.as_number(shared.get(hidden)), templates.as_number(worker.get(timeout))
        if seconds is not None and longest is not None and seconds < times * longest:
            yield fail(
                f"shared {hidden} {seconds:g} is less than {times} times voice-parser {timeout} {longest:g}",
                f"a message would be worked on twice at once: set {hidden} to at least {times * longest:g}",
            )


def _parked_wrongly(shared: dict[str, str], worker: dict[str, str]) -> Iterator[Finding]:
    for receives, attempts in _RECEIVED:
        count, tries = templates.as_number(shared.get(receives)), templates.as_number(worker.get(attempts))
        if count is not None and tries is not None and count != tries + _PARKING:
            yield fail(
                f"shared {receives} {count:g} is not voice-parser {attempts} {tries:g} + {_PARKING}",
                f"messages would be parked without a reason: set {receives} to {tries + _PARKING:g}",
            )


def _unlike(environment: Environment) -> Iterator[Finding]:
    for name in _THE_SAME:
        values = {
            folder: environment.wanted(folder).get(name, "")
            for folder in templates.STACKS
            if name in environment.declared(folder)
        }
        if len(set(values.values())) > 1:
            told = ", ".join(f"{folder} '{value}'" for folder, value in values.items())
            yield fail(f"{name} is not the same everywhere: {told}", f"set it once, under {EVERY_STACK}")
