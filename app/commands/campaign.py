"""`xephang campaign …`: everything an administrator or officer does with a campaign on the command line."""

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import select

from app.console import (
    FOUND_ERRORS,
    WRONG_USE,
    JsonOption,
    LangOption,
    end_with,
    language_of,
    plain,
    print_json,
    read_file,
    require_no_errors,
    worded,
)
from app.office import ADMINISTRATOR, at_work
from app.overview import overview
from app.settings import read_settings
from campaign.files import NewFile
from campaign.history import stage_name
from campaign.models import Campaign
from campaign.plan import regulation_of, timetable_of
from campaign.ports import Letter
from campaign.queries import board, campaign_named, last_ranking
from campaign.ranking import approve as approve_ranking
from campaign.setup import NewCampaign, set_letter
from campaign.setup import arm as arm_campaign
from campaign.setup import create as create_campaign
from campaign.verifying import Verdict
from campaign.verifying import find as keep_findings
from campaign.verifying import observe as keep_observations
from reports.progress import board_text
from reports.publication import propose
from reports.publication import publish as publish_ranking
from scoring import Answer, By, Unit, UnitStatus, load_regulation, read_answers, read_units, shipped_units
from words import say

commands = typer.Typer(help="Campaigns: from the letter to the published ranking.", no_args_is_help=True)


def add_to(cli: typer.Typer, name: str) -> None:
    """Put these commands on the command line under one word."""
    cli.add_typer(commands, name=name)


CodeOption = Annotated[str | None, typer.Option("--campaign", help="The campaign's code. Default: the newest.")]


def _day(text: str) -> date:
    day = _strict_day(text, "%Y-%m-%d") or _strict_day(text, "%d/%m/%Y")
    return day or end_with(f"{text} is not a date. Write it as 2026-09-10 or 10/09/2026.", WRONG_USE)


def _strict_day(text: str, pattern: str) -> date | None:
    try:
        return datetime.strptime(text, pattern).date()  # noqa: DTZ007 - a date has no zone
    except ValueError:
        return None


DayOption = Annotated[date | None, typer.Option(parser=_day, metavar="DATE")]


@commands.command()
@worded
def create(
    regulation: Annotated[str, typer.Argument(help="A shipped regulation's id, or the path of a YAML file.")],
    *,
    year: Annotated[int, typer.Option(help="The year that is assessed.")],
    letter_number: Annotated[str, typer.Option(help="Number of the official letter.")],
    letter_date: Annotated[date, typer.Option(parser=_day, metavar="DATE", help="Its date.")],
    signer: Annotated[str, typer.Option(help="Who signed it.")],
    units: Annotated[Path | None, typer.Option(help="units.csv. Default: the regulation's shipped list.")] = None,
    letter_file: Annotated[Path | None, typer.Option(help="The signed letter as PDF.")] = None,
    issue_on: Annotated[date | None, typer.Option(parser=_day, metavar="DATE", help="Day of issue.")] = None,
    lang: LangOption = "vi",
) -> None:
    """Create a campaign as a draft. The same command again changes nothing."""
    language = language_of(lang)
    law, problems = load_regulation(regulation)
    require_no_errors(problems, language)
    if law is None:
        raise typer.Exit(FOUND_ERRORS)
    text, name = (read_file(units), str(units)) if units else (shipped_units(law.id), f"{law.id}.units.csv")
    listed, in_units = read_units(text, name, law)
    require_no_errors(in_units, language)
    wanted = NewCampaign(
        law,
        listed,
        year,
        Letter(letter_number, letter_date, signer),
        _letter_file(letter_file),
        issue_on,
        read_settings().timezone,
    )
    with at_work() as (session, now):
        campaign = create_campaign(session, wanted, actor=ADMINISTRATOR, now=now)
        typer.echo(f"{campaign.code}: {len(campaign.units)} units, to be issued on {campaign.issue_on}")


def _letter_file(path: Path | None) -> NewFile | None:

    if path is None:
        return None
    try:
        return NewFile(path.name, "application/pdf", path.read_bytes())
    except OSError as error:
        end_with(f"{path}: cannot be read ({error.strerror}).", WRONG_USE)


@commands.command("list")
@worded
def list_campaigns(*, lang: LangOption = "vi") -> None:
    """List the campaigns, newest first."""
    with at_work() as (session, _):
        for campaign in session.scalars(select(Campaign).order_by(Campaign.id.desc())):
            typer.echo(f"{campaign.code}  {say(stage_name(campaign.stage), language_of(lang))}  {campaign.title}")


@commands.command()
@worded
def arm(
    code: Annotated[str | None, typer.Argument(help="The campaign's code. Default: the newest.")] = None,
    *,
    letter_number: Annotated[str | None, typer.Option(help="Number of the official letter, if still to come.")] = None,
    letter_date: DayOption = None,
    signer: Annotated[str | None, typer.Option(help="Who signed it.")] = None,
    lang: LangOption = "vi",
) -> None:
    """Let the scheduler issue the campaign on its day."""
    language_of(lang)
    with at_work() as (session, now):
        campaign = campaign_named(session, code)
        if letter_number and letter_date and signer:
            letter = Letter(letter_number, letter_date, signer)
            set_letter(session, campaign, letter, None, actor=ADMINISTRATOR, now=now)
        arm_campaign(session, campaign, actor=ADMINISTRATOR, now=now)
        timetable = timetable_of(campaign)
        typer.echo(
            f"{campaign.code}: issued {timetable.issue_at:%d/%m/%Y %H:%M}, last day {timetable.last_day:%d/%m/%Y}"
        )


@commands.command()
@worded
def status(
    code: Annotated[str | None, typer.Argument(help="The campaign's code. Default: the newest.")] = None,
    *,
    json: JsonOption = False,
    lang: LangOption = "vi",
) -> None:
    """Show how far every unit is, and messages that may not have arrived."""
    language = language_of(lang)
    with at_work() as (session, _):
        campaign = campaign_named(session, code)
        if json:
            print_json(overview(session, campaign))
        else:
            typer.echo(plain(say(board_text(board(session, campaign)), language)))
            for line in overview(session, campaign)["uncertain"]:
                typer.echo(f"? {line['to']}: {line['kind']} ({line['at']})")


@commands.command()
@worded
def observe(
    file: Annotated[Path, typer.Argument(help="CSV: unit,key,value,evidence")],
    *,
    campaign: CodeOption = None,
    lang: LangOption = "vi",
) -> None:
    """Enter what the department observed by itself. All rows are taken, or none."""
    with at_work() as (session, now):
        found = campaign_named(session, campaign)
        rows = _answers(found, file, lang, By.OFFICER)
        observed = [(unit, answer) for unit, answers in rows.items() for answer in answers]
        changed = keep_observations(session, found, observed, actor=ADMINISTRATOR, now=now)
        typer.echo(f"{found.code}: {changed} observations new or changed, {len(observed) - changed} as before")


@commands.command()
@worded
def find(
    file: Annotated[Path, typer.Argument(help="CSV: unit,key,value,status,reason")],
    *,
    campaign: CodeOption = None,
    lang: LangOption = "vi",
) -> None:
    """Enter findings: the verified value, or an N/A claim granted or refused, each with its reason."""
    with at_work() as (session, now):
        found = campaign_named(session, campaign)
        rows = _answers(found, file, lang, By.VERIFIED)
        verdicts = [Verdict(unit, answer, answer.reason) for unit, each in rows.items() for answer in each]
        changed = keep_findings(session, found, verdicts, actor=ADMINISTRATOR, now=now)
        typer.echo(f"{found.code}: {changed} findings new or changed, {len(verdicts) - changed} as before")


def _answers(campaign: Campaign, file: Path, lang: str, by: By) -> Mapping[str, list[Answer]]:

    # MISSING, for no unit needs to have a row here.
    units = tuple(
        Unit(each.code, each.name, each.group, parent=each.parent, status=UnitStatus.MISSING) for each in campaign.units
    )
    rows, problems = read_answers(read_file(file), str(file), regulation_of(campaign), units, by=by)
    require_no_errors(problems, language_of(lang))
    return rows


@commands.command()
@worded
def rank(code: Annotated[str | None, typer.Argument()] = None, *, lang: LangOption = "vi") -> None:
    """Compute the ranking, render its files, and offer it to the leader for approval."""
    with at_work() as (session, now):
        ranking = propose(
            session, campaign_named(session, code), now=now, actor=ADMINISTRATOR, language=language_of(lang)
        )
        typer.echo(f"{ranking.campaign.code}: version {ranking.number} is offered, sha256 {ranking.sha256[:12]}")


@commands.command()
@worded
def approve(
    code: Annotated[str | None, typer.Argument()] = None,
    *,
    decision_number: Annotated[str, typer.Option(help="Number of the decision that approves the ranking.")],
    decision_date: Annotated[date, typer.Option(parser=_day, metavar="DATE", help="Its date.")],
    lang: LangOption = "vi",
) -> None:
    """Record a decision that was signed on paper (leaders approve in chat)."""
    language_of(lang)
    with at_work() as (session, now):
        ranking = last_ranking(session, campaign_named(session, code))
        if ranking is None:
            end_with("There is no ranking yet. Compute one with: xephang campaign rank.", FOUND_ERRORS)
        approve_ranking(session, ranking, None, decision_number=decision_number, decision_day=decision_date, now=now)
        typer.echo(f"{ADMINISTRATOR}: version {ranking.number} is approved by {decision_number}")


@commands.command()
@worded
def publish(code: Annotated[str | None, typer.Argument()] = None, *, lang: LangOption = "vi") -> None:
    """Publish the approved ranking: each unit its own result, leaders the summary."""
    language_of(lang)
    with at_work() as (session, now):
        ranking = last_ranking(session, campaign_named(session, code))
        if ranking is None:
            end_with("There is no ranking yet. Compute one with: xephang campaign rank.", FOUND_ERRORS)
        publish_ranking(session, ranking, now=now, actor=ADMINISTRATOR)
        typer.echo(f"version {ranking.number} is published")
