"""`xephang invite create`."""

import csv
import io
import secrets
from pathlib import Path
from typing import Annotated

import typer

from app.arguments import CodeOption, LangOption, read_file
from app.console import tell, worded
from app.office import ADMINISTRATOR, at_work, username_of
from app.settings import read_settings
from campaign.finding import campaign_named
from campaign.people import Invitee, invite
from campaign.refusal import Refused
from campaign.roles import Role
from words import Series, Text

commands = typer.Typer(help="Invitations: links that bind people to their roles.", no_args_is_help=True)


def add_to(cli: typer.Typer, name: str) -> None:
    """Put these commands on the command line under one word."""
    cli.add_typer(commands, name=name)


COLUMNS = ("role", "unit", "name", "email")


@commands.callback()
def _group() -> None:
    """Keep `create` a word of its own."""


@commands.command()
@worded
def create(
    *,
    csv_file: Annotated[
        Path, typer.Option("--csv", help="CSV: role,unit,name,email (role: contact, head, officer, leader)")
    ],
    out: Annotated[Path | None, typer.Option(help="Write the links to this CSV. Default: the terminal.")] = None,
    bot: Annotated[str | None, typer.Option(help="The bot's username. Default: asked from Telegram.")] = None,
    campaign: CodeOption = None,
    lang: LangOption = "vi",
) -> None:
    """Make one invitation link a row. A link works once, for 60 days; a new one replaces an unused older one."""
    rows = _rows(read_file(csv_file), csv_file)
    username = bot or username_of(read_settings())
    links = io.StringIO()
    writer = csv.writer(links, lineterminator="\n")
    writer.writerow([*COLUMNS, "link"])
    with at_work() as (session, now):
        found = campaign_named(session, campaign)
        for row in rows:
            token = secrets.token_urlsafe(32)
            invitee = Invitee(Role(row["role"]), row["unit"], row["name"], row["email"])
            invite(session, found, invitee, token=token, actor=ADMINISTRATOR, now=now)
            writer.writerow([row[each] for each in COLUMNS] + [f"https://t.me/{username}?start={token}"])
        if out:  # before the commit: links that nobody got must not replace older ones
            out.write_text(links.getvalue(), "utf-8")
    if out:
        tell(Text("app.invited", n=len(rows), file=str(out)), lang)
    else:
        typer.echo(links.getvalue(), nl=False)


def _rows(text: str, file: Path) -> list[dict[str, str]]:
    header = text.partition("\n")[0]
    reader = csv.DictReader(io.StringIO(text), delimiter="," if header.count(",") >= header.count(";") else ";")
    if missing := sorted({"role", "name"} - set(reader.fieldnames or ())):
        raise Refused(
            Text("app.column_missing", file=str(file), columns=Series(tuple(missing)), wanted=",".join(COLUMNS))
        )
    rows = [{column: (row.get(column) or "").strip() for column in COLUMNS} for row in reader]
    known = sorted(str(role) for role in Role)
    bad = [str(line) for line, row in enumerate(rows, start=2) if row["role"] not in known or not row["name"]]
    if bad:
        raise Refused(Text("app.bad_invitees", file=str(file), lines=Series(tuple(bad)), roles=Series(tuple(known))))
    return rows
