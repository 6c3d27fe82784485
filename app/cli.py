"""The command line. Only the module of the wanted command is loaded, so that `--help` answers at once."""

import sys
from importlib import import_module

import typer

COMMANDS = {
    "demo": "Play a whole campaign in the sandbox, in a minute, ending with the ranking in chat.",
    "play": "Serve the sandbox to act in: HTTP for programs, with the bot running.",
    "serve": "Run the real thing: bot, scheduler, delivery; /health.",
    "doctor": "Check each setting, account and permission; say what to mend.",
    "score": "Score and rank units from CSV files, without any campaign.",
    "next": "Say what a unit lacks to its next grade or level.",
    "compare": "Compare a ranking with an earlier year's, also under other criteria.",
    "robustness": "Say how firm a ranking is when weights or data are a little different.",
    "regulation": "Regulations: list, show, check, schema.",
    "campaign": "Campaigns: create, arm, status, observe, find, rank, approve, publish.",
    "invite": "Invitations: links that bind people to their roles.",
    "report": "Reports in the terminal: ranking, progress.",
    "db": "The database: upgrade, backup, restore.",
}


def main() -> None:
    """Run the command that the arguments name."""
    wanted = next((word for word in sys.argv[1:] if not word.startswith("-")), None)
    cli = typer.Typer(
        name="xephang",
        help="Runs a province's yearly assessment of its agencies, from the letter to the published ranking.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
    )
    for name, summary in COMMANDS.items():
        if name == wanted:
            import_module(f"app.commands.{name}").add_to(cli, name)
        else:
            cli.command(name, help=summary)(_listed_only)
    cli()


def _listed_only() -> None:
    """Stand in the list of commands; its module is loaded when it is wanted."""
