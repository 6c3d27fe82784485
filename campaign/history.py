"""The history of a campaign, and the one function that changes its stage."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy.orm import Session

from campaign.models import Campaign, History
from campaign.refusal import Refused
from campaign.stages import MOVES, Stage
from words import Series, Text, Value


def record(session: Session, campaign: Campaign, action: str, *, actor: str, now: datetime, **facts: Value) -> None:
    """Add a row to the history, in the transaction of what it tells."""
    session.add(History(campaign_id=campaign.id, at=now, actor=actor, action=action, facts=facts))


def lock(session: Session, campaign: Campaign) -> None:
    """Read the campaign's stage anew, and let nobody else move it until this transaction ends."""
    session.flush()
    session.refresh(campaign, ["stage"], with_for_update=True)


def move(session: Session, campaign: Campaign, to: Stage, *, actor: str, now: datetime, **facts: Value) -> None:
    """Bring the campaign to another stage. Raises Refused when no move leads there from where it is."""
    lock(session, campaign)
    if not MOVES[campaign.stage]:
        raise Refused(Text("campaign.no_move_left", campaign=campaign.code, stage=stage_name(campaign.stage)))
    if to not in MOVES[campaign.stage]:
        raise Refused(
            Text(
                "campaign.no_such_move",
                campaign=campaign.code,
                stage=stage_name(campaign.stage),
                to=stage_name(to),
                possible=Series(tuple(stage_name(each) for each in Stage if each in MOVES[campaign.stage])),
            )
        )
    record(session, campaign, f"stage.{to}", actor=actor, now=now, previous=str(campaign.stage), **facts)
    campaign.stage = to


def require_stage(campaign: Campaign, allowed: Collection[Stage]) -> None:
    """Raise Refused for a campaign that is in another stage."""
    if campaign.stage not in allowed:
        raise Refused(Text("campaign.not_in_this_stage", campaign=campaign.code, stage=stage_name(campaign.stage)))


def stage_name(stage: Stage) -> Text:
    """The stage in words."""
    return Text(f"campaign.stage_{stage}")
