"""`xephang campaign …`: everything an administrator or officer does with a campaign on the command line."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.arguments import (
    CodeArgument,
    CodeOption,
    DayOption,
    JsonOption,
    LangOption,
    RegulationArgument,
    RequiredDayOption,
    read_file,
)
from app.commands.assessing import find, observe
from app.commands.deciding import approve, publish, rank
from app.commands.forms import form, forms, register
from app.commands.reopening import extend, give_back
from app.commands.submission import confirm, submission
from app.console import print_json, require_no_errors, tell, worded
from app.failures import FOUND_ERRORS, WrongUseError
from app.google_units import lacking_for, units_on_google
from app.office import ADMINISTRATOR, at_work
from app.overview import overview
from app.settings import read_settings
from campaign import receiving, setup
from campaign.calendars import is_known
from campaign.files import NewFile
from campaign.finding import campaign_named, unit_coded
from campaign.history import stage_name
from campaign.issuing import expected_minutes
from campaign.models import Campaign, FormKind
from campaign.plan import due_of, has_form, timetable_of
from campaign.ports import Letter
from campaign.queries import board, unacknowledged_text
from campaign.requests import term_text
from reports.notices import notice
from reports.progress import board_text
from scoring import Regulation, Unit, load_regulation, read_units, shipped_units
from words import Language, Text, say

__all__ = [
    "acknowledge",
    "add_to",
    "approve",
    "arm",
    "confirm",
    "create",
    "extend",
    "find",
    "form",
    "forms",
    "give_back",
    "list_campaigns",
    "observe",
    "publish",
    "rank",
    "register",
    "status",
    "submission",
]


@worded
def create(  # noqa: PLR0913 - each is an option of the command
    regulation: RegulationArgument,
    *,
    year: Annotated[int, typer.Option(help="The year that is assessed.")],
    letter_number: Annotated[str, typer.Option(help="Number of the official letter.")],
    letter_date: RequiredDayOption,
    signer: Annotated[str, typer.Option(help="Who signed it.")],
    units: Annotated[Path | None, typer.Option(help="units.csv. Default: the regulation's shipped list.")] = None,
    letter_file: Annotated[Path | None, typer.Option(help="The signed letter as PDF.")] = None,
    issue_on: DayOption = None,
    forms: Annotated[FormKind, typer.Option(help="What units fill in, where nothing else is said of one.")] = (
        FormKind.GOOGLE
    ),
    contact: Annotated[str, typer.Option(help="Whom units may ask; it stands on the form.")] = "",
    head_confirms: Annotated[bool, typer.Option(help="Whether the head of a unit has to confirm what it submits.")] = (
        False
    ),
    lang: LangOption = "vi",
) -> None:
    """Create a campaign as a draft. The same command again changes nothing."""
    newest = _law(regulation, None, lang)
    day = issue_on or newest.timetable.issue_on.in_year(year)
    law = _law(regulation, day, lang)
    wanted = setup.NewCampaign(
        law,
        _units(units, law, lang),
        year,
        Letter(letter_number, letter_date, signer),
        NewFile(letter_file.name, "application/pdf", letter_file.read_bytes()) if letter_file else None,
        day,
        read_settings().timezone,
        forms=forms,
        contact=contact,
        head_confirms=head_confirms,
    )
    with at_work() as (session, now):
        campaign = setup.create(session, wanted, actor=ADMINISTRATOR, now=now)
        done = Text("app.created", campaign=campaign.code, n=len(campaign.units), issue_on=campaign.issue_on)
    tell(done, lang)


def _law(regulation: str, on: date | None, language: Language) -> Regulation:
    """The regulation as it holds on a day."""
    law, problems = load_regulation(regulation, on)
    require_no_errors(problems, language)
    if law is None:
        raise typer.Exit(FOUND_ERRORS)
    return law


def _units(file: Path | None, law: Regulation, language: Language) -> tuple[Unit, ...]:
    text, name = (read_file(file), str(file)) if file else (shipped_units(law.id), f"{law.id}.units.csv")
    units, problems = read_units(text, name, law)
    require_no_errors(problems, language)
    return units


@worded
def list_campaigns(*, lang: LangOption = "vi") -> None:
    """List the campaigns, newest first."""
    with at_work() as (session, _):
        for campaign in session.scalars(select(Campaign).order_by(Campaign.id.desc())):
            typer.echo(f"{campaign.code}  {say(stage_name(campaign.stage), lang)}  {campaign.title}")


@worded
def arm(
    code: CodeArgument = None,
    *,
    letter_number: Annotated[str | None, typer.Option(help="Number of the official letter, if still to come.")] = None,
    letter_date: DayOption = None,
    signer: Annotated[str | None, typer.Option(help="Who signed it.")] = None,
    lang: LangOption = "vi",
) -> None:
    """Let the scheduler issue the campaign on its day."""
    letter = Letter(letter_number, letter_date, signer) if letter_number and letter_date and signer else None
    if letter is None and (letter_number or letter_date or signer):
        raise WrongUseError(Text("app.letter_in_part"))
    with at_work() as (session, now):
        campaign = campaign_named(session, code)
        if letter:
            setup.set_letter(session, campaign, letter, None, actor=ADMINISTRATOR, now=now)
        setup.arm(session, campaign, actor=ADMINISTRATOR, now=now)
        days, told = timetable_of(campaign), list(_forms_to_come(session, campaign))
    tell(Text("app.armed", campaign=campaign.code, issue_at=days.issue_at, last_day=days.due.last_day), lang)
    if days.receipt:
        term = term_text(days.receipt.term)
        tell(Text("campaign.terms_by_receipt", term=term, latest=days.receipt.latest), lang)
    for text in told:
        tell(text, lang)
    if not is_known(campaign.year):
        tell(Text("app.calendar_unknown", year=str(campaign.year)), lang)


def _forms_to_come(session: Session, campaign: Campaign) -> Iterator[Text]:
    """How many forms the day of issue brings, and how long it takes to make them."""
    from forms.google import pace_of  # noqa: PLC0415 - loads gspread, which is slow

    settings = read_settings()
    accounts = len(settings.google_credentials_file)
    online = len(units_on_google(campaign))
    in_chat = sum(has_form(unit) for unit in campaign.units) - online
    if online and accounts:
        minutes = expected_minutes(online, pace_of(accounts))
        yield Text("app.forms_expected", n=online, minutes=minutes, accounts=accounts)
    yield from lacking_for(session, campaign, settings)
    if in_chat:
        yield Text("app.forms_by_chat", n=in_chat)


@worded
def acknowledge(
    unit: Annotated[str, typer.Argument(help="The unit's code.")],
    *,
    day: RequiredDayOption,
    campaign: CodeOption = None,
    lang: LangOption = "vi",
) -> None:
    """Record on which day a unit received the letter on paper. Its term counts from there."""
    with at_work() as (session, now):
        found = unit_coded(session, campaign_named(session, campaign), unit)
        receiving.acknowledge(session, found, day, actor=ADMINISTRATOR, now=now)
        done = Text("campaign.acknowledged", unit=found.name, day=day, last_day=due_of(found).last_day)
    tell(done, lang)


@worded
def status(code: CodeArgument = None, *, json: JsonOption = False, lang: LangOption = "vi") -> None:
    """Show how far every unit is, and messages that may not have arrived."""
    with at_work() as (session, _):
        campaign = campaign_named(session, code)
        seen = overview(session, campaign)
        if json:
            print_json(seen)
            return
        state = board(session, campaign)
        tell(board_text(state), lang)
        if unacknowledged := unacknowledged_text(state):
            tell(notice(unacknowledged.id, unacknowledged.values, None).text, lang)
        for each in state.unlocked:
            tell(Text("app.unlocked", unit=each.unit.name, url=each.url, reason=each.why_in_trouble), lang)
        for message in seen["uncertain"]:
            tell(Text("app.uncertain", to=message["to"], key=message["key"], at=message["at"] or "–"), lang)


BEFORE: tuple[Callable[..., None], ...] = (create, forms, register, arm)
COLLECTING: tuple[Callable[..., None], ...] = (status, acknowledge, form, submission, confirm, extend)
AFTERWARDS: tuple[Callable[..., None], ...] = (observe, find, rank, approve, publish)


def add_to(cli: typer.Typer, name: str) -> None:
    """Put these commands on the command line under one word, in the order of the year."""
    commands = typer.Typer(help="Campaigns: from the letter to the published ranking.", no_args_is_help=True)
    commands.command("list")(list_campaigns)
    for command in (*BEFORE, *COLLECTING):
        commands.command()(command)
    commands.command("return")(give_back)
    for command in AFTERWARDS:
        commands.command()(command)
    cli.add_typer(commands, name=name)
