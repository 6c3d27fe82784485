"""`xephang play`."""

from datetime import datetime
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from app.console import WRONG_USE, end_with, worded
from app.play import play as run

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


@worded
def play(
    port: Annotated[int, typer.Option(help="Port on 127.0.0.1.", min=0, max=65535)] = 8765,
    out: Annotated[Path, typer.Option(help="Folder for the state and play.env.")] = Path("xephang-play"),
    at: Annotated[datetime | None, typer.Option(help="Where the sandbox's time begins, such as 2026-09-01.")] = None,
    *,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Do not open a page.")] = False,
) -> None:
    """Serve the sandbox to act in, with the bot running, until interrupted."""
    del no_browser  # there is no page yet that could be opened: HTTP only, with or without the flag
    try:
        run(port, out, at and at.replace(tzinfo=ZONE), typer.echo)
    except OSError as error:
        end_with(f"Port {port} cannot be used ({error.strerror}). Choose another with --port.", WRONG_USE)


def add_to(cli: typer.Typer, name: str) -> None:
    """Put this command on the command line."""
    cli.command(name)(play)
