"""`xephang serve`."""

import asyncio

import typer

from app.arguments import LangOption
from app.clock import clock_of
from app.console import worded
from app.interrupts import ended_by_interrupts
from app.logs import set_up_logs
from app.serve import serve as run
from app.settings import read_settings


@worded
def serve(*, lang: LangOption = "vi") -> None:
    """Run the real thing: bot, scheduler, delivery; /health answers on XEPHANG_LISTEN."""
    del lang  # for what stops the start; people are spoken to in their own languages
    with ended_by_interrupts():
        settings = read_settings()
        set_up_logs(settings)
        asyncio.run(run(settings, clock_of(settings)))


def add_to(cli: typer.Typer, name: str) -> None:
    """Put this command on the command line."""
    cli.command(name)(serve)
