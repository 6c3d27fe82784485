"""What leaders (lãnh đạo) ask: the ranking, as it stands for approval or as it was published."""

from bot.turn import Turn
from campaign.finding import last_ranking
from campaign.models import Campaign
from campaign.refusal import Refused
from campaign.roles import Role
from campaign.stages import Stage
from reports.chat import ranking_lines
from reports.publication import table_of
from words import Text


def ranking(turn: Turn) -> None:
    """The last version of the ranking; a leader finds the button to approve it under the one on offer."""
    roles = turn.memberships(Role.LEADER, Role.OFFICER)
    if not roles:
        raise Refused(Text("bot.ranking_not_for_contacts"))
    campaign = turn.session.get_one(Campaign, roles[0].campaign_id)
    last = last_ranking(turn.session, campaign)
    if last is None:
        turn.answer("bot.no_ranking_yet", title=campaign.title)
        return
    table = table_of(last)
    to_approve = campaign.stage is Stage.OFFERED and any(each.role is Role.LEADER for each in roles)
    turn.answer(
        "bot.ranking_to_approve" if to_approve else "bot.ranking",
        title=campaign.title,
        version=last.number,
        status=table.status,
        lines=ranking_lines(table),
        ranking_id=last.id,
    )
