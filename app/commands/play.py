"""`xephang play`."""

from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from app.arguments import LangOption, instant_of
from app.console import tell, worded
from app.interrupts import ended_by_interrupts
from app.play import play as run

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


@worded
def play(
    port: Annotated[int, typer.Option(help="Port on 127.0.0.1.", min=0, max=65535)] = 8765,
    out: Annotated[Path, typer.Option(help="Folder for the state and play.env.")] = Path("xephang-play"),
    at: Annotated[
        str | None, typer.Option(metavar="TIME", help="Where the sandbox's time begins: 2026-09-01T07:00 or a day.")
    ] = None,
    *,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Do not open a page.")] = False,
    lang: LangOption = "vi",
) -> None:
    """Serve the sandbox to act in, with the bot running, until interrupted."""
    del no_browser  # there is no page yet that could be opened: HTTP only, with or without the flag
    with ended_by_interrupts():
        run(port, out, instant_of(at, ZONE) if at else None, lambda text: tell(text, lang))


def add_to(cli: typer.Typer, name: str) -> None:
    """Put this command on the command line."""
    cli.command(name)(play)
