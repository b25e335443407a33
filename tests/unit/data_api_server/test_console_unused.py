"""Nothing stands in the console that nobody uses: each word, class and export is named somewhere."""

import re

from data_api_server.console import assets

PAGE = assets.FOLDER
_OURS = {
    path: path.read_text(encoding="utf-8")
    for path in PAGE.rglob("*.js")
    if not {PAGE / "vendor", PAGE / "words"} & set(path.parents)
}
_CODE = "\n".join([*_OURS.values(), (PAGE / "index.html").read_text(encoding="utf-8")])
_PLURAL = re.compile(r"_(zero|one|two|few|many|other)$")


def test_every_word_is_said_somewhere() -> None:
    words = (PAGE / "words" / "en.js").read_text(encoding="utf-8")
    keys = {_PLURAL.sub("", key) for key in re.findall(r'"([^"\n]+)":\s', words)}
    named = set(re.findall(r"""["'`]([\w.-]+)["'`]""", _CODE))
    made = [_pattern(text) for text in re.findall(r"`([a-z][\w.-]*\.[^`\s]*\$\{[^`]*)`", _CODE)]
    assert {key for key in keys - named if not any(one.fullmatch(key) for one in made)} == set()


def test_every_class_of_the_styles_is_on_the_page() -> None:
    styles = "\n".join(path.read_text(encoding="utf-8") for path in (PAGE / "styles").glob("*.css"))
    selectors = re.sub(r"\{[^{}]*\}", "", styles)
    assert set(re.findall(r"\.([a-z][\w-]*)", selectors)) - set(re.findall(r"[a-z][\w-]*", _CODE)) == set()


def test_every_export_is_imported_by_another_module() -> None:
    for path, text in _OURS.items():
        others = "\n".join(other for one, other in _OURS.items() if one != path)
        for name in re.findall(r"^export (?:async )?(?:const|let|function|class) (\w+)", text, re.MULTILINE):
            assert re.search(rf"\b{name}\b", others), f"{path.relative_to(PAGE)}: {name}"


def test_every_module_is_imported_by_another() -> None:
    imported = {
        (path.parent / name).resolve()
        for path, text in _OURS.items()
        for name in re.findall(r"""(?:from|import\()\s*["'](\.[^"']+)["']""", text)
    }
    assert set(_OURS) - imported == {PAGE / "app" / "start.js"}


def _pattern(made: str) -> re.Pattern[str]:
    """What a template literal, such as `nav.${path}`, can be."""
    parts = (re.escape(part) for part in re.split(r"\$\{[^}]*\}", made))
    return re.compile(r"[\w.-]+".join(parts))


def test_every_name_that_is_imported_is_exported() -> None:
    for path, text in _OURS.items():
        for names, place in re.findall(r"""import\s*\{([^}]*)\}\s*from\s*["'](\.[^"']+)["']""", text):
            there = _exports(_OURS[(path.parent / place).resolve()])
            wanted = {name.split(" as ")[0].strip() for name in names.split(",") if name.strip()}
            assert wanted - there == set(), f"{path.relative_to(PAGE)} from {place}"


def _exports(text: str) -> set[str]:
    declared = re.findall(r"^export (?:async )?(?:const|let|function\*?|class) (\w+)", text, re.MULTILINE)
    listed = ",".join(re.findall(r"^export \{([^}]*)\}", text, re.MULTILINE)).split(",")
    return {*declared, *(name.split(" as ")[-1].strip() for name in listed)}
