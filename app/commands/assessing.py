"""`xephang campaign observe | find`: what the department itself saw, and what it found in verifying."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from app.arguments import CodeOption, LangOption, read_file
from app.console import require_no_errors, tell, worded
from app.office import ADMINISTRATOR, at_work
from campaign import verifying
from campaign.finding import campaign_named
from campaign.models import Campaign
from campaign.plan import regulation_of
from scoring import Answer, By, Unit, UnitStatus, read_answers
from words import Language, Text


@worded
def observe(
    file: Annotated[Path, typer.Argument(help="CSV: unit,key,value,evidence,reason")],
    *,
    campaign: CodeOption = None,
    lang: LangOption = "vi",
) -> None:
    """Enter what the department observed by itself, or points that a council gave. All rows are taken, or none."""
    with at_work() as (session, now):
        found = campaign_named(session, campaign)
        rows = _answers(found, file, By.OFFICER, lang)
        observed = [(unit, answer) for unit, answers in rows.items() for answer in answers]
        changed = verifying.observe(session, found, observed, actor=ADMINISTRATOR, now=now)
    tell(Text("app.observed", campaign=found.code, changed=changed, same=len(observed) - changed), lang)


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
        rows = _answers(found, file, By.VERIFIED, lang)
        verdicts = [verifying.Verdict(unit, answer, answer.reason) for unit, each in rows.items() for answer in each]
        changed = verifying.find(session, found, verdicts, actor=ADMINISTRATOR, now=now)
    tell(Text("app.found", campaign=found.code, changed=changed, same=len(verdicts) - changed), lang)


def _answers(campaign: Campaign, file: Path, by: By, language: Language) -> Mapping[str, list[Answer]]:
    # MISSING, for no unit needs to have a row here.
    units = tuple(
        Unit(each.code, each.name, each.group, parent=each.parent, status=UnitStatus.MISSING) for each in campaign.units
    )
    rows, problems = read_answers(read_file(file), str(file), regulation_of(campaign), units, by=by)
    require_no_errors(problems, language)
    return rows
