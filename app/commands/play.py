"""`xephang play`."""

from pathlib import Path
from typing import Annotated

import typer

from app.console import WRONG_USE, end_with, worded
from app.play import play as run


@worded
def play(
    port: Annotated[int, typer.Option(help="Port on 127.0.0.1.", min=0, max=65535)] = 8765,
    out: Annotated[Path, typer.Option(help="Folder for the state and play.env.")] = Path("xephang-play"),
    *,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Do not open a page.")] = False,
) -> None:
    """Serve the sandbox to act in, with the bot running, until interrupted."""
    del no_browser  # there is no page yet that could be opened: HTTP only, with or without the flag
    try:
        run(port, out, typer.echo)
    except OSError as error:
        end_with(f"Port {port} cannot be used ({error.strerror}). Choose another with --port.", WRONG_USE)


def add_to(cli: typer.Typer, name: str) -> None:
    """Put this command on the command line."""
    cli.command(name)(play)
