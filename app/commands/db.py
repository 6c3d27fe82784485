"""`xephang db upgrade | backup | restore`."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import make_url

from app.console import FOUND_ERRORS, end_with, worded
from app.settings import read_settings
from campaign.database import Database
from campaign.migrate import upgrade as upgrade_tables

commands = typer.Typer(help="The database: bring it up to date, copy it, put a copy back.", no_args_is_help=True)


def add_to(cli: typer.Typer, name: str) -> None:
    """Put these commands on the command line under one word."""
    cli.add_typer(commands, name=name)


@commands.command()
@worded
def upgrade() -> None:
    """Create or change the tables as this version needs them."""
    database = Database(read_settings().database_url)
    upgrade_tables(database)
    database.close()
    typer.echo("The database is up to date.")


@commands.command()
@worded
def backup(file: Annotated[Path, typer.Argument(help="Where to write the copy; must not exist.")]) -> None:
    """Copy the SQLite database, also while it is in use."""
    if file.exists():
        end_with(f"{file} exists already. Choose another name.", FOUND_ERRORS)
    with closing(sqlite3.connect(_sqlite_file())) as source, closing(sqlite3.connect(file)) as target:
        source.backup(target)
    typer.echo(f"Written: {file}")


@commands.command()
@worded
def restore(file: Annotated[Path, typer.Argument(help="A copy made by `xephang db backup`.")]) -> None:
    """Put a copy back. Stop `xephang serve` first; the present database is kept beside it."""
    if not file.is_file():
        end_with(f"{file} is not a file.", FOUND_ERRORS)
    present = _sqlite_file()
    if present.exists():
        kept = present.with_name(f"{present.name}.before-restore")
        with closing(sqlite3.connect(present)) as source, closing(sqlite3.connect(kept)) as target:
            source.backup(target)
        typer.echo(f"The present database is kept as {kept}")
    with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(present)) as target:
        source.backup(target)
    typer.echo(f"Restored: {present}")


def _sqlite_file() -> Path:

    url = make_url(read_settings().database_url)
    if url.get_backend_name() != "sqlite" or not url.database:
        end_with("This database is no SQLite file. Use pg_dump and pg_restore.", FOUND_ERRORS)
    return Path(url.database)
