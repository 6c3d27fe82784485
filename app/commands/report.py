"""`xephang report ranking | progress`."""

from typing import Annotated

import typer

from app.console import FOUND_ERRORS, JsonOption, LangOption, end_with, language_of, plain, print_json, worded
from app.office import at_work
from campaign.queries import board, campaign_named, last_ranking
from reports.chat import ranking_lines
from reports.progress import board_text
from reports.publication import table_of
from words import say

commands = typer.Typer(help="Reports in the terminal.", no_args_is_help=True)


def add_to(cli: typer.Typer, name: str) -> None:
    """Put these commands on the command line under one word."""
    cli.add_typer(commands, name=name)


Code = Annotated[str | None, typer.Argument(help="The campaign's code. Default: the newest.")]


@commands.command()
@worded
def ranking(code: Code = None, *, json: JsonOption = False, lang: LangOption = "vi") -> None:
    """Print the newest version of the ranking."""
    with at_work() as (session, _):
        found = campaign_named(session, code)
        newest = last_ranking(session, found)
        if newest is None:
            end_with("There is no ranking yet. Compute one with: xephang campaign rank.", FOUND_ERRORS)
        if json:
            print_json(newest.document)
            return
        for line in ranking_lines(table_of(newest)):
            typer.echo(plain(say(line, language_of(lang))))


@commands.command()
@worded
def progress(code: Code = None, *, lang: LangOption = "vi") -> None:
    """Print who has submitted, who has begun, who is silent."""
    with at_work() as (session, _):
        typer.echo(plain(say(board_text(board(session, campaign_named(session, code))), language_of(lang))))
