"""`xephang campaign rank | approve | publish`: from the computed ranking to the published one."""

from typing import Annotated

import typer

from app.arguments import CodeArgument, LangOption, RequiredDayOption
from app.console import tell, worded
from app.office import ADMINISTRATOR, at_work, newest_ranking
from campaign import ranking as rankings
from campaign.finding import campaign_named
from reports import publication
from words import Text


@worded
def rank(code: CodeArgument = None, *, lang: LangOption = "vi") -> None:
    """Compute the ranking, render its files, and offer it to the leader for approval."""
    with at_work() as (session, now):
        campaign = campaign_named(session, code)
        ranking = publication.propose(session, campaign, now=now, actor=ADMINISTRATOR, language=lang)
    tell(Text("app.offered", campaign=campaign.code, version=ranking.number, sha256=ranking.sha256[:12]), lang)


@worded
def approve(
    code: CodeArgument = None,
    *,
    decision_number: Annotated[str, typer.Option(help="Number of the decision that approves the ranking.")],
    decision_date: RequiredDayOption,
    lang: LangOption = "vi",
) -> None:
    """Record a decision that was signed on paper (leaders approve in chat)."""
    with at_work() as (session, now):
        ranking = newest_ranking(session, code)
        rankings.approve(session, ranking, None, decision_number=decision_number, decision_day=decision_date, now=now)
        code, version = ranking.campaign.code, ranking.number
    tell(Text("app.approved", campaign=code, version=version, decision=decision_number, day=decision_date), lang)


@worded
def publish(code: CodeArgument = None, *, lang: LangOption = "vi") -> None:
    """Publish the approved ranking: each unit its own result, leaders the summary."""
    with at_work() as (session, now):
        ranking = newest_ranking(session, code)
        publication.publish(session, ranking, now=now, actor=ADMINISTRATOR)
        done = Text("app.published", campaign=ranking.campaign.code, version=ranking.number)
    tell(done, lang)
