"""The house stays easy to walk: small rooms, and no imports in a circle."""

from collections import Counter
from pathlib import Path

from benchmarks import shape

from ai_voice_operations.templates import INFRASTRUCTURE

ROOT = INFRASTRUCTURE.parent
EVERY = shape.modules(ROOT)


def test_no_folder_holds_more_modules_than_somebody_can_keep_in_mind() -> None:
    folders = Counter(module.path.parent.relative_to(ROOT) for module in EVERY)
    assert {folder: count for folder, count in folders.items() if count > shape.LARGEST_FOLDER} == {}


def test_no_module_imports_itself_by_way_of_others() -> None:
    assert shape.circles(EVERY) == []


def test_a_service_imports_no_other_and_no_operators_command() -> None:
    services = {"webhook_handler", "voice_parser", "customer_lookup_server", "data_api_server"}
    crossing = {
        (module.name, imported)
        for module in EVERY
        for imported in module.imports
        if module.name.split(".")[0] in services
        and imported.split(".")[0] in (services | {"ai_voice_operations"}) - {module.name.split(".")[0]}
    }
    assert crossing == set()


def test_a_circle_is_found(tmp_path: Path) -> None:
    source = tmp_path / "service" / "src"
    source.mkdir(parents=True)
    for name, imported in (("a", "b"), ("b", "c"), ("c", "a"), ("d", "a")):
        (source / f"{name}.py").write_text(f"def go() -> None:\n    import {imported}\n", encoding="utf-8")
    assert shape.circles(shape.modules(tmp_path)) == [["a", "b", "c"]]
