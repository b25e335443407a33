"""A contact that a phone sends: a vCard."""

import json


def card(asked: str) -> bytes:
    """The vCard for what a page asks: a vCard, or JSON with `name` and `phone`; raises ValueError."""
    if asked.lstrip().upper().startswith("BEGIN:VCARD"):
        return asked.encode()
    found = json.loads(asked)
    if not (isinstance(found, dict) and isinstance(found.get("name"), str)):
        raise ValueError("A contact is a vCard, or JSON with name and phone.")  # noqa: TRY004 - a wrong value to the page
    name, phone = (_escaped(str(found.get(one, ""))) for one in ("name", "phone"))
    lines = ["BEGIN:VCARD", "VERSION:3.0", f"N:;{name};;;", f"FN:{name}"]
    lines += [f"TEL;TYPE=CELL:{phone}"] if phone else []
    return "\r\n".join([*lines, "END:VCARD", ""]).encode()


def read(text: str) -> dict[str, str]:
    """Name and phone of a vCard."""
    found = {"name": "", "phone": ""}
    for line in text.splitlines():
        name, _, value = line.partition(":")
        kind = name.partition(";")[0].upper().rpartition(".")[2]
        if kind in {"FN", "TEL"}:
            found["name" if kind == "FN" else "phone"] = value.replace("\\,", ",").replace("\\;", ";").strip()
    return found


def _escaped(text: str) -> str:
    plain = " ".join(text.split())
    return plain.replace("\\", "\\\\").replace(",", "\\,").replace(";", "\\;")
