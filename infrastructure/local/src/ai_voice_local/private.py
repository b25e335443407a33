"""Files and folders that nobody else on this machine may look into: they hold keys, tokens and what people said."""

import os
from pathlib import Path
from typing import BinaryIO

UMASK = 0o077
"""For processes whose new files all are such."""


def folder(path: Path) -> None:
    """Makes the folder, or closes one that is there: what lies in it from earlier runs may be readable."""
    path.mkdir(parents=True, exist_ok=True)
    path.chmod(0o700)


def created(path: Path) -> BinaryIO:
    """A new file to write into, in place of one that is there."""
    path.unlink(missing_ok=True)
    return open(path, "xb", opener=lambda name, flags: os.open(name, flags, 0o600))


def write(path: Path, text: str) -> None:
    """Writes a new file, in place of one that is there."""
    with created(path) as file:
        file.write(text.encode())
