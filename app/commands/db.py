"""`xephang db upgrade | backup | restore`."""

import sqlite3
from contextlib import closing
from itertools import count
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import make_url

from app.arguments import LangOption
from app.console import tell, worded
from app.database import reach_database
from app.settings import read_settings
from campaign.migrate import upgrade as upgrade_tables
from campaign.refusal import Refused
from words import Text

commands = typer.Typer(help="The database: bring it up to date, copy it, put a copy back.", no_args_is_help=True)


def add_to(cli: typer.Typer, name: str) -> None:
    """Put these commands on the command line under one word."""
    cli.add_typer(commands, name=name)


@commands.command()
@worded
def upgrade(*, lang: LangOption = "vi") -> None:
    """Create or change the tables as this version needs them."""
    database = reach_database(read_settings())
    upgrade_tables(database)
    database.close()
    tell(Text("app.upgraded"), lang)


@commands.command()
@worded
def backup(
    file: Annotated[Path, typer.Argument(help="Where to write the copy; must not exist.")], *, lang: LangOption = "vi"
) -> None:
    """Copy the SQLite database, also while it is in use."""
    if file.exists():
        raise Refused(Text("app.copy_exists", file=str(file)))
    present = _sqlite_file()
    if not present.is_file():
        raise Refused(Text("app.nothing_to_copy", file=str(present)))
    _copy(present, file)
    tell(Text("app.backed_up", file=str(file)), lang)


@commands.command()
@worded
def restore(
    file: Annotated[Path, typer.Argument(help="A copy made by `xephang db backup`.")], *, lang: LangOption = "vi"
) -> None:
    """Put a copy back. Stop `xephang serve` first; the present database is kept beside it."""
    if not file.is_file():
        raise Refused(Text("app.no_such_copy", file=str(file)))
    _check_copy(file)
    present = _sqlite_file()
    if present.exists():
        kept = _unused(present.with_name(f"{present.name}.before-restore"))
        _copy(present, kept)
        tell(Text("app.kept_before_restore", file=str(kept)), lang)
    _copy(file, present)
    tell(Text("app.restored", file=str(present)), lang)


def _check_copy(file: Path) -> None:
    """Raise Refused for a file that is no whole database of ours: it would replace the present one."""
    try:
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as copy:
            whole = copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            ours = copy.execute("SELECT count(*) FROM sqlite_master WHERE name = 'campaigns'").fetchone() == (1,)
    except sqlite3.Error:
        whole = ours = False
    if not (whole and ours):
        raise Refused(Text("app.no_copy_of_ours", file=str(file)))


def _unused(path: Path) -> Path:
    """The path, or the first of its kind with a number behind it that is free."""
    names = (path.with_name(f"{path.name}-{number}") if number else path for number in count())
    return next(each for each in names if not each.exists())


def _copy(source: Path, target: Path) -> None:
    try:
        with closing(sqlite3.connect(source)) as begin, closing(sqlite3.connect(target)) as end:
            begin.backup(end)
    except sqlite3.Error as error:
        raise Refused(Text("app.not_copied", source=str(source), target=str(target), why=str(error))) from error


def _sqlite_file() -> Path:
    url = make_url(read_settings().database_url)
    if url.get_backend_name() != "sqlite" or not url.database:
        raise Refused(Text("app.not_sqlite"))
    return Path(url.database)
