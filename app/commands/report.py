"""`xephang report ranking | progress`."""

import typer

from app.arguments import CodeArgument, JsonOption, LangOption
from app.console import print_json, tell, worded
from app.office import at_work, newest_ranking
from campaign.finding import campaign_named
from campaign.queries import board
from reports.chat import ranking_lines
from reports.progress import board_text
from reports.publication import table_of

commands = typer.Typer(help="Reports in the terminal.", no_args_is_help=True)


def add_to(cli: typer.Typer, name: str) -> None:
    """Put these commands on the command line under one word."""
    cli.add_typer(commands, name=name)


@commands.command()
@worded
def ranking(code: CodeArgument = None, *, json: JsonOption = False, lang: LangOption = "vi") -> None:
    """Print the newest version of the ranking."""
    with at_work() as (session, _):
        newest = newest_ranking(session, code)
        if json:
            print_json(newest.document)
            return
        for line in ranking_lines(table_of(newest)):
            tell(line, lang)


@commands.command()
@worded
def progress(code: CodeArgument = None, *, lang: LangOption = "vi") -> None:
    """Print who has submitted, who has begun, who is silent."""
    with at_work() as (session, _):
        tell(board_text(board(session, campaign_named(session, code))), lang)
