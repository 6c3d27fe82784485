"""`xephang campaign extend | return`: a unit's own last day, for more time or for what is to be mended."""

from typing import Annotated

import typer

from app.arguments import CodeOption, LangOption, RequiredDayOption
from app.commands.forms import UnitArgument
from app.console import tell, worded
from app.office import ADMINISTRATOR, at_work
from campaign import reopening
from campaign.finding import campaign_named, unit_coded
from words import Text

GrantedByOption = Annotated[str, typer.Option(help="Who granted it.")]


@worded
def extend(
    unit: UnitArgument,
    *,
    until: RequiredDayOption,
    asked_by: Annotated[str, typer.Option(help="Who asked for it, and how.")],
    granted_by: GrantedByOption,
    reason: Annotated[str, typer.Option(help="Why the unit needs more time.")],
    campaign: CodeOption = None,
    lang: LangOption = "vi",
) -> None:
    """Give a unit more time: its form is open until the end of that day, and what comes until then is on time."""
    with at_work() as (session, now):
        found = unit_coded(session, campaign_named(session, campaign), unit)
        reopening.extend(
            session,
            found,
            until,
            reason=reason,
            asked_by=asked_by,
            granted_by=granted_by,
            actor=ADMINISTRATOR,
            now=now,
        )
        done = Text("app.extended", unit=found.name, until=until)
    tell(done, lang)


@worded
def give_back(
    unit: UnitArgument,
    *,
    until: RequiredDayOption,
    granted_by: GrantedByOption,
    reason: Annotated[str, typer.Option(help="What is to be mended; the unit reads it in chat and on its form.")],
    campaign: CodeOption = None,
    lang: LangOption = "vi",
) -> None:
    """Return what a unit submitted: its form is open for correction until the end of that day."""
    with at_work() as (session, now):
        found = unit_coded(session, campaign_named(session, campaign), unit)
        reopening.give_back(session, found, until, reason=reason, granted_by=granted_by, actor=ADMINISTRATOR, now=now)
        done = Text("app.returned", unit=found.name, until=until)
    tell(done, lang)
