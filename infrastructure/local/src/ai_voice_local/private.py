"""Files and folders that no other user of this machine may read: they hold keys, tokens and people's words."""

import os
from pathlib import Path
from typing import BinaryIO

UMASK = 0o077
"""The mask for processes whose new files are all private."""


def folder(path: Path) -> None:
    """Makes the folder, or makes an existing one private: its files of earlier runs may be readable."""
    path.mkdir(parents=True, exist_ok=True)
    path.chmod(0o700)


def created(path: Path) -> BinaryIO:
    """A new file to write into; it replaces an existing one."""
    path.unlink(missing_ok=True)
    return open(path, "xb", opener=lambda name, flags: os.open(name, flags, 0o600))


def write(path: Path, text: str) -> None:
    """Writes a new file; it replaces an existing one."""
    with created(path) as file:
        file.write(text.encode())
