"""How one kind of note is tried: undisturbed, then with a kill before and after every effect and a new delivery."""

import json
import threading
import uuid
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlencode, urlsplit

from twilio.request_validator import RequestValidator

from chaos.effects import Request, effect
from chaos.gates import Killer, Point, Recorder
from chaos.kinds import Kind
from chaos.outcomes import Difference, Outcome, Snapshot, difference
from chaos.tap import tapped
from chaos.world import NotSettled, Run, World
from twilio_in_a_box.box import TwilioInABox

_SENDERS_AT_ONCE = 2
_OFTEN = 3
"""So often a point is tried that a worker ended before: a busy machine refuses it something, and it stops politely."""

_WEBHOOK_PATH = "/twilio/message"
_PARKED = "parked"


@dataclass(frozen=True)
class Recording:
    """What an undisturbed run did.

    Attributes:
        effects: in their order.
        unhooked: what a witness outside the process saw, and the gate inside it did not.
        paid: what was bought of the model, by path.
    """

    effects: list[str]
    unhooked: list[str]
    outcome: Outcome
    paid: Counter[str]

    @property
    def points(self) -> list[Point]:
        """Two for each effect."""
        seen: Counter[str] = Counter()
        found = []
        for name in self.effects:
            seen[name] += 1
            found += [Point(name, seen[name], "before"), Point(name, seen[name], "after")]
        return found


@dataclass(frozen=True)
class Tried:
    """What became of a message whose worker was killed at one point.

    Attributes:
        again: what was bought again that had to be: the very calls that were cut off.
        paid_twice: what was bought again that was paid for and answered.
        problem: why the point could not be tried, or what went wrong on the way; empty when nothing did.
        earlier: such problems of the times before, after which it was tried again.
    """

    point: Point
    difference: Difference
    again: Counter[str]
    paid_twice: Counter[str]
    problem: str = ""
    earlier: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether the outcome is the undisturbed one, and nothing was paid for twice."""
        return not (self.difference or self.paid_twice or self.problem)


@dataclass
class Trial:
    """One kind of note on its world."""

    world: World
    kind: Kind
    _sweeping: threading.Lock = field(default_factory=threading.Lock)
    _stand_ins: ExitStack = field(default_factory=ExitStack)
    _died_over: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    def __enter__(self) -> Self:
        for queue in self._own_queues:
            self.world.switch(queue, on=False)
        return self

    def __exit__(self, *_: object) -> None:
        for queue in self._own_queues:
            self.world.switch(queue, on=True)
        self._stand_ins.close()

    @property
    def _own_queues(self) -> list[str]:
        """The queues whose deployed function is off, since our processes are in its place."""
        own = {"indexer": self._index_queue, "sender": self._webhooks_queue, "live": self._calls_queue}
        return [queue for function, queue in own.items() if function == self.kind.killed]

    @property
    def _queue(self) -> str:
        return self.world.platform.outputs.queue_url

    @property
    def _index_queue(self) -> str:
        return self.world.platform.outputs.index_queue_url

    @property
    def _calls_queue(self) -> str:
        return self.world.platform.outputs.calls_queue_url

    @property
    def _webhooks_queue(self) -> str:
        return self.world.platform.outputs.webhooks_queue_url

    def record(self) -> Recording:
        """The undisturbed run, watched from inside by the gate and from outside by a proxy and the interpreter."""
        (run,) = runs = self._prepared(1)
        recorder = Recorder()
        with tapped() as tap:
            told = self._killed_one(run, recorder, environment=tap.environment, watched=True)
        if told is None:
            raise NotSettled(f"the undisturbed run of {self.kind.name!r} died")
        sends = self.kind.killed == "sender"  # the deployed sender may be as quick as a worker that is watched
        post = effect(Request("POST", f"{self.world.receiver.url}/{run.name}"))
        posts = [post for _ in self.world.told(run)] if sends else []
        seen, hooked = Counter([*tap.effects, *map(str, posts)]), Counter(told.gate.effects)
        unhooked = [
            *(seen - hooked).elements(),
            *(f"{one} (seen by the gate alone)" for one in (hooked - seen).elements()),
        ]
        known = {tap.port, urlsplit(self.world.receiver.url).port}  # what receives tells of itself
        unhooked += [f"a connection to port {port}, past the proxy" for port in sorted(told.ports - known)]
        self._settle(runs)
        return Recording(told.gate.effects, unhooked, self._outcomes(runs)[0], self._paid(run))

    def walked[GateT](self, gate: GateT) -> GateT:
        """The gate, after the undisturbed run went through it."""
        (run,) = runs = self._prepared(1)
        told = self._killed_one(run, gate, watched=True)
        self._settle(runs)
        if told is None:
            raise NotSettled(f"the undisturbed run of {self.kind.name!r} died")
        walked: GateT = told.gate
        return walked

    def kill(self, points: Sequence[Point], recording: Recording) -> list[Tried]:
        """Tries the points, and those once more that their workers never came to though nothing else went wrong."""
        tried: dict[Point, Tried] = {}
        left = list(points)
        for _ in range(_OFTEN):
            for one in self._killed(left, recording):
                before = tried.get(one.point)
                earlier = (*before.earlier, before.problem) if before else ()
                tried[one.point] = replace(one, earlier=earlier)
            left = [one.point for one in tried.values() if one.problem and not (one.difference or one.paid_twice)]
            if not left:
                break
        return [tried[point] for point in points]

    def _killed(self, points: Sequence[Point], recording: Recording) -> list[Tried]:
        """All workers are killed first, then all messages are delivered again."""
        runs = self._prepared(len(points))
        problems: dict[str, str] = {}

        def one(run: Run, point: Point) -> None:
            told = self._killed_one(run, Killer(point, self._last_words(run)))
            if told is not None:
                problems[run.name] = f"the worker never came to this point; it answered {told.answer}"

        _all_at_once(one, runs, points)
        self._settle(runs)
        outcomes = self._outcomes(runs)
        return [
            self._tried(run, point, outcome, recording, problems.get(run.name, ""))
            for run, point, outcome in zip(runs, points, outcomes, strict=True)
        ]

    def _tried(self, run: Run, point: Point, outcome: Outcome, recording: Recording, problem: str) -> Tried:
        again = self._paid(run) - recording.paid
        allowed = self._cut_off(run) | Counter({path: again[path] for path in self.kind.bought_again})
        found = difference(_once_parked(recording.outcome), _once_parked(outcome))
        return Tried(point, found, again & allowed, again - allowed, problem)

    def _prepared(self, count: int) -> list[Run]:
        """So many runs, whose senders have sent and been answered what comes first."""
        runs = [self.world.run_of(self.kind, self._twilio()) for _ in range(count)]
        for earlier in self.kind.first:
            _all_at_once(lambda run, sent=earlier: self._send(run, sent), runs)
            self._settle_queues()
        for run in runs:
            self.world.write(run, self.kind)
        if self.kind.late == "come":
            self._wait_for_files(runs)
        return runs

    def _wait_for_files(self, runs: Sequence[Run]) -> None:
        """The senders have heard that their files are missing; now these are there, and the messages in the queue."""
        _all_at_once(self.world.announce, runs)
        self.world.grow_old(self._queue, runs)
        self._settle_queues()
        for run in runs:
            self.world.file_comes(run)
        self.world.bring_back()

    def _announce(self, run: Run) -> None:
        self.world.announce(run)
        if self.kind.late:
            self.world.grow_old(self._queue, [run])

    def _twilio(self) -> TwilioInABox | None:
        """A sweep asks for all messages there are; so each gets a Twilio of its own."""
        if self.kind.killed != "sweep":
            return None
        usual = self.world.platform.twilio
        folder = self.world.folder / "swept" / uuid.uuid4().hex
        made = TwilioInABox(folder, auth_token=usual.auth_token, patience=usual.patience, overrides=usual.overrides)
        made.webhook_url, made.fate, made.told_after = usual.webhook_url, usual.fate, usual.told_after
        return self._stand_ins.enter_context(made)

    def _send(self, run: Run, kind: Kind) -> None:
        self.world.write(run, kind)
        self.world.announce(run)

    def _killed_one(self, run: Run, gate: Any, **more: Any) -> Any:
        """The run's message up to where its process is killed; what that told, or None when it died."""
        match self.kind.killed:
            case "webhook":
                return self.world.invoke("webhook", self._request(run), gate, **more)
            case "sweep":
                with self._sweeping:
                    self.world.forget_sweeps()
                    return self._sweep(run, gate, **more)
            case "indexer":
                self._worked(run)
                return self._deliver("indexer", self._index_queue, run.sids[-1], gate, **more)
            case "sender":
                self._worked(run)
                if self.kind.posted:
                    self._deliver("sender", self._webhooks_queue, run.sids[-1], Recorder())
                mark = f'"{run.name}", "place"' if self.kind.posted else run.sids[-1]
                return self._deliver("sender", self._webhooks_queue, mark, gate, **more)
        if self.kind.late != "come":
            self._announce(run)
        if self.kind.killed == "live":
            return self._deliver("live", self._calls_queue, run.sids[-1], gate, **more)
        mark = run.name if self.kind.evening or self.kind.escalated or self.kind.phoned else run.sids[-1]
        return self._deliver("worker", self._queue, mark, gate, **more)

    def _worked(self, run: Run) -> None:
        """The worker files the run's message, undisturbed."""
        self.world.announce(run)
        message = self.world.take(self._queue, run.sids[-1])
        self.world.work("worker", self._queue, [message], Recorder())

    def _sweep(self, run: Run, gate: Any, **more: Any) -> Any:
        swept = more.pop("environment", {}) | {"TWILIO_API_URL": run.twilio.url}
        return self.world.invoke("sweep", {}, gate, environment=swept, **more)

    def _deliver(self, function: Any, queue: str, mark: str, gate: Any, **more: Any) -> Any:
        message = self.world.take(queue, mark)
        told = self.world.work(function, queue, [message], gate, **more)
        if told is None:
            self._died_over.append((queue, message))
        return told

    def _request(self, run: Run) -> dict[str, Any]:
        """The signed webhook as API Gateway hands it on (HTTP API, payload 2.0)."""
        signature = RequestValidator(run.twilio.auth_token).compute_signature(run.twilio.webhook_url, run.parameters)
        headers = {"x-twilio-signature": signature, "content-type": "application/x-www-form-urlencoded"}
        return {
            "version": "2.0",
            "rawPath": _WEBHOOK_PATH,
            "rawQueryString": "",
            "headers": headers,
            "requestContext": {"http": {"method": "POST", "path": _WEBHOOK_PATH}},
            "body": urlencode(run.parameters),
            "isBase64Encoded": False,
        }

    def _settle(self, runs: Iterable[Run]) -> None:
        """Delivers what is left until nothing is, then announces every message once more, which changes nothing."""
        while self._died_over:
            self.world.show_again(*self._died_over.pop())
        if self.kind.killed == "sweep":
            _all_at_once(lambda run: self._sweep(run, Recorder()), list(runs))
        self._settle_queues()
        _all_at_once(self.world.file_comes, list(runs))
        while self.world.bring_back():
            self.world.hours_later = True
            self._settle_queues()
        self.world.hours_later = False
        _all_at_once(self.world.announce, list(runs))
        self._settle_queues(batch=10)

    def _settle_queues(self, batch: int = 5) -> None:
        if self.kind.killed == "live":
            self.world.settle("live", self._calls_queue, Recorder(), 1)
        self.world.settle("worker", self._queue, Recorder(), batch)
        if self.kind.killed == "indexer":
            self.world.settle("indexer", self._index_queue, Recorder(), 1)
        if self.kind.killed == "sender":
            self.world.settle("sender", self._webhooks_queue, Recorder(), 1)
        self.world.wait_for_others()

    def _outcomes(self, runs: Sequence[Run]) -> list[Outcome]:
        snapshot = Snapshot.take(self.world, runs)
        return [snapshot.outcome(run) for run in runs]

    def _paid(self, run: Run) -> Counter[str]:
        return self.world.model.paid_by(run.name)

    def _last_words(self, run: Run) -> Path:
        return self.world.folder / f"{run.name}-last-words.json"

    def _cut_off(self, run: Run) -> Counter[str]:
        """What may be bought again, by path: the calls that the killed process had not kept."""
        words = self._last_words(run)
        return Counter(json.loads(words.read_text(encoding="utf-8")) if words.exists() else [])


def _once_parked(outcome: Outcome) -> Outcome:
    """A queue takes what is sent twice twice; one parked twice is replayed twice, which is safe."""
    return Counter({pair: 1 if pair[0] == _PARKED else count for pair, count in outcome.items()})


def _all_at_once(do: Callable[..., object], *arguments: Sequence[Any]) -> None:
    with ThreadPoolExecutor(_SENDERS_AT_ONCE) as threads:
        list(threads.map(do, *arguments))
