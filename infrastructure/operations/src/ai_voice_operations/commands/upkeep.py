"""The commands that keep files of this repository up to date."""

from pathlib import Path
from typing import Annotated

import httpx
import typer

from ai_voice_operations import parameter_table, templates
from ai_voice_operations.deploying import base_image
from ai_voice_operations.terminal import Terminal

_SECONDS = 30.0


def base_update(
    registry: Annotated[str, typer.Option(metavar="URL", help="A mirror instead of the image's own registry.")] = "",
    file: Annotated[
        Path, typer.Option(metavar="FILE", show_default=False, help="Default: infrastructure/images/images.toml.")
    ] = base_image.FILE,
) -> None:
    """Pin the base image of all images to what its tag stands for now; commit the change."""
    with httpx.Client(timeout=_SECONDS) as http:
        before, after = base_image.update(file, base_image.Registry(http, registry.rstrip("/")))
    terminal = Terminal()
    if before == after:
        terminal.say(f"{after}: it is the newest already")
        return
    terminal.say(f"{before or 'not pinned'} → {after}")
    terminal.say(f"Commit {file.name}: the next deployment builds all images.")


def parameters_sync() -> None:
    """Write infrastructure/PARAMETERS.md from the templates and from the parameters files."""
    parameter_table.DOCUMENT.write_text(parameter_table.table(), encoding="utf-8")
    Terminal().say(f"{parameter_table.DOCUMENT.relative_to(templates.INFRASTRUCTURE.parent)} written")
