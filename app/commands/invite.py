"""`xephang invite create`."""

import asyncio
import csv
import io
import secrets
from pathlib import Path
from typing import Annotated

import typer

from app.console import FOUND_ERRORS, LangOption, end_with, language_of, read_file, worded
from app.office import ADMINISTRATOR, at_work
from app.settings import BadSettingsError, read_settings
from bot.doctor import ask_username
from campaign.people import Invitee, invite
from campaign.queries import campaign_named
from campaign.roles import Role

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
    csv_file: Annotated[Path, typer.Option("--csv", help="CSV: role,unit,name,email (role: contact, officer, leader)")],
    out: Annotated[Path | None, typer.Option(help="Write the links to this CSV. Default: the terminal.")] = None,
    bot: Annotated[str | None, typer.Option(help="The bot's username. Default: asked from Telegram.")] = None,
    campaign: Annotated[str | None, typer.Option(help="The campaign's code. Default: the newest.")] = None,
    lang: LangOption = "vi",
) -> None:
    """Make one invitation link a row. A link works once, for 60 days; a new one replaces an unused older one."""
    language_of(lang)
    rows = _rows(read_file(csv_file), csv_file)
    username = bot or _username()
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
    if out:
        out.write_text(links.getvalue(), "utf-8")
        typer.echo(
            f"{len(rows)} links written to {out}. Whoever opens a link first gets its role: send each to its person."
        )
    else:
        typer.echo(links.getvalue(), nl=False)


def _rows(text: str, file: Path) -> list[dict[str, str]]:

    dialect = "excel" if text.partition("\n")[0].count(",") >= text.partition("\n")[0].count(";") else "semicolon"
    reader = csv.DictReader(io.StringIO(text), delimiter="," if dialect == "excel" else ";")
    if missing := sorted({"role", "name"} - set(reader.fieldnames or ())):
        end_with(f"{file}:1: column {', '.join(missing)} is missing. Wanted: {','.join(COLUMNS)}.", FOUND_ERRORS)
    rows = [{column: (row.get(column) or "").strip() for column in COLUMNS} for row in reader]
    known = {str(role) for role in Role}
    bad = [line for line, row in enumerate(rows, start=2) if row["role"] not in known or not row["name"]]
    if bad:
        lines = ", ".join(map(str, bad))
        end_with(
            f"{file}: lines {lines}: role must be one of {', '.join(sorted(known))}, name not empty.", FOUND_ERRORS
        )
    return rows


def _username() -> str:

    settings = read_settings()
    token = settings.token()
    if token is None:
        raise BadSettingsError(["XEPHANG_TELEGRAM_TOKEN is not set. Set it, or name the bot with --bot."])
    return asyncio.run(ask_username(token, settings.telegram_base_url, settings.telegram_proxy))
