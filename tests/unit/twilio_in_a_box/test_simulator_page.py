"""The simulator's page: what is vendored, what may not stand in it, and that nothing in it is unused."""

import hashlib
import json
import re

from ai_voice_operations.templates import INFRASTRUCTURE
from data_api_server.console import assets

PAGE = INFRASTRUCTURE / "local" / "twilio-in-a-box" / "src" / "twilio_in_a_box" / "page"
VENDOR = PAGE / "vendor"
STYLES = sorted((PAGE / "styles").glob("*.css"))
CODE = {
    path: path.read_text(encoding="utf-8")
    for path in PAGE.rglob("*.js")
    if not {VENDOR, PAGE / "words"} & set(path.parents)
}
LONGEST_COMPONENT = 60
"""Lines of a file with a component, without its empty lines and its imports."""
LONGEST_FILE = 100


def test_the_page_and_the_console_vendor_the_same_bytes() -> None:
    vendored = json.loads((VENDOR / "vendor.json").read_text(encoding="utf-8"))
    of_console = json.loads((assets.FOLDER / "vendor" / "vendor.json").read_text(encoding="utf-8"))
    told = {"vendor.json"}
    for name, one in vendored.items():
        assert one == of_console[name]
        for file, digest in ((one["file"], one["sha256"]), (one["licence_file"], one["licence_sha256"])):
            assert hashlib.sha256((VENDOR / file).read_bytes()).hexdigest() == digest
            assert (VENDOR / file).read_bytes() == (assets.FOLDER / "vendor" / file).read_bytes()
            told.add(file)
    assert {path.name for path in VENDOR.iterdir()} == told


def test_the_page_and_the_console_have_the_same_colours() -> None:
    """They are copied: the box imports nothing of the platform."""
    tokens = "styles/tokens.css"
    assert (PAGE / tokens).read_bytes() == (assets.FOLDER / tokens).read_bytes()


def test_the_page_and_the_console_have_the_same_tokens() -> None:
    assert (PAGE / "styles" / "tokens.css").read_bytes() == (assets.FOLDER / "styles" / "tokens.css").read_bytes()


def test_the_page_names_files_that_are_there_and_nothing_stands_inside_it() -> None:
    page = (PAGE / "index.html").read_text(encoding="utf-8")
    named = re.findall(r'(?:href|src)="([^"]+)"', page)
    assert {PAGE / name for name in named} >= set(STYLES)
    assert [name for name in named if not (PAGE / name).is_file()] == []
    assert re.findall(r"<style|<script(?! type=\"module\" src=)|\son\w+=|\sstyle=", page) == []


def test_nothing_foreign_and_nothing_that_reads_text_as_html() -> None:
    refused = re.compile(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|dangerously|\beval\(|new Function|srcdoc"
    )
    for path in [*CODE, *STYLES, PAGE / "index.html"]:
        text = path.read_text(encoding="utf-8")
        assert refused.findall(text) == [], path.name
        assert re.findall(r"(?:https?|wss?):\/\/[^\s\"'`)]*", text) == [], path.name


def test_modules_are_short_and_a_component_stands_alone() -> None:
    for path, text in CODE.items():
        lines = [line for line in text.splitlines() if line.strip() and not line.startswith("import ")]
        assert len(lines) <= (LONGEST_COMPONENT if "html`" in text else LONGEST_FILE), path.name


def test_modules_import_what_is_there_and_every_module_is_imported() -> None:
    imported = set()
    for path, text in CODE.items():
        for names, place in re.findall(r"""(?:im|ex)port\s+(?:\{([^}]*)\}|\w+)\s+from\s+["']([^"']+)["']""", text):
            file = (path.parent / place).resolve()
            assert file.is_file(), f"{path.name} imports {place}"
            imported.add(file)
            there = file.read_text(encoding="utf-8")
            for name in filter(None, (one.strip() for one in names.split(","))):
                assert file.parent == VENDOR or re.search(rf"\bexport\b.*\b{name}\b", there), f"{path.name}: {name}"
                assert len(re.findall(rf"\b{name}\b", text)) > 1 or text.startswith("// Preact"), f"{path.name}: {name}"
    assert set(CODE) - imported == {PAGE / "app" / "main.js"}


def test_every_word_is_said_and_every_word_that_is_said_is_there() -> None:
    words = (PAGE / "words" / "en.js").read_text(encoding="utf-8")
    pairs = re.findall(r'"([^"\n]+)":\s+"(?:[^"\\]|\\.)*"', words)
    assert len(pairs) == len(set(pairs)), "a key stands twice"
    keys = {re.sub(r"_(one|other)$", "", key) for key in pairs}
    code = "\n".join(CODE.values())
    named = set(re.findall(r"""["'`]([\w.-]+)["'`]""", code))
    made = [re.compile(_pattern(text)) for text in re.findall(r"`([a-z][\w.-]*\.[^`\s]*\$\{[^`]*)`", code)]
    assert {key for key in keys - named if not any(one.fullmatch(key) for one in made)} == set()
    assert set(re.findall(r"""\bt\(["']([^"']+)["']""", code)) - keys == set()


def test_every_class_of_the_styles_is_on_the_page() -> None:
    selectors = re.sub(r"\{[^{}]*\}", "", "\n".join(path.read_text(encoding="utf-8") for path in STYLES))
    assert (
        set(re.findall(r"\.([a-z][\w-]*)", selectors)) - set(re.findall(r"[a-z][\w-]*", "\n".join(CODE.values())))
        == set()
    )


def _pattern(made: str) -> str:
    """What a template literal, such as `nav.${path}`, can be."""
    return r"[\w.-]+".join(re.escape(part) for part in re.split(r"\$\{[^}]*\}", made))
